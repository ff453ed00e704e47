"""IntelligibilityResult"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class IntelligibilityResult(Record):
    """IntelligibilityResult"""

    intelligibility_score: float = field(decoding.number)
    """Higher is easier to understand. Not bounded to 0..1."""
