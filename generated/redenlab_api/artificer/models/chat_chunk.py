"""A piece of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.chunk_metadata import ChunkMetadata


class ChatChunk(Record):
    """A piece of an answer."""

    content: str = field(decoding.string)
    """What comes next; empty in the last chunk."""
    finished: bool = field(decoding.boolean)
    """True in the last chunk alone."""
    error: str | None = field(decoding.string, default=None)
    """Why there is no more of the answer; absent for success."""
    metadata: ChunkMetadata | None = field(record(lambda: models.ChunkMetadata), default=None)
    """What is known of an answer while it is written; most of it in the last chunk alone."""
