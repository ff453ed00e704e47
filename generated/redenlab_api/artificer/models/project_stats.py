"""How much a project has."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProjectStats(Record):
    """How much a project has."""

    conversation_count: int | None = field(decoding.integer, name="conversationCount", default=None)
    """How many conversations belong to it."""
    document_count: int | None = field(decoding.integer, name="documentCount", default=None)
    """How many documents belong to it."""
    knowledge_entity_count: int | None = field(
        decoding.integer, name="knowledgeEntityCount", default=None
    )
    """Things that are known from its documents."""
    last_activity: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="lastActivity", default=None
    )
    """When something of it was last changed."""
