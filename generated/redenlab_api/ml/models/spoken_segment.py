"""A stretch of speech."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpokenSegment(Record):
    """A stretch of speech."""

    start: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
    end: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
    text: str = field(decoding.string)
    """What is said in it."""
    speaker: str | None = field(decoding.string, default=None)
    """Label of who speaks; may be absent, such as without `diarize`."""
