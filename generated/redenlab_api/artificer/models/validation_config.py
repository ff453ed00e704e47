"""How the output of a model is judged."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ValidationConfig(Record):
    """How the output of a model is judged."""

    enabled: bool = field(decoding.boolean)
    """Whether it is."""
    min_score: float | None = field(decoding.number, name="minScore", default=None)
    """The score from 0 to 10 below which it is made anew. Left out, the server decides."""
    max_retries: int | None = field(decoding.integer, name="maxRetries", default=None)
    """How often it is made anew. Left out, the server decides."""
