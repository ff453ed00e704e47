"""What was said; `results` comes from the file behind `result_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.subtitle_links import SubtitleLinks
    from ..models.transcript_details import TranscriptDetails


class TranscribeResult(Record):
    """What was said; `results` comes from the file behind `result_url`."""

    transcript: str | None = field(decoding.string, default=None)
    """What was said in the whole recording."""
    word_count: int | None = field(decoding.integer, default=None)
    """How many words `transcript` has."""
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    speaker_count: int | None = field(decoding.integer, default=None)
    """How many speakers were told apart."""
    subtitle_urls: SubtitleLinks | None = field(record(lambda: models.SubtitleLinks), default=None)
    """Presigned links to subtitles; secrets while they are valid."""
    results: TranscriptDetails | None = field(
        record(lambda: models.TranscriptDetails), default=None
    )
    """What was said word by word, in the format of Amazon Transcribe."""
