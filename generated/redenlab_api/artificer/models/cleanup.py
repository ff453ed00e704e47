"""What was removed."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Cleanup(Record):
    """What was removed."""

    cleaned_count: int = field(decoding.integer, name="cleanedCount")
    """How many checkpoints."""
