"""The answer of models that the server has chosen."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.chain_metadata import ChainMetadata


class ChainChatReply(Record):
    """The answer of models that the server has chosen."""

    id: str = field(decoding.string)
    """Names the stored message."""
    content: str = field(decoding.string)
    """The answer."""
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
    chain_metadata: ChainMetadata | None = field(
        record(lambda: models.ChainMetadata), name="chainMetadata", default=None
    )
    """How an answer came about."""
