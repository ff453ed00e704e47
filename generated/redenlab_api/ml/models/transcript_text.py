"""TranscriptText"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscriptText(Record):
    """TranscriptText"""

    transcript: str = field(decoding.string)
