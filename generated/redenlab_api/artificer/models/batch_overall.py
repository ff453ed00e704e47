"""How many items of a job are done."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class BatchOverall(Record):
    """How many items of a job are done."""

    total_items: int | None = field(decoding.integer, name="totalItems", default=None)
    """How many there are."""
    completed_items: int | None = field(decoding.integer, name="completedItems", default=None)
    """Items that went through all phases."""
    failed_items: int | None = field(decoding.integer, name="failedItems", default=None)
    """Items that failed in one of them."""
    success_rate: float | None = field(decoding.number, name="successRate", default=None)
    """Percent of the items that are completed."""
