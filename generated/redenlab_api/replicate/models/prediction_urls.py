"""PredictionUrls"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PredictionUrls(Record):
    """PredictionUrls"""

    get_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="get", default=None
    )
    cancel: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    web: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    stream: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Server-sent events; only where the model streams."""
