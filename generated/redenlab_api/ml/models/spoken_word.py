"""A word; one that could not be placed has no times."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpokenWord(Record):
    """A word; one that could not be placed has no times."""

    word: str = field(decoding.string)
    start: float | None = field(decoding.number, default=None)
    """Seconds from the beginning."""
    end: float | None = field(decoding.number, default=None)
    """Seconds from the beginning."""
    score: float | None = field(decoding.number, default=None)
    """How sure the model is."""
    speaker: str | None = field(decoding.string, default=None)
