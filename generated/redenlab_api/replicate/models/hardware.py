"""Hardware"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Hardware(Record):
    """Hardware"""

    sku: str = field(decoding.string)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
