"""How often a model is used."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class MonitoredModel(Record):
    """How often a model is used."""

    model: str = field(decoding.string)
    """`provider/model`."""
    count: int = field(decoding.integer)
    """Messages."""
    percentage: float = field(decoding.number)
    """From 0 to 100."""
