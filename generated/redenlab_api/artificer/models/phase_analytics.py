"""What a phase took."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PhaseAnalytics(Record):
    """What a phase took."""

    phase: str = field(decoding.string)
    """Its name."""
    items_processed: int | None = field(decoding.integer, name="itemsProcessed", default=None)
    """How many items went through it."""
    cost: float | None = field(decoding.number, default=None)
    """US dollars."""
    tokens: int | None = field(decoding.integer, default=None)
    """Of all items."""
    avg_processing_time_ms: float | None = field(
        decoding.number, name="avgProcessingTimeMs", default=None
    )
    """Milliseconds an item."""
