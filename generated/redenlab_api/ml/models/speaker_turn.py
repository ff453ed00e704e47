"""A stretch of speech by one speaker; others may speak as well."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpeakerTurn(Record):
    """A stretch of speech by one speaker; others may speak as well."""

    speaker: str = field(decoding.string)
    """A label that the speaker has in all turns."""
    start: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
    end: float = field(decoding.number)
    """Seconds from the beginning of the recording."""
