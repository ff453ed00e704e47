"""A document that fits a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.document_match_metadata_type_0 import DocumentMatchMetadataType0


class DocumentMatch(Record):
    """A document that fits a search."""

    id: str = field(decoding.string)
    """Names it."""
    filename: str = field(decoding.string)
    """Its name."""
    content: str | None = field(decoding.string, default=None)
    """The whole text."""
    similarity: float | None = field(decoding.number, default=None)
    """From 0 to 1; the server of today sends 0.8 always."""
    metadata: DocumentMatchMetadataType0 | None = field(
        decoding.union(record(lambda: models.DocumentMatchMetadataType0), decoding.null),
        default=None,
    )
    """What is known of it."""
