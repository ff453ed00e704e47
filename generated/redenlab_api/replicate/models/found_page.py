"""FoundPage"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class FoundPage(Record):
    """FoundPage"""

    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    href: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
