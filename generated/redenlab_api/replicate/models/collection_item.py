"""A collection without its models."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CollectionItem(Record):
    """A collection without its models."""

    slug: str = field(decoding.string)
    """The last part of its path, such as `text-to-image`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What its models are for."""
