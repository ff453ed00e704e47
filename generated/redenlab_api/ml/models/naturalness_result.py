"""NaturalnessResult"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class NaturalnessResult(Record):
    """NaturalnessResult"""

    naturalness_score: float = field(decoding.number)
    """Higher is more natural. Not bounded to 0..1."""
