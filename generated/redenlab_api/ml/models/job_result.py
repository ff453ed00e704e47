"""JobResult"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.job_result_result import JobResultResult
    from ..models.speaker_summary import SpeakerSummary
    from ..models.subtitle_links import SubtitleLinks


class JobResult(Record):
    """JobResult"""

    job_id: str = field(decoding.string)
    status: str = field(decoding.string)
    """One of `JobStatus`, or a word that is newer than this file."""
    result: JobResultResult | None = field(record(lambda: models.JobResultResult), default=None)
    """What the model found, once the job is completed; its shape depends on the model."""
    error: str | None = field(decoding.string, default=None)
    """Why the job failed."""
    created_at: datetime.datetime | None = field(decoding.instant, default=None)
    submitted_at: datetime.datetime | None = field(decoding.instant, default=None)
    completed_at: datetime.datetime | None = field(decoding.instant, default=None)
    """When the service noticed the end; not a measure of the run time."""
    result_url: str | None = field(decoding.string, default=None)
    """Presigned link to a JSON file with the result, or with more of it."""
    result_url_expires_at: datetime.datetime | None = field(decoding.instant, default=None)
    summary: SpeakerSummary | None = field(record(lambda: models.SpeakerSummary), default=None)
    transcript: str | None = field(decoding.string, default=None)
    word_count: int | None = field(decoding.integer, default=None)
    duration: float | None = field(decoding.number, default=None)
    """Length of the recording in seconds."""
    speaker_count: int | None = field(decoding.integer, default=None)
    subtitle_urls: SubtitleLinks | None = field(record(lambda: models.SubtitleLinks), default=None)
    """Presigned links to subtitles."""
