"""SpeakerTurn"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpeakerTurn(Record):
    """SpeakerTurn"""

    speaker: str = field(decoding.string)
    start: float = field(decoding.number)
    """Seconds from the beginning."""
    end: float = field(decoding.number)
    """Seconds from the beginning."""
