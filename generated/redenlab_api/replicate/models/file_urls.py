"""Addresses of a file."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class FileUrls(Record):
    """Addresses of a file."""

    get_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="get", default=None
    )
    """What stands for the file in an input."""
