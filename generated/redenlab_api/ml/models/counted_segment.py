"""A stretch of speech by one speaker."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CountedSegment(Record):
    """A stretch of speech by one speaker."""

    speaker: str = field(decoding.string)
    """A label that the speaker has in all segments."""
    start_time: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
    end_time: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
