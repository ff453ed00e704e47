"""A file that was uploaded; it is kept for 24 hours."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.checksums import Checksums
    from ..models.file_urls import FileUrls
    from ..models.stored_file_metadata_type_0 import StoredFileMetadataType0


class StoredFile(Record):
    """A file that was uploaded; it is kept for 24 hours."""

    id: str = field(decoding.string)
    """About 48 characters that look like base64."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What it was called in the upload; not always sent."""
    content_type: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Media type, such as `image/png`."""
    size: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Bytes."""
    etag: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Entity tag, whose form is not documented; not always sent."""
    checksums: Checksums | None = field(
        decoding.union(record(lambda: models.Checksums), decoding.null), default=None
    )
    """Digests of the content."""
    metadata: StoredFileMetadataType0 | None = field(
        decoding.union(record(lambda: models.StoredFileMetadataType0), decoding.null), default=None
    )
    """What was to be kept beside it; empty if nothing."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was uploaded, in UTC."""
    expires_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it will be deleted, in UTC: 24 hours after the upload."""
    urls: FileUrls | None = field(
        decoding.union(record(lambda: models.FileUrls), decoding.null), default=None
    )
    """Where it is."""
