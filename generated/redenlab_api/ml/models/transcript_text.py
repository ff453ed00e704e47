"""The transcript as one text."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscriptText(Record):
    """The transcript as one text."""

    transcript: str = field(decoding.string)
    """What was said in the whole recording."""
