"""What to change of a message."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class MessageChange(Record):
    """What to change of a message."""

    content: str = field(decoding.string)
    """Up to 10,000 characters."""
