"""TranscribeResult"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.subtitle_links import SubtitleLinks
    from ..models.transcript_details import TranscriptDetails


class TranscribeResult(Record):
    """TranscribeResult"""

    transcript: str | None = field(decoding.string, default=None)
    word_count: int | None = field(decoding.integer, default=None)
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    speaker_count: int | None = field(decoding.integer, default=None)
    subtitle_urls: SubtitleLinks | None = field(record(lambda: models.SubtitleLinks), default=None)
    """Presigned links to subtitles."""
    results: TranscriptDetails | None = field(
        record(lambda: models.TranscriptDetails), default=None
    )
