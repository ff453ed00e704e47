"""Syllable"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Syllable(Record):
    """Syllable"""

    syllable_id: int | None = field(decoding.integer, default=None)
    start: float | None = field(decoding.number, default=None)
    """Seconds from the beginning."""
    end: float | None = field(decoding.number, default=None)
    """Seconds from the beginning."""
