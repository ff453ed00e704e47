"""A conversation of a project, without its messages."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProjectConversation(Record):
    """A conversation of a project, without its messages."""

    id: str = field(decoding.string)
    """Names it."""
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people call it; null before the first exchange."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    project_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="projectId", default=None
    )
    """The project that it belongs to."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created."""
    updated_at: datetime.datetime | None = field(decoding.instant, name="updatedAt", default=None)
    """When it was last changed."""
    message_count: int | None = field(decoding.integer, name="messageCount", default=None)
    """How many messages it has; absent where it was just associated."""
    last_message_preview: str | None = field(
        decoding.union(decoding.string, decoding.null), name="lastMessagePreview", default=None
    )
    """The beginning of the latest message; absent where there is none."""
