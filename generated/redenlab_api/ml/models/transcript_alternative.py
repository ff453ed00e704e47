"""What a word or a punctuation mark may be."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscriptAlternative(Record):
    """What a word or a punctuation mark may be."""

    content: str | None = field(decoding.string, default=None)
    """The word or the punctuation mark itself."""
    confidence: str | None = field(decoding.string, default=None)
    """From 0 to 1, as a text."""
