"""ModelRequest"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelRequest(Record):
    """ModelRequest"""

    owner: str = field(decoding.string)
    name: str = field(decoding.string)
    visibility: str = field(decoding.string)
    """`public` or `private`."""
    hardware: str = field(decoding.string)
    """The `sku` of a hardware."""
    description: str | None = field(decoding.string, default=None)
    github_url: str | None = field(decoding.string, default=None)
    paper_url: str | None = field(decoding.string, default=None)
    license_url: str | None = field(decoding.string, default=None)
    cover_image_url: str | None = field(decoding.string, default=None)
