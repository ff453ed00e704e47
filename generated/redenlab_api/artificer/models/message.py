"""A stored message."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Message(Record):
    """A stored message."""

    id: str = field(decoding.string)
    """Names it."""
    role: str = field(decoding.string)
    """`user`, `assistant` or `system`."""
    content: str = field(decoding.string)
    """The text."""
    tokens: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Its length for the model: a quarter of its characters."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was stored."""
    conversation_id: str | None = field(decoding.string, name="conversationId", default=None)
    """The conversation that it belongs to."""
    parent_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="parentId", default=None
    )
    """The message that it answers; null for none."""
    cost: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """US dollars; absent where it was not asked for."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`provider/model`; null where the server does not tell."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """The same as `createdAt`; absent where it was not asked for."""
