"""What the server took a query for."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChainAnalysis(Record):
    """What the server took a query for."""

    complexity: float | None = field(decoding.number, default=None)
    """From 1 to 10."""
    category: str | None = field(decoding.string, default=None)
    """`code`, `research`, `creative`, `analysis` or `chat`."""
