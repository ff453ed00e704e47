"""What a title is made of."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TitleRequest(Record):
    """What a title is made of."""

    first_message: str = field(decoding.string, name="firstMessage")
    """A text; its first 50 characters become the title."""
