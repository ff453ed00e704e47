"""A conversation or document of a project."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProjectEntry(Record):
    """A conversation or document of a project."""

    id: str = field(decoding.string)
    """Names it."""
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Of a conversation."""
    filename: str | None = field(decoding.string, default=None)
    """Of a document."""
    size: int | None = field(decoding.integer, default=None)
    """Bytes of a document."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """Of a conversation."""
    uploaded_at: datetime.datetime | None = field(decoding.instant, name="uploadedAt", default=None)
    """Of a document."""
