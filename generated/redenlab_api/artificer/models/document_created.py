"""A document that was added."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DocumentCreated(Record):
    """A document that was added."""

    id: str = field(decoding.string)
    """Names it."""
    filename: str = field(decoding.string)
    """Its name."""
    size: int | None = field(decoding.integer, default=None)
    """Bytes."""
    content_type: str | None = field(decoding.string, name="contentType", default=None)
    """Its media type."""
    uploaded_at: datetime.datetime | None = field(decoding.instant, name="uploadedAt", default=None)
    """When it was added."""
