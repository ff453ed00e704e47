"""A message to send."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChatMessageRequest(Record):
    """A message to send."""

    content: str = field(decoding.string)
    """Up to 10,000 characters; not blank."""
