"""What a command was answered with."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Done(Record):
    """What a command was answered with."""

    success: bool | None = field(decoding.boolean, default=None)
    """Whether it was carried out."""
