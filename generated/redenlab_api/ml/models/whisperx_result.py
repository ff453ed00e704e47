"""What was said when; all of it comes from the file behind `result_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.spoken_segment import SpokenSegment
    from ..models.spoken_word import SpokenWord


class WhisperxResult(Record):
    """What was said when; all of it comes from the file behind `result_url`."""

    segments: Records[SpokenSegment] = field(records(lambda: models.SpokenSegment))
    """What was said, in stretches of speech."""
    word_segments: Records[SpokenWord] | None = field(
        records(lambda: models.SpokenWord), default=None
    )
    """What was said, word by word."""
    diarization: bool | None = field(decoding.boolean, default=None)
    """Whether speakers were told apart."""
