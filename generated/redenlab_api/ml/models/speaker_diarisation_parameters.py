"""What the caller knows of the recording beforehand."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpeakerDiarisationParameters(Record):
    """What the caller knows of the recording beforehand."""

    num_speakers: int | None = field(decoding.integer, default=None)
    """How many speakers there are. Left out, the model finds out."""
