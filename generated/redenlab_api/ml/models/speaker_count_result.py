"""SpeakerCountResult"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.counted_segment import CountedSegment


class SpeakerCountResult(Record):
    """SpeakerCountResult"""

    speaker_count: int = field(decoding.integer)
    segments: Records[CountedSegment] | None = field(
        records(lambda: models.CountedSegment), default=None
    )
