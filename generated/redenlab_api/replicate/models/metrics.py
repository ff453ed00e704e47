"""Measures of a run; models add their own."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Metrics(Record):
    """Measures of a run; models add their own."""

    predict_time: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds that the model ran."""
    total_time: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from creation to end."""
