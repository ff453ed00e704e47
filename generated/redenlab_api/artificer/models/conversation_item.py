"""A conversation in a list."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ConversationItem(Record):
    """A conversation in a list."""

    id: str = field(decoding.string)
    """Names it."""
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people call it; derived from the first message where there is none."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    system_prompt: str | None = field(
        decoding.union(decoding.string, decoding.null), name="systemPrompt", default=None
    )
    """What the model is told before anything else; null for nothing."""
    temperature: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How freely the model answers, from 0 to 2; null for the server's."""
    max_tokens: int | None = field(
        decoding.union(decoding.integer, decoding.null), name="maxTokens", default=None
    )
    """Tokens of an answer at most; null for the server's."""
    project_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="projectId", default=None
    )
    """The project that it belongs to; null for none."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created."""
    updated_at: datetime.datetime | None = field(decoding.instant, name="updatedAt", default=None)
    """When it or its messages were last changed."""
    message_count: int | None = field(decoding.integer, name="messageCount", default=None)
    """How many messages it has."""
    last_message_preview: str | None = field(
        decoding.union(decoding.string, decoding.null), name="lastMessagePreview", default=None
    )
    """The first 100 characters of its first message; null or absent where there is none."""
