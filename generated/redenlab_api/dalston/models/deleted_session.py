"""A realtime session that was removed."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DeletedSession(Record):
    """A realtime session that was removed."""

    deleted: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Always true."""
    session_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """As the request named it."""
