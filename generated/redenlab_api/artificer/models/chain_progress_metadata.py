"""What was found out so far: `analysis`, `routingPlan`, `model`, and `content`, the first 100 characters."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ChainProgressMetadata(Record):
    """What was found out so far: `analysis`, `routingPlan`, `model`, and `content`, the first
    100 characters."""
