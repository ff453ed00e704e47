"""Who speaks when; the turns come from the file behind `result_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.speaker_turn import SpeakerTurn


class SpeakerDiarisationResult(Record):
    """Who speaks when; the turns come from the file behind `result_url`."""

    speaker_count: int = field(decoding.integer)
    """How many speakers were told apart."""
    primary_speaker: str | None = field(decoding.string, default=None)
    """The speaker who talks longest, by a label such as `spk_0`."""
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    segment_count: int | None = field(decoding.integer, default=None)
    """How many turns the speakers take."""
    diarization: Records[SpeakerTurn] | None = field(
        records(lambda: models.SpeakerTurn), default=None
    )
    """Who speaks when; turns may overlap."""
