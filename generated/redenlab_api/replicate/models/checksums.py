"""Checksums"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Checksums(Record):
    """Checksums"""

    sha256: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    md5: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
