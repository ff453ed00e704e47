"""What conversations can be exported as."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ExportFormat(Record):
    """What conversations can be exported as."""

    id: str = field(decoding.string)
    """What `format` is."""
    name: str = field(decoding.string)
    """What people call it."""
    description: str | None = field(decoding.string, default=None)
    """What it is for."""
    extensions: list[str] | None = field(decoding.array(decoding.string), default=None)
    """Of its files."""
