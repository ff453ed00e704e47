"""How natural the speech sounds."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class NaturalnessResult(Record):
    """How natural the speech sounds."""

    naturalness_score: float = field(decoding.number)
    """Without a unit; higher is more natural. Not bounded to 0..1: published scores reach from
    about 69 to 196."""
