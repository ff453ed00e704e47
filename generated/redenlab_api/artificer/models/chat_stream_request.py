"""A message whose answer is streamed."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChatStreamRequest(Record):
    """A message whose answer is streamed."""

    conversation_id: str = field(decoding.string, name="conversationId")
    """The conversation that it belongs to."""
    message: str = field(decoding.string)
    """Up to 10,000 characters."""
