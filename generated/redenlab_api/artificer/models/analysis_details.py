"""What an analysis took."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AnalysisDetails(Record):
    """What an analysis took."""

    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    tokens_used: int | None = field(
        decoding.union(decoding.integer, decoding.null), name="tokensUsed", default=None
    )
    """Null where the server does not tell."""
    cost: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """US dollars."""
