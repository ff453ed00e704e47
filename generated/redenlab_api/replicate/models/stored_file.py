"""StoredFile"""

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
    """StoredFile"""

    id: str = field(decoding.string)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    content_type: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    size: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Bytes."""
    etag: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    checksums: Checksums | None = field(
        decoding.union(record(lambda: models.Checksums), decoding.null), default=None
    )
    metadata: StoredFileMetadataType0 | None = field(
        decoding.union(record(lambda: models.StoredFileMetadataType0), decoding.null), default=None
    )
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    expires_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    urls: FileUrls | None = field(
        decoding.union(record(lambda: models.FileUrls), decoding.null), default=None
    )
