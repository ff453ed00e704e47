"""A transcript as it is stored; its form is not documented beyond this."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class StoredTranscript(Record):
    """A transcript as it is stored; its form is not documented beyond this."""

    text: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The whole transcript."""
