"""SpeakerSummary"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SpeakerSummary(Record):
    """SpeakerSummary"""

    speaker_count: int | None = field(decoding.integer, default=None)
    primary_speaker: str | None = field(decoding.string, default=None)
    """The speaker who talks longest."""
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    segment_count: int | None = field(decoding.integer, default=None)
