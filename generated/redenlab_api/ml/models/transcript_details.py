"""What was said word by word, in the format of Amazon Transcribe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.transcript_item import TranscriptItem
    from ..models.transcript_text import TranscriptText


class TranscriptDetails(Record):
    """What was said word by word, in the format of Amazon Transcribe."""

    transcripts: Records[TranscriptText] | None = field(
        records(lambda: models.TranscriptText), default=None
    )
    """What was said as one text, which is the first element."""
    items_: Records[TranscriptItem] | None = field(
        records(lambda: models.TranscriptItem), name="items", default=None
    )
    """The words and punctuation marks one by one."""
