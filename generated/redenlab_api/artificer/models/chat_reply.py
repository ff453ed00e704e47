"""The answer of a model."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChatReply(Record):
    """The answer of a model."""

    id: str = field(decoding.string)
    """Names the stored message."""
    content: str = field(decoding.string)
    """What the model said."""
    role: str | None = field(decoding.string, default=None)
    """Always `assistant`."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was stored."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`provider/model`; null where the server does not tell."""
    cost: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """US dollars; null where the server does not tell."""
    tokens: int | None = field(decoding.integer, default=None)
    """Its length for the model."""
    conversation_title: str | None = field(
        decoding.union(decoding.string, decoding.null), name="conversationTitle", default=None
    )
    """The new title, on the first exchange; null later."""
