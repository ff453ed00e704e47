"""How many people speak, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.counted_segment import CountedSegment


class SpeakerCountResult(Record):
    """How many people speak, and where."""

    speaker_count: int = field(decoding.integer)
    """How many speakers were told apart."""
    segments: Records[CountedSegment] | None = field(
        records(lambda: models.CountedSegment), default=None
    )
    """Stretches of speech, each by one speaker; may be absent."""
