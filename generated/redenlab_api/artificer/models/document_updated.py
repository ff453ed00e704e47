"""A document that was changed."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DocumentUpdated(Record):
    """A document that was changed."""

    id: str = field(decoding.string)
    """Names it."""
    filename: str = field(decoding.string)
    """Its name."""
    content_type: str | None = field(decoding.string, name="contentType", default=None)
    """Its media type."""
    updated_at: datetime.datetime | None = field(decoding.instant, name="updatedAt", default=None)
    """When it was changed."""
