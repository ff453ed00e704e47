"""CollectionItem"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CollectionItem(Record):
    """CollectionItem"""

    slug: str = field(decoding.string)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
