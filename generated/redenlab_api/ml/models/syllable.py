"""When a syllable is spoken."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Syllable(Record):
    """When a syllable is spoken."""

    syllable_id: int | None = field(decoding.integer, default=None)
    """Which syllable it is; whether they are counted from 0 or 1 is not documented."""
    start: float | None = field(decoding.number, default=None)
    """Seconds from the beginning of the recording."""
    end: float | None = field(decoding.number, default=None)
    """Seconds from the beginning of the recording."""
