"""Figures about who speaks; the turns themselves are behind `result_url`."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpeakerSummary(Record):
    """Figures about who speaks; the turns themselves are behind `result_url`."""

    speaker_count: int | None = field(decoding.integer, default=None)
    """How many speakers were told apart."""
    primary_speaker: str | None = field(decoding.string, default=None)
    """The speaker who talks longest, by a label such as `spk_0`."""
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    segment_count: int | None = field(decoding.integer, default=None)
    """How many turns the speakers take."""
