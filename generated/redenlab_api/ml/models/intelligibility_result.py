"""How easy the speech is to understand."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class IntelligibilityResult(Record):
    """How easy the speech is to understand."""

    intelligibility_score: float = field(decoding.number)
    """Without a unit; higher is easier to understand. Not bounded to 0..1: published scores reach
    from about 69 to 196."""
