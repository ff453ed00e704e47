"""A part of a document that an answer is based on."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class RagSource(Record):
    """A part of a document that an answer is based on."""

    filename: str = field(decoding.string)
    """The document."""
    content: str = field(decoding.string)
    """The part."""
    score: float | None = field(decoding.number, default=None)
    """How close it is to the question; 1 is closest."""
