"""CountedSegment"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CountedSegment(Record):
    """CountedSegment"""

    speaker: str = field(decoding.string)
    start_time: float = field(decoding.number)
    """Seconds from the beginning."""
    end_time: float = field(decoding.number)
    """Seconds from the beginning."""
