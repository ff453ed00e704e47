"""SpokenSegment"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpokenSegment(Record):
    """SpokenSegment"""

    start: float = field(decoding.number)
    """Seconds from the beginning."""
    end: float = field(decoding.number)
    """Seconds from the beginning."""
    text: str = field(decoding.string)
    speaker: str | None = field(decoding.string, default=None)
