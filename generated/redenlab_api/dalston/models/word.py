"""A word with its times."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Word(Record):
    """A word with its times."""

    text: str = field(decoding.string)
    """The word, with its punctuation."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure it is, from 0 to 1."""
    language: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its language, where several are spoken."""
    alignment_method: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """How its times were found."""
    speaker_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Who says it; the server of today tells that of segments alone."""
