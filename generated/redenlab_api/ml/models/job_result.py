"""A job as it stands. Models answer in `result`, beside it, or in the file behind `result_url`; what a model does not use is absent."""

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
    """A job as it stands. Models answer in `result`, beside it, or in the file behind
    `result_url`; what a model does not use is absent."""

    job_id: str = field(decoding.string)
    """The job that was asked for."""
    status: str = field(decoding.string)
    """One of `JobStatus`, or a word that is newer than this file."""
    result: JobResultResult | None = field(record(lambda: models.JobResultResult), default=None)
    """What the model found, once the job is completed; its shape depends on the model."""
    error: str | None = field(decoding.string, default=None)
    """Why the job failed; may be absent even then."""
    created_at: datetime.datetime | None = field(decoding.instant, default=None)
    """When the job was made, in UTC. Whether that is the upload or the submit is not documented."""
    submitted_at: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was submitted, in UTC; sent only sometimes, while it is processing."""
    completed_at: datetime.datetime | None = field(decoding.instant, default=None)
    """When the service noticed the end; not a measure of the run time."""
    result_url: str | None = field(decoding.string, default=None)
    """Presigned link to a JSON file with the result, or with more of it; a secret while it is
    valid. Another poll brings a fresh one."""
    result_url_expires_at: datetime.datetime | None = field(decoding.instant, default=None)
    """Until when `result_url` is valid, in UTC; one hour after the poll where seen."""
    summary: SpeakerSummary | None = field(record(lambda: models.SpeakerSummary), default=None)
    """Figures about who speaks; the turns themselves are behind `result_url`."""
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
