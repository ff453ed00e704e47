"""A model that fits."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SelectedModel(Record):
    """A model that fits."""

    id: str = field(decoding.string)
    """`provider/model`."""
    name: str | None = field(decoding.string, default=None)
    """What people call it."""
    score: float | None = field(decoding.number, default=None)
    """From 0 to 1."""
    reason: str | None = field(decoding.string, default=None)
    """Why it fits."""
    context_length: int | None = field(decoding.integer, name="contextLength", default=None)
    """Tokens that it reads."""
    input_cost: float | None = field(decoding.number, name="inputCost", default=None)
    """US dollars a million tokens that it reads."""
    output_cost: float | None = field(decoding.number, name="outputCost", default=None)
    """US dollars a million tokens that it writes."""
    max_output_tokens: int | None = field(
        decoding.union(decoding.integer, decoding.null), name="maxOutputTokens", default=None
    )
    """Tokens that it writes at most; null where that is not known."""
