"""What is known of an answer while it is written; most of it in the last chunk alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.rag_source import RagSource


class ChunkMetadata(Record):
    """What is known of an answer while it is written; most of it in the last chunk alone."""

    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    token_count: int | None = field(decoding.integer, name="tokenCount", default=None)
    """Length of the whole answer for the model."""
    cost: float | None = field(decoding.number, default=None)
    """US dollars."""
    message_id: str | None = field(decoding.string, name="messageId", default=None)
    """Names the stored answer."""
    rag_sources: Records[RagSource] | None = field(
        records(lambda: models.RagSource), name="ragSources", default=None
    )
    """The documents that were used."""
