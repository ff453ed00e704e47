"""The new content of a document."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DocumentChange(Record):
    """The new content of a document."""

    content: str = field(decoding.string)
    """The text."""
    reason: str | None = field(decoding.string, default=None)
    """Why it is changed. Left out, nothing is noted."""
