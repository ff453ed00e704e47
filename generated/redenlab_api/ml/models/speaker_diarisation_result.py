"""SpeakerDiarisationResult"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.speaker_turn import SpeakerTurn


class SpeakerDiarisationResult(Record):
    """SpeakerDiarisationResult"""

    speaker_count: int = field(decoding.integer)
    primary_speaker: str | None = field(decoding.string, default=None)
    """The speaker who talks longest."""
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    segment_count: int | None = field(decoding.integer, default=None)
    diarization: Records[SpeakerTurn] | None = field(
        records(lambda: models.SpeakerTurn), default=None
    )
    """Who speaks when; turns may overlap."""
