"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class UploadUrlRequest(BaseModel):
    """
    What is going to be uploaded; it decides on the link.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    filename: Annotated[
        str,
        Field(
            description="Base name of the recording, without folders.",
            max_length=255,
            min_length=1,
        ),
    ]
    content_type: Annotated[
        str | None,
        Field(description="The `Content-Type` that the later PUT will carry, to the letter."),
    ] = "audio/wav"
    parent_asset_id: Annotated[
        str | None,
        Field(
            description="The asset that this is a piece of; it has to exist. With `chunk_index`; left out, the upload is a recording of its own.",
            min_length=1,
        ),
    ] = None
    chunk_index: Annotated[
        int | None,
        Field(description="Which piece of it. With `parent_asset_id`.", ge=0),
    ] = None


class UploadTicket(BaseModel):
    """
    A link to upload to, and names for what is uploaded: `job_id` and `file_key` for an API key, `asset_id` for a bearer token.
    """

    job_id: Annotated[
        str | None,
        Field(
            description="UUID of the job, from the upload to the result. Absent beside `asset_id`."
        ),
    ] = None
    upload_url: Annotated[
        str,
        Field(description="Presigned link to PUT the recording to; a secret while it is valid."),
    ]
    file_key: Annotated[
        str | None,
        Field(
            description="Opaque name of the upload, such as `uploads/<uuid>/<filename>`. Absent beside `asset_id`."
        ),
    ] = None
    asset_id: Annotated[
        str | None,
        Field(description="UUID of the upload, for any number of jobs. Absent beside `job_id`."),
    ] = None
    expires_in: Annotated[int, Field(description="Seconds for which the link is valid.", ge=0)]


class PredictRequest(BaseModel):
    """
    What the upload was named by, and beside it the parameters of the model.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    job_id: Annotated[
        str | None,
        Field(
            description="As the upload was answered; goes with `file_key`, in place of `asset_id`.",
            min_length=1,
        ),
    ] = None
    file_key: Annotated[
        str | None,
        Field(description="As the upload was answered; goes with `job_id`.", min_length=1),
    ] = None
    asset_id: Annotated[
        str | None,
        Field(
            description="As the upload was answered; in place of `job_id` and `file_key`.",
            min_length=1,
        ),
    ] = None


class Submission(BaseModel):
    """
    What the service says of a job that it has just accepted.
    """

    job_id: Annotated[
        str,
        Field(
            description="Names the job when its result is asked for. Jobs of an API key keep the id of their upload, those of a bearer token get theirs here."
        ),
    ]
    status: Annotated[
        str | None, Field(description="Open; usually `processing` or `submitted`.")
    ] = None
    message: Annotated[
        str | None, Field(description="A sentence for people, not for programs.")
    ] = None
    output_location: Annotated[
        str | None,
        Field(
            description="Internal `s3://` address, not readable by callers. Sent for API keys alone."
        ),
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
    """
    Figures about who speaks; the turns themselves are behind `result_url`.
    """

    speaker_count: Annotated[
        int | None, Field(description="How many speakers were told apart.", ge=0)
    ] = None
    primary_speaker: Annotated[
        str | None,
        Field(description="The speaker who talks longest, by a label such as `spk_0`."),
    ] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    segment_count: Annotated[
        int | None, Field(description="How many turns the speakers take.", ge=0)
    ] = None


class SubtitleLinks(BaseModel):
    """
    Presigned links to subtitles; secrets while they are valid.
    """

    srt: Annotated[str | None, Field(description="Link to the subtitles in the format SubRip.")] = (
        None
    )
    vtt: Annotated[str | None, Field(description="Link to the subtitles in the format WebVTT.")] = (
        None
    )


class ModelHealth(BaseModel):
    """
    Whether a model can run at once; a cold start takes ten minutes or more.
    """

    status: Annotated[
        str | None,
        Field(
            description="Open; `ready`, `healthy`, `warming`, `warming_up`, `unhealthy` and `cold` were seen."
        ),
    ] = None
    ready: Annotated[
        bool | None,
        Field(description="Whether a job would run without waiting for the model to load."),
    ] = None


class IntelligibilityResult(BaseModel):
    """
    How easy the speech is to understand.
    """

    intelligibility_score: Annotated[
        float,
        Field(
            description="Without a unit; higher is easier to understand. Not bounded to 0..1: published scores reach from about 69 to 196."
        ),
    ]


class NaturalnessResult(BaseModel):
    """
    How natural the speech sounds.
    """

    naturalness_score: Annotated[
        float,
        Field(
            description="Without a unit; higher is more natural. Not bounded to 0..1: published scores reach from about 69 to 196."
        ),
    ]


class CountedSegment(BaseModel):
    """
    A stretch of speech by one speaker.
    """

    speaker: Annotated[str, Field(description="A label that the speaker has in all segments.")]
    start_time: Annotated[float, Field(description="Seconds from the beginning of the recording.")]
    end_time: Annotated[float, Field(description="Seconds from the beginning of the recording.")]


class SpeakerDiarisationParameters(BaseModel):
    """
    What the caller knows of the recording beforehand.
    """

    num_speakers: Annotated[
        int | None,
        Field(
            description="How many speakers there are. Left out, the model finds out.",
            ge=1,
            le=10,
        ),
    ] = None


class SpeakerTurn(BaseModel):
    """
    A stretch of speech by one speaker; others may speak as well.
    """

    speaker: Annotated[str, Field(description="A label that the speaker has in all turns.")]
    start: Annotated[float, Field(description="Seconds from the beginning of the recording.")]
    end: Annotated[float, Field(description="Seconds from the beginning of the recording.")]


class TranscribeParameters(BaseModel):
    """
    What the model has to know of the recording beforehand.
    """

    language_code: Annotated[
        str,
        Field(
            description="Language of the recording, as a code such as `en-US`. Which codes there are is not documented.",
            min_length=2,
        ),
    ]
    max_speaker_count: Annotated[
        int,
        Field(
            description="The most speakers to tell apart. Always sent, since the service answers 500 without it.",
            ge=2,
            le=10,
        ),
    ]


class TranscriptText(BaseModel):
    """
    The transcript as one text.
    """

    transcript: Annotated[str, Field(description="What was said in the whole recording.")]


class TranscriptAlternative(BaseModel):
    """
    What a word or a punctuation mark may be.
    """

    content: Annotated[
        str | None, Field(description="The word or the punctuation mark itself.")
    ] = None
    confidence: Annotated[str | None, Field(description="From 0 to 1, as a text.")] = None


class WhisperxParameters(BaseModel):
    """
    How the model works; both are sent with every job.
    """

    diarize: Annotated[bool, Field(description="Whether to tell speakers apart.")]
    batch_size: Annotated[
        int,
        Field(
            description="How much the model works on at once; in which unit is not documented.",
            ge=1,
        ),
    ]


class SpokenSegment(BaseModel):
    """
    A stretch of speech.
    """

    start: Annotated[float, Field(description="Seconds from the beginning of the recording.")]
    end: Annotated[float, Field(description="Seconds from the beginning of the recording.")]
    text: Annotated[str, Field(description="What is said in it.")]
    speaker: Annotated[
        str | None,
        Field(description="Label of who speaks; may be absent, such as without `diarize`."),
    ] = None


class SpokenWord(BaseModel):
    """
    A word; one that could not be placed has no times.
    """

    word: Annotated[str, Field(description="What is said.")]
    start: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    end: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    score: Annotated[
        float | None,
        Field(description="How sure the model is; the range is not documented."),
    ] = None
    speaker: Annotated[
        str | None,
        Field(description="Label of who speaks; may be absent, such as without `diarize`."),
    ] = None


class Syllable(BaseModel):
    """
    When a syllable is spoken.
    """

    syllable_id: Annotated[
        int | None,
        Field(
            description="Which syllable it is; whether they are counted from 0 or 1 is not documented."
        ),
    ] = None
    start: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    end: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None


class Problem(BaseModel):
    """
    An error. The service says `error`, gateways say `message`, others `detail`.
    """

    error: Annotated[
        str | None, Field(description="What is wrong, in the words of the service.")
    ] = None
    message: Annotated[
        str | None, Field(description="What is wrong, in the words of a gateway.")
    ] = None
    detail: Annotated[
        str | None, Field(description="What is wrong, in the words of anything else.")
    ] = None
    code: Annotated[
        str | None,
        Field(description="A word for programs; which there are is not documented."),
    ] = None


class JobResult(BaseModel):
    """
    A job as it stands. Models answer in `result`, beside it, or in the file behind `result_url`; what a model does not use is absent.
    """

    job_id: Annotated[str, Field(description="The job that was asked for.")]
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
    error: Annotated[
        str | None, Field(description="Why the job failed; may be absent even then.")
    ] = None
    created_at: Annotated[
        AwareDatetime | None,
        Field(
            description="When the job was made, in UTC. Whether that is the upload or the submit is not documented."
        ),
    ] = None
    submitted_at: Annotated[
        AwareDatetime | None,
        Field(
            description="When it was submitted, in UTC; sent only sometimes, while it is processing."
        ),
    ] = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When the service noticed the end; not a measure of the run time."),
    ] = None
    result_url: Annotated[
        str | None,
        Field(
            description="Presigned link to a JSON file with the result, or with more of it; a secret while it is valid. Another poll brings a fresh one."
        ),
    ] = None
    result_url_expires_at: Annotated[
        AwareDatetime | None,
        Field(
            description="Until when `result_url` is valid, in UTC; one hour after the poll where seen."
        ),
    ] = None
    summary: SpeakerSummary | None = None
    transcript: Annotated[
        str | None, Field(description="What was said in the whole recording.")
    ] = None
    word_count: Annotated[
        int | None, Field(description="How many words `transcript` has.", ge=0)
    ] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    speaker_count: Annotated[
        int | None, Field(description="How many speakers were told apart.", ge=0)
    ] = None
    subtitle_urls: SubtitleLinks | None = None


class SpeakerCountResult(BaseModel):
    """
    How many people speak, and where.
    """

    speaker_count: Annotated[int, Field(description="How many speakers were told apart.", ge=0)]
    segments: Annotated[
        list[CountedSegment] | None,
        Field(description="Stretches of speech, each by one speaker; may be absent."),
    ] = None


class SpeakerDiarisationResult(BaseModel):
    """
    Who speaks when; the turns come from the file behind `result_url`.
    """

    speaker_count: Annotated[int, Field(description="How many speakers were told apart.", ge=0)]
    primary_speaker: Annotated[
        str | None,
        Field(description="The speaker who talks longest, by a label such as `spk_0`."),
    ] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    segment_count: Annotated[
        int | None, Field(description="How many turns the speakers take.", ge=0)
    ] = None
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
        str | None,
        Field(description="Seconds from the beginning of the recording, as a text such as `1.54`."),
    ] = None
    end_time: Annotated[
        str | None,
        Field(description="Seconds from the beginning of the recording, as a text such as `1.54`."),
    ] = None
    alternatives: Annotated[
        list[TranscriptAlternative] | None,
        Field(description="What it may be; the first element is the one to use."),
    ] = None
    speaker_label: Annotated[
        str | None,
        Field(description="Who says it, by a label that the speaker has in all items."),
    ] = None


class WhisperxResult(BaseModel):
    """
    What was said when; all of it comes from the file behind `result_url`.
    """

    segments: Annotated[
        list[SpokenSegment], Field(description="What was said, in stretches of speech.")
    ]
    word_segments: Annotated[
        list[SpokenWord] | None, Field(description="What was said, word by word.")
    ] = None
    diarization: Annotated[bool | None, Field(description="Whether speakers were told apart.")] = (
        None
    )


class SyllableTimingResult(BaseModel):
    """
    Timing of syllables (`SYL`) and pauses (`P`); times are seconds, `PERCENT` is of the whole. The service documents the names alone, so what a field means is read from its name.
    """

    STATUS: Annotated[
        Any | None,
        Field(description="As the model says it; neither type nor values are documented."),
    ] = None
    DUR: Annotated[float | None, Field(description="Length of the recording in seconds.")] = None
    SYL_PER_MEAN: Annotated[
        float | None, Field(description="Mean period of the syllables in seconds.")
    ] = None
    SYL_PER_STD: Annotated[
        float | None, Field(description="Standard deviation of the period in seconds.")
    ] = None
    SYL_PER_COV: Annotated[
        float | None,
        Field(description="Coefficient of variation of the period; no unit."),
    ] = None
    SYL_DUR_MEAN: Annotated[
        float | None, Field(description="Mean duration of the syllables in seconds.")
    ] = None
    SYL_DUR_STD: Annotated[
        float | None,
        Field(description="Standard deviation of the duration in seconds."),
    ] = None
    SYL_DUR_COV: Annotated[
        float | None,
        Field(description="Coefficient of variation of the duration; no unit."),
    ] = None
    SYL_COUNT: Annotated[float | None, Field(description="How many syllables there are.")] = None
    SYL_PERSEC: Annotated[float | None, Field(description="Syllables in a second.")] = None
    P_MEAN: Annotated[
        float | None, Field(description="Mean duration of the pauses in seconds.")
    ] = None
    P_STD: Annotated[
        float | None, Field(description="Standard deviation of the pauses in seconds.")
    ] = None
    P_COV: Annotated[
        float | None,
        Field(description="Coefficient of variation of the pauses; no unit."),
    ] = None
    SPEECH_PERCENT: Annotated[
        float | None, Field(description="Percentage of the recording that is speech.")
    ] = None
    P_PERCENT: Annotated[
        float | None, Field(description="Percentage of the recording that is pauses.")
    ] = None
    SPEECH_TO_P: Annotated[
        float | None, Field(description="Speech divided by pauses; no unit.")
    ] = None
    ARATE: Annotated[
        float | None,
        Field(description="Articulation rate; its unit is not documented."),
    ] = None
    segments: Annotated[list[Syllable] | None, Field(description="The syllables one by one.")] = (
        None
    )


class TranscriptDetails(BaseModel):
    """
    What was said word by word, in the format of Amazon Transcribe.
    """

    transcripts: Annotated[
        list[TranscriptText] | None,
        Field(description="What was said as one text, which is the first element."),
    ] = None
    items: Annotated[
        list[TranscriptItem] | None,
        Field(description="The words and punctuation marks one by one."),
    ] = None


class TranscribeResult(BaseModel):
    """
    What was said; `results` comes from the file behind `result_url`.
    """

    transcript: Annotated[
        str | None, Field(description="What was said in the whole recording.")
    ] = None
    word_count: Annotated[
        int | None, Field(description="How many words `transcript` has.", ge=0)
    ] = None
    duration: Annotated[float | None, Field(description="Length of the recording in seconds.")] = (
        None
    )
    speaker_count: Annotated[
        int | None, Field(description="How many speakers were told apart.", ge=0)
    ] = None
    subtitle_urls: SubtitleLinks | None = None
    results: TranscriptDetails | None = None
