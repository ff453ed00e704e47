"""A word; one that could not be placed has no times."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpokenWord(Record):
    """A word; one that could not be placed has no times."""

    word: str = field(decoding.string)
    """What is said."""
    start: float | None = field(decoding.number, default=None)
    """Seconds from the beginning of the recording."""
    end: float | None = field(decoding.number, default=None)
    """Seconds from the beginning of the recording."""
    score: float | None = field(decoding.number, default=None)
    """How sure the model is; the range is not documented."""
    speaker: str | None = field(decoding.string, default=None)
    """Label of who speaks; may be absent, such as without `diarize`."""
