"""A job without its transcript."""

from __future__ import annotations

import datetime
from uuid import UUID

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class JobSummary(Record):
    """A job without its transcript."""

    id: UUID = field(decoding.uuid)
    """UUID of the job."""
    status: str = field(decoding.string)
    """How far it is, such as `completed`."""
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
    progress: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Completed share in percent. The server of today never fills it."""
    audio_duration_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Length of the recording in seconds."""
    result_language_code: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """Language of the transcript."""
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
    wait_ms: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Milliseconds for which it has waited."""
    processing_ms: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Milliseconds for which it was worked on."""
