"""A language in a recording."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Language(Record):
    """A language in a recording."""

    code: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Such as `en`."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure that is, from 0 to 1."""
    is_primary: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether most is spoken in it."""
