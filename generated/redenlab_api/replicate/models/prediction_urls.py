"""Where a run can be looked at, followed and stopped."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PredictionUrls(Record):
    """Where a run can be looked at, followed and stopped."""

    get_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="get", default=None
    )
    """Answers how it stands, by GET."""
    cancel: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Stops it, by POST."""
    web: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its page on the website; not always sent."""
    stream: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Server-sent events; only where the model streams."""
