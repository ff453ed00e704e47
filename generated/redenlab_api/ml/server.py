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
    parent_asset_id: Annotated[
        str | None,
        Field(
            description="The asset that this is a piece of; it has to exist. With `chunk_index`.",
            min_length=1,
        ),
    ] = None
    chunk_index: Annotated[
        int | None,
        Field(description="Which piece of it. With `parent_asset_id`.", ge=0),
    ] = None


class UploadTicket(BaseModel):
    """
    Either `job_id` and `file_key`, or `asset_id`.
    """

    job_id: Annotated[
        str | None, Field(description="Names the job from the upload to the result.")
    ] = None
    upload_url: Annotated[str, Field(description="Presigned link; a secret while it is valid.")]
    file_key: Annotated[str | None, Field(description="Opaque name of the upload.")] = None
    asset_id: Annotated[
        str | None, Field(description="Names the upload, for any number of jobs.")
    ] = None
    expires_in: Annotated[int, Field(description="Seconds for which the link is valid.", ge=0)]


class PredictRequest(BaseModel):
    """
    What the upload was named by, and beside it the parameters of the model.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    job_id: Annotated[str | None, Field(min_length=1)] = None
    file_key: Annotated[str | None, Field(min_length=1)] = None
    asset_id: Annotated[str | None, Field(min_length=1)] = None


class Submission(BaseModel):
    job_id: str
    status: Annotated[
        str | None, Field(description="Open; usually `processing` or `submitted`.")
    ] = None
    message: str | None = None
    output_location: Annotated[
        str | None, Field(description="Internal address; not readable by callers.")
    ] = None


class JobStatus(
    RootModel[Literal["upload_pending", "processing", "submitted", "completed", "failed"]]
):
    root: Annotated[
        Literal["upload_pending", "processing", "submitted", "completed", "failed"],
        Field(
            description="The statuses known today. Answers carry a plain string, because the service adds statuses: an unknown one counts as still running."
        ),
    ]


class SpeakerSummary(BaseModel):
    speaker_count: Annotated[int | None, Field(ge=0)] = None
    primary_speaker: Annotated[str | None, Field(description="The speaker who talks longest.")] = (
        None
    )
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    segment_count: Annotated[int | None, Field(ge=0)] = None


class SubtitleLinks(BaseModel):
    """
    Presigned links to subtitles.
    """

    srt: str | None = None
    vtt: str | None = None


class ModelHealth(BaseModel):
    status: Annotated[
        str | None,
        Field(
            description="Open; `ready`, `healthy`, `warming`, `warming_up`, `unhealthy` and `cold` were seen."
        ),
    ] = None
    ready: bool | None = None


class IntelligibilityResult(BaseModel):
    intelligibility_score: Annotated[
        float, Field(description="Higher is easier to understand. Not bounded to 0..1.")
    ]


class NaturalnessResult(BaseModel):
    naturalness_score: Annotated[
        float, Field(description="Higher is more natural. Not bounded to 0..1.")
    ]


class CountedSegment(BaseModel):
    speaker: str
    start_time: Annotated[float, Field(description="Seconds from the beginning.")]
    end_time: Annotated[float, Field(description="Seconds from the beginning.")]


class SpeakerDiarisationParameters(BaseModel):
    num_speakers: Annotated[
        int | None,
        Field(
            description="How many speakers there are. Left out, the model finds out.",
            ge=1,
            le=10,
        ),
    ] = None


class SpeakerTurn(BaseModel):
    speaker: str
    start: Annotated[float, Field(description="Seconds from the beginning.")]
    end: Annotated[float, Field(description="Seconds from the beginning.")]


class TranscribeParameters(BaseModel):
    language_code: Annotated[str, Field(description="Such as `en-US`.", min_length=2)]
    max_speaker_count: Annotated[
        int, Field(description="The service cannot do without.", ge=2, le=10)
    ]


class TranscriptText(BaseModel):
    transcript: str


class TranscriptAlternative(BaseModel):
    content: str | None = None
    confidence: Annotated[str | None, Field(description="From 0 to 1, as a text.")] = None


class WhisperxParameters(BaseModel):
    diarize: Annotated[bool, Field(description="Whether to tell speakers apart.")]
    batch_size: Annotated[int, Field(ge=1)]


class SpokenSegment(BaseModel):
    start: Annotated[float, Field(description="Seconds from the beginning.")]
    end: Annotated[float, Field(description="Seconds from the beginning.")]
    text: str
    speaker: str | None = None


class SpokenWord(BaseModel):
    """
    A word; one that could not be placed has no times.
    """

    word: str
    start: Annotated[float | None, Field(description="Seconds from the beginning.")] = None
    end: Annotated[float | None, Field(description="Seconds from the beginning.")] = None
    score: Annotated[float | None, Field(description="How sure the model is.")] = None
    speaker: str | None = None


class Syllable(BaseModel):
    syllable_id: int | None = None
    start: Annotated[float | None, Field(description="Seconds from the beginning.")] = None
    end: Annotated[float | None, Field(description="Seconds from the beginning.")] = None


class Problem(BaseModel):
    """
    An error. The service says `error`, gateways say `message`, others `detail`.
    """

    error: str | None = None
    message: str | None = None
    detail: str | None = None
    code: str | None = None


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
    result_url: Annotated[
        str | None,
        Field(description="Presigned link to a JSON file with the result, or with more of it."),
    ] = None
    result_url_expires_at: AwareDatetime | None = None
    summary: SpeakerSummary | None = None
    transcript: str | None = None
    word_count: Annotated[int | None, Field(ge=0)] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    speaker_count: Annotated[int | None, Field(ge=0)] = None
    subtitle_urls: SubtitleLinks | None = None


class SpeakerCountResult(BaseModel):
    speaker_count: Annotated[int, Field(ge=0)]
    segments: list[CountedSegment] | None = None


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


class TranscriptItem(BaseModel):
    """
    A word or a punctuation mark; the latter has no times.
    """

    type: Annotated[str, Field(description="`pronunciation` or `punctuation`.")]
    start_time: Annotated[
        str | None, Field(description="Seconds from the beginning, as a text.")
    ] = None
    end_time: Annotated[str | None, Field(description="Seconds from the beginning, as a text.")] = (
        None
    )
    alternatives: list[TranscriptAlternative] | None = None
    speaker_label: str | None = None


class WhisperxResult(BaseModel):
    segments: list[SpokenSegment]
    word_segments: list[SpokenWord] | None = None
    diarization: Annotated[bool | None, Field(description="Whether speakers were told apart.")] = (
        None
    )


class SyllableTimingResult(BaseModel):
    """
    Timing of syllables and pauses; times are seconds, `PERCENT` is of the whole.
    """

    STATUS: Annotated[Any | None, Field(description="As the model says it.")] = None
    DUR: float | None = None
    SYL_PER_MEAN: float | None = None
    SYL_PER_STD: float | None = None
    SYL_PER_COV: float | None = None
    SYL_DUR_MEAN: float | None = None
    SYL_DUR_STD: float | None = None
    SYL_DUR_COV: float | None = None
    SYL_COUNT: float | None = None
    SYL_PERSEC: float | None = None
    P_MEAN: float | None = None
    P_STD: float | None = None
    P_COV: float | None = None
    SPEECH_PERCENT: float | None = None
    P_PERCENT: float | None = None
    SPEECH_TO_P: float | None = None
    ARATE: float | None = None
    segments: list[Syllable] | None = None


class TranscriptDetails(BaseModel):
    transcripts: list[TranscriptText] | None = None
    items: list[TranscriptItem] | None = None


class TranscribeResult(BaseModel):
    transcript: str | None = None
    word_count: Annotated[int | None, Field(ge=0)] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    speaker_count: Annotated[int | None, Field(ge=0)] = None
    subtitle_urls: SubtitleLinks | None = None
    results: TranscriptDetails | None = None
