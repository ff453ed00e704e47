"""What was said in a conversation."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChatMessage(Record):
    """What was said in a conversation."""

    id: str = field(decoding.string)
    """Names it."""
    content: str = field(decoding.string)
    """The text."""
    role: str = field(decoding.string)
    """`user`, `assistant` or `system`."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was stored."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`provider/model`; null where the server does not tell."""
    cost: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """US dollars; null where the server does not tell."""
    tokens: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Its length for the model."""
