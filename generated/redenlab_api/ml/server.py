"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class UploadUrlRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    filename: Annotated[
        str,
        Field(description="Base name of the recording.", max_length=255, min_length=1),
    ]
    content_type: Annotated[
        str | None,
        Field(description="The `Content-Type` that the later PUT will carry, to the letter."),
    ] = "audio/wav"


class UploadTicket(BaseModel):
    job_id: Annotated[str, Field(description="Names the job from the upload to the result.")]
    upload_url: Annotated[str, Field(description="Presigned link; a secret while it is valid.")]
    file_key: Annotated[str, Field(description="Opaque name of the upload.")]
    expires_in: Annotated[int, Field(description="Seconds for which the link is valid.", ge=0)]


class PredictRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    job_id: Annotated[str, Field(min_length=1)]
    file_key: Annotated[str, Field(min_length=1)]


class Submission(BaseModel):
    job_id: str
    status: Annotated[str | None, Field(description="Open; usually `processing`.")] = None
    message: str | None = None
    output_location: Annotated[
        str | None, Field(description="Internal address; not readable by callers.")
    ] = None


class JobStatus(RootModel[Literal["upload_pending", "processing", "completed", "failed"]]):
    root: Annotated[
        Literal["upload_pending", "processing", "completed", "failed"],
        Field(
            description="The statuses known today. Answers carry a plain string, because the service adds statuses: an unknown one counts as still running."
        ),
    ]


class JobResult(BaseModel):
    job_id: str
    status: Annotated[
        str,
        Field(description="One of `JobStatus`, or a word that is newer than this file."),
    ]
    result: Annotated[
        dict[str, Any] | None,
        Field(
            description="What the model found, once the job is completed; its shape depends on the model."
        ),
    ] = None
    error: Annotated[str | None, Field(description="Why the job failed.")] = None
    created_at: AwareDatetime | None = None
    submitted_at: AwareDatetime | None = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When the service noticed the end; not a measure of the run time."),
    ] = None


class IntelligibilityResult(BaseModel):
    intelligibility_score: Annotated[
        float, Field(description="Higher is easier to understand. Not bounded to 0..1.")
    ]


class SpeakerTurn(BaseModel):
    speaker: str
    start: Annotated[float, Field(description="Seconds from the beginning.")]
    end: Annotated[float, Field(description="Seconds from the beginning.")]


class Problem(BaseModel):
    """
    An error. The service says `error`, gateways say `message`, others `detail`.
    """

    error: str | None = None
    message: str | None = None
    detail: str | None = None
    code: str | None = None


class SpeakerDiarisationResult(BaseModel):
    speaker_count: Annotated[int, Field(ge=0)]
    primary_speaker: Annotated[str | None, Field(description="The speaker who talks longest.")] = (
        None
    )
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    segment_count: Annotated[int | None, Field(ge=0)] = None
    diarization: Annotated[
        list[SpeakerTurn] | None,
        Field(description="Who speaks when; turns may overlap."),
    ] = None
