"""WhisperxResult"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.spoken_segment import SpokenSegment
    from ..models.spoken_word import SpokenWord


class WhisperxResult(Record):
    """WhisperxResult"""

    segments: Records[SpokenSegment] = field(records(lambda: models.SpokenSegment))
    word_segments: Records[SpokenWord] | None = field(
        records(lambda: models.SpokenWord), default=None
    )
    diarization: bool | None = field(decoding.boolean, default=None)
    """Whether speakers were told apart."""
