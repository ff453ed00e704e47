"""A part of a document that was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.search_hit_metadata_type_0 import SearchHitMetadataType0


class SearchHit(Record):
    """A part of a document that was found."""

    id: str = field(decoding.string)
    """Names it."""
    document_id: str = field(decoding.string, name="documentId")
    """Where the part is from."""
    content: str = field(decoding.string)
    """The part."""
    score: float = field(decoding.number)
    """1 is best; may be below 0."""
    project_id: str | None = field(decoding.string, name="projectId", default=None)
    """Where the document belongs."""
    filename: str | None = field(decoding.string, default=None)
    """The name of the document."""
    metadata: SearchHitMetadataType0 | None = field(
        decoding.union(record(lambda: models.SearchHitMetadataType0), decoding.null), default=None
    )
    """Where it stands: `chunkIndex`, `totalChunks`, `startChar`, `endChar`."""
