"""A presigned link to a recording."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AudioLink(Record):
    """A presigned link to a recording."""

    url: str = field(decoding.string)
    """Where it is; whoever has the link can read it."""
    expires_in: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Seconds for which the link works."""
    type_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="type", default=None
    )
    """`original` or `redacted`."""
