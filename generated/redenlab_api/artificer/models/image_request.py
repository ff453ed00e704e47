"""An image whose text is read."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ImageRequest(Record):
    """An image whose text is read."""

    image_data: str = field(decoding.string, name="imageData")
    """The image in base64, up to 20 MB of bytes."""
    content_type: str = field(
        decoding.string, name="contentType", default="image/png", required=True
    )
    """Its media type. Left out, `image/png`."""
