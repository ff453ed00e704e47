"""An image to describe."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AnalyzeRequest(Record):
    """An image to describe."""

    image_data: str = field(decoding.string, name="imageData")
    """The image in base64, up to 20 MB of bytes."""
    content_type: str = field(
        decoding.string, name="contentType", default="image/png", required=True
    )
    """Its media type. Left out, `image/png`."""
    prompt: str | None = field(decoding.string, default=None)
    """What to look at. Left out, everything."""
