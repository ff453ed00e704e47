"""A page of the website that fits what was searched for."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class FoundPage(Record):
    """A page of the website that fits what was searched for."""

    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its title."""
    href: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its address, which may be a path alone, such as `/pricing`."""
