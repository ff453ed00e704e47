"""FoundMetadata"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class FoundMetadata(Record):
    """FoundMetadata"""

    generated_description: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    tags: list[str] | None = field(decoding.array(decoding.string), default=None)
    score: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
