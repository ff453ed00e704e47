"""Digests of the content of a file."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Checksums(Record):
    """Digests of the content of a file."""

    sha256: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """SHA-256, 64 hexadecimal digits."""
    md5: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """MD5, by its name; not always sent, and its form is not documented."""
