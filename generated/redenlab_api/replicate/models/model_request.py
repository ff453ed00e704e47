"""A model to be made; it has no version yet."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelRequest(Record):
    """A model to be made; it has no version yet."""

    owner: str = field(decoding.string)
    """User or organization: the first part of `owner/name`."""
    name: str = field(decoding.string)
    """The second part of `owner/name`."""
    visibility: str = field(decoding.string)
    """`public` or `private`."""
    hardware: str = field(decoding.string)
    """The `sku` of a hardware."""
    description: str | None = field(decoding.string, default=None)
    """What it does."""
    github_url: str | None = field(decoding.string, default=None)
    """Address of its source code."""
    paper_url: str | None = field(decoding.string, default=None)
    """Address of an article about it."""
    license_url: str | None = field(decoding.string, default=None)
    """Address of its licence."""
    cover_image_url: str | None = field(decoding.string, default=None)
    """Address of the picture on its page."""
