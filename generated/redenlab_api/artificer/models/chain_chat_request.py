"""A message for models that the server chooses."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChainChatRequest(Record):
    """A message for models that the server chooses."""

    conversation_id: str = field(decoding.string, name="conversationId")
    """The conversation that it belongs to."""
    content: str = field(decoding.string)
    """Up to 10,000 characters."""
