"""A document in a list."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.document_summary_metadata_type_0 import DocumentSummaryMetadataType0


class DocumentSummary(Record):
    """A document in a list."""

    id: str = field(decoding.string)
    """Names it."""
    filename: str = field(decoding.string)
    """Its name."""
    original_name: str | None = field(
        decoding.union(decoding.string, decoding.null), name="originalName", default=None
    )
    """Its name before it was made safe."""
    content_type: str | None = field(decoding.string, name="contentType", default=None)
    """Its media type."""
    size: int | None = field(decoding.integer, default=None)
    """Bytes."""
    uploaded_at: datetime.datetime | None = field(decoding.instant, name="uploadedAt", default=None)
    """When it was added."""
    metadata: DocumentSummaryMetadataType0 | None = field(
        decoding.union(record(lambda: models.DocumentSummaryMetadataType0), decoding.null),
        default=None,
    )
    """What is known of it."""
