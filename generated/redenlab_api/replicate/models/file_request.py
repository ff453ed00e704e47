"""A file to be kept for 24 hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record
from redenlab.lowlevel.types import File

from .. import models

if TYPE_CHECKING:
    from ..models.file_request_metadata import FileRequestMetadata


class FileRequest(Record):
    """A file to be kept for 24 hours."""

    content: File = field(decoding.file)
    """The file, 100 MB at most."""
    metadata: FileRequestMetadata | None = field(
        record(lambda: models.FileRequestMetadata), default=None
    )
    """Anything to be kept beside it."""
    type_: str | None = field(decoding.string, name="type", default=None)
    """Media type of the content, such as `image/png`."""
    filename: str | None = field(decoding.string, default=None)
    """What it is to be called; 255 bytes at most."""
