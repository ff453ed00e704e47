"""A message within its conversation."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ConversationMessage(Record):
    """A message within its conversation."""

    id: str = field(decoding.string)
    """Names it."""
    role: str = field(decoding.string)
    """`user`, `assistant` or `system`."""
    content: str = field(decoding.string)
    """The text."""
    tokens: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Its length for the model; null where it was not counted."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was stored."""
    parent_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="parentId", default=None
    )
    """The message that it answers; null for none."""
