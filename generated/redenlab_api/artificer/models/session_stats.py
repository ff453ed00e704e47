"""What was used so far."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SessionStats(Record):
    """What was used so far."""

    conversation_count: int = field(decoding.integer, name="conversationCount")
    """In the whole database, not of one user."""
    message_count: int = field(decoding.integer, name="messageCount")
    """Of all conversations."""
    total_tokens: int = field(decoding.integer, name="totalTokens")
    """Of all messages."""
    total_cost: float = field(decoding.number, name="totalCost")
    """US dollars."""
