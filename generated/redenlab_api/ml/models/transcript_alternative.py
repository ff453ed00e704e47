"""TranscriptAlternative"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscriptAlternative(Record):
    """TranscriptAlternative"""

    content: str | None = field(decoding.string, default=None)
    confidence: str | None = field(decoding.string, default=None)
    """From 0 to 1, as a text."""
