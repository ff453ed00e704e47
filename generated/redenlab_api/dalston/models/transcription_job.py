"""A job, and its transcript once it is completed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.language import Language
    from ..models.pii_entity import PIIEntity
    from ..models.pii_info import PIIInfo
    from ..models.retention import Retention
    from ..models.segment import Segment
    from ..models.speaker import Speaker
    from ..models.stage import Stage
    from ..models.word import Word


class TranscriptionJob(Record):
    """A job, and its transcript once it is completed."""

    id: UUID = field(decoding.uuid)
    """UUID of the job."""
    status: str = field(decoding.string)
    """How far it is. Stages that look for personal data begin after `completed`."""
    display_name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The name that was given, or that of the file."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was accepted. A time without a zone is in UTC."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When its first stage began; null before that."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ended, well or badly; null before that."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The model that was asked for; null where none was named."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed, in one line or many."""
    progress: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Completed share in percent. The server of today never fills it; the stages tell."""
    current_stage: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The stage that runs. The server of today never fills it; the stages tell."""
    stages: Records[Stage] | None = field(
        decoding.union(records(lambda: models.Stage), decoding.null), default=None
    )
    """Its steps, those after the transcription first; null before there are any."""
    total_wait_ms: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Milliseconds for which its stages have waited."""
    language_code: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Language of the transcript; `und` where it is not known."""
    languages: Records[Language] | None = field(
        decoding.union(records(lambda: models.Language), decoding.null), default=None
    )
    """Every language that is spoken, where that was found out."""
    text: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The whole transcript; null before it is completed."""
    words: Records[Word] | None = field(
        decoding.union(records(lambda: models.Word), decoding.null), default=None
    )
    """Every word; null in practice, since words stand in segments."""
    segments: Records[Segment] | None = field(
        decoding.union(records(lambda: models.Segment), decoding.null), default=None
    )
    """The transcript piece by piece; null before it is completed."""
    speakers: Records[Speaker] | None = field(
        decoding.union(records(lambda: models.Speaker), decoding.null), default=None
    )
    """Who speaks; empty where nobody asked."""
    retention: Retention | None = field(
        decoding.union(record(lambda: models.Retention), decoding.null), default=None
    )
    """How long it is kept."""
    pii: PIIInfo | None = field(
        decoding.union(record(lambda: models.PIIInfo), decoding.null), default=None
    )
    """What is known of personal data; null where nobody asked for it."""
    redacted_text: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The transcript without personal data; null until that was looked for."""
    entities: Records[PIIEntity] | None = field(
        decoding.union(records(lambda: models.PIIEntity), decoding.null), default=None
    )
    """The personal data that was found; null until it was looked for."""
    audio_duration_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Length of the recording in seconds."""
    result_language_code: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """Language of the transcript once more."""
    result_word_count: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None
    )
    """Number of words in the transcript."""
    result_segment_count: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None
    )
    """Number of segments in the transcript."""
    result_speaker_count: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None
    )
    """Number of speakers in the transcript."""
    result_character_count: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None
    )
    """Number of characters in the transcript."""
