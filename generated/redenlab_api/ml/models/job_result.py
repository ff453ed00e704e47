"""A job as it stands. Models answer in `result`, beside it, or in the file behind `result_url`; what a model does not use is absent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_result_result import JobResultResult
    from ..models.speaker_summary import SpeakerSummary
    from ..models.subtitle_links import SubtitleLinks


@define(kw_only=True)
class JobResult:
    """A job as it stands. Models answer in `result`, beside it, or in the file behind
    `result_url`; what a model does not use is absent.

    Attributes:
        job_id: The job that was asked for.
        status: One of `JobStatus`, or a word that is newer than this file.
        result: What the model found, once the job is completed; its shape depends on the model.
        error: Why the job failed; may be absent even then.
        created_at: When the job was made, in UTC. Whether that is the upload or the submit is not
            documented.
        submitted_at: When it was submitted, in UTC; sent only sometimes, while it is processing.
        completed_at: When the service noticed the end; not a measure of the run time.
        result_url: Presigned link to a JSON file with the result, or with more of it; a secret while it
            is valid. Another poll brings a fresh one.
        result_url_expires_at: Until when `result_url` is valid, in UTC; one hour after the poll where seen.
        summary: Figures about who speaks; the turns themselves are behind `result_url`.
        transcript: What was said in the whole recording.
        word_count: How many words `transcript` has.
        duration: Length of the recording in seconds.
        speaker_count: How many speakers were told apart.
        subtitle_urls: Presigned links to subtitles; secrets while they are valid.
        additional_properties: What the service sent beyond these.
    """

    job_id: str
    status: str
    result: JobResultResult | Unset = UNSET
    error: str | Unset = UNSET
    created_at: datetime.datetime | Unset = UNSET
    submitted_at: datetime.datetime | Unset = UNSET
    completed_at: datetime.datetime | Unset = UNSET
    result_url: str | Unset = UNSET
    result_url_expires_at: datetime.datetime | Unset = UNSET
    summary: SpeakerSummary | Unset = UNSET
    transcript: str | Unset = UNSET
    word_count: int | Unset = UNSET
    duration: float | Unset = UNSET
    speaker_count: int | Unset = UNSET
    subtitle_urls: SubtitleLinks | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "job_id": self.job_id,
                "status": self.status,
                "result": self.result,
                "error": self.error,
                "created_at": self.created_at,
                "submitted_at": self.submitted_at,
                "completed_at": self.completed_at,
                "result_url": self.result_url,
                "result_url_expires_at": self.result_url_expires_at,
                "summary": self.summary,
                "transcript": self.transcript,
                "word_count": self.word_count,
                "duration": self.duration,
                "speaker_count": self.speaker_count,
                "subtitle_urls": self.subtitle_urls,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.job_result_result import JobResultResult  # noqa: PLC0415
        from ..models.speaker_summary import SpeakerSummary  # noqa: PLC0415
        from ..models.subtitle_links import SubtitleLinks  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            job_id=codec.required(d, "job_id", codec.string),
            status=codec.required(d, "status", codec.string),
            result=codec.optional(d, "result", JobResultResult.from_dict),
            error=codec.optional(d, "error", codec.string),
            created_at=codec.optional(d, "created_at", codec.instant),
            submitted_at=codec.optional(d, "submitted_at", codec.instant),
            completed_at=codec.optional(d, "completed_at", codec.instant),
            result_url=codec.optional(d, "result_url", codec.string),
            result_url_expires_at=codec.optional(d, "result_url_expires_at", codec.instant),
            summary=codec.optional(d, "summary", SpeakerSummary.from_dict),
            transcript=codec.optional(d, "transcript", codec.string),
            word_count=codec.optional(d, "word_count", codec.integer),
            duration=codec.optional(d, "duration", codec.number),
            speaker_count=codec.optional(d, "speaker_count", codec.integer),
            subtitle_urls=codec.optional(d, "subtitle_urls", SubtitleLinks.from_dict),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
