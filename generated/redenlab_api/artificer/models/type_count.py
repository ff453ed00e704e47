"""How many documents have a media type."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TypeCount(Record):
    """How many documents have a media type."""

    content_type: str = field(decoding.string, name="contentType")
    """The media type."""
    count: int = field(decoding.integer)
    """Documents."""
