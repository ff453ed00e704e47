"""A document that was indexed anew."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ReindexResult(Record):
    """A document that was indexed anew."""

    document_id: str = field(decoding.string, name="documentId")
    """What was indexed."""
    chunks_created: int = field(decoding.integer, name="chunksCreated")
    """Parts."""
    filename: str | None = field(decoding.string, default=None)
    """Its name."""
