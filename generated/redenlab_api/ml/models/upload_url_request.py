"""What is going to be uploaded; it decides on the link."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class UploadUrlRequest(Record):
    """What is going to be uploaded; it decides on the link."""

    filename: str = field(decoding.string)
    """Base name of the recording, without folders."""
    content_type: str | None = field(decoding.string, default="audio/wav")
    """The `Content-Type` that the later PUT will carry, to the letter."""
    parent_asset_id: str | None = field(decoding.string, default=None)
    """The asset that this is a piece of; it has to exist. With `chunk_index`; left out, the upload
    is a recording of its own."""
    chunk_index: int | None = field(decoding.integer, default=None)
    """Which piece of it. With `parent_asset_id`."""
