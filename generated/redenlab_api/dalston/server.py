"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class JobStatus(
    RootModel[Literal["pending", "running", "cancelling", "completed", "failed", "cancelled"]]
):
    root: Annotated[
        Literal["pending", "running", "cancelling", "completed", "failed", "cancelled"],
        Field(description="How far a job is."),
    ]


class TranscriptionRequest(BaseModel):
    """
    What to transcribe, and how. Fields that the server does not know are ignored.
    """

    file: Annotated[
        bytes | None,
        Field(
            description="The recording, 10 hours at most, in any container that the server can decode."
        ),
    ] = None
    audio_url: Annotated[
        str | None,
        Field(
            description="URL of the recording instead: https, presigned, or a share link of Google Drive or Dropbox, which the server turns into a direct one."
        ),
    ] = None
    name: Annotated[
        str | None,
        Field(description="Display name, cut to 255 characters; the name of the file if left out."),
    ] = None
    model: Annotated[
        str | None,
        Field(
            description="Id of a model or an engine; `auto`, the default, leaves the choice to the server."
        ),
    ] = None
    model_diarize: Annotated[
        str | None,
        Field(description="Model that tells speakers apart; the server chooses one if left out."),
    ] = None
    model_align: Annotated[
        str | None,
        Field(description="Model that times words; the server chooses one if left out."),
    ] = None
    model_pii_detect: Annotated[
        str | None,
        Field(description="Model that finds personal data; the server chooses one if left out."),
    ] = None
    language: Annotated[
        str | None,
        Field(description="Code of the language, such as `en`; `auto`, the default, detects it."),
    ] = None
    vocabulary: Annotated[
        list[str] | None,
        Field(
            description="Words that are likely to occur; sent as JSON text.",
            max_length=100,
        ),
    ] = None
    speaker_detection: Annotated[
        str | None,
        Field(
            description="`none` (the default), `diarize`, or `per_channel`, which needs more than one channel."
        ),
    ] = None
    num_speakers: Annotated[
        int | None,
        Field(description="How many speakers there are, where that is known.", ge=1, le=32),
    ] = None
    min_speakers: Annotated[
        int | None, Field(description="Least number of speakers.", ge=1, le=32)
    ] = None
    max_speakers: Annotated[
        int | None, Field(description="Greatest number of speakers.", ge=1, le=32)
    ] = None
    timestamps_granularity: Annotated[
        str | None,
        Field(description="What has times: `none`, `segment`, or `word` (the default)."),
    ] = None
    pii_detection: Annotated[
        bool | None,
        Field(
            description="Whether to look for personal data, after the transcription; false if left out."
        ),
    ] = None
    pii_entity_types: Annotated[
        list[str] | None,
        Field(
            description="Kinds of personal data to look for, sent as JSON text; left out, those of the server."
        ),
    ] = None
    redact_pii_audio: Annotated[
        bool | None,
        Field(
            description="Whether to make a recording without personal data, which needs `pii_detection`; false if left out."
        ),
    ] = None
    pii_redaction_mode: Annotated[
        str | None,
        Field(
            description="What takes the place of personal data: `silence` (the default) or `beep`."
        ),
    ] = None
    retention: Annotated[
        int | None,
        Field(
            description="Days for which the job is kept; 0 keeps nothing, -1 for ever. Left out, as the server is set up.",
            ge=-1,
            le=3650,
        ),
    ] = None
    lite_profile: Annotated[
        str | None,
        Field(
            description="`core` (the default), `speaker` or `compliance`; counts in lite mode alone."
        ),
    ] = None
    webhook_url: Annotated[
        str | None,
        Field(
            description="URL that is told of the end. Servers before 2026-02 have it; later ones ignore it, and know registered webhooks alone."
        ),
    ] = None
    webhook_metadata: Annotated[
        dict[str, Any] | None,
        Field(
            description="Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is."
        ),
    ] = None
    pii_detection_tier: Annotated[
        str | None,
        Field(
            description="`fast`, `standard` or `thorough`. Servers before 2026-02 have it; later ones ignore it."
        ),
    ] = None


class JobUpdate(BaseModel):
    """
    What to change of a job.
    """

    display_name: Annotated[str, Field(description="The new name.", max_length=255, min_length=1)]


class CreatedJob(BaseModel):
    """
    A job that was accepted.
    """

    id: Annotated[UUID, Field(description="Names the job from now on.")]
    status: Annotated[str, Field(description="`pending`; in lite mode `completed`.")]
    display_name: Annotated[
        str | None, Field(description="The name that was given, or that of the file.")
    ] = None
    created_at: Annotated[
        AwareDatetime | None,
        Field(description="When it was accepted. A time without a zone is in UTC."),
    ] = None


class CancelledJob(BaseModel):
    """
    A job that is being stopped.
    """

    id: Annotated[UUID, Field(description="UUID of the job.")]
    status: Annotated[
        str,
        Field(description="`cancelling` while a task is still at work, or `cancelled`."),
    ]
    message: Annotated[str | None, Field(description="What happens, in words.")] = None


class Stage(BaseModel):
    """
    A step of a job.
    """

    stage: Annotated[
        str,
        Field(
            description="Such as `prepare`, `transcribe`, `align`, `diarize`, `pii_detect`, `audio_redact`."
        ),
    ]
    task_id: Annotated[str | None, Field(description="UUID of its task.")] = None
    engine_id: Annotated[str | None, Field(description="The engine that does it.")] = None
    status: Annotated[
        str,
        Field(
            description="`pending`, `ready`, `running`, `completed`, `failed`, `skipped` or `cancelled`."
        ),
    ]
    required: Annotated[bool | None, Field(description="Whether the job fails if it fails.")] = None
    ready_at: Annotated[AwareDatetime | None, Field(description="When it could begin.")] = None
    started_at: Annotated[
        AwareDatetime | None, Field(description="When it began; null before that.")
    ] = None
    completed_at: Annotated[
        AwareDatetime | None, Field(description="When it ended; null before that.")
    ] = None
    wait_ms: Annotated[
        int | None,
        Field(description="Milliseconds between `ready_at` and `started_at`."),
    ] = None
    duration_ms: Annotated[int | None, Field(description="Milliseconds for which it ran.")] = None
    retries: Annotated[
        int | None, Field(description="How often it was tried again; null for never.")
    ] = None
    error: Annotated[str | None, Field(description="Why it failed.")] = None


class Language(BaseModel):
    """
    A language in a recording.
    """

    code: Annotated[str | None, Field(description="Such as `en`.")] = None
    confidence: Annotated[float | None, Field(description="How sure that is, from 0 to 1.")] = None
    is_primary: Annotated[bool | None, Field(description="Whether most is spoken in it.")] = None


class Word(BaseModel):
    """
    A word with its times.
    """

    text: Annotated[str, Field(description="The word, with its punctuation.")]
    start: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    end: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    confidence: Annotated[float | None, Field(description="How sure it is, from 0 to 1.")] = None
    language: Annotated[
        str | None, Field(description="Its language, where several are spoken.")
    ] = None
    alignment_method: Annotated[str | None, Field(description="How its times were found.")] = None
    speaker_id: Annotated[
        str | None,
        Field(description="Who says it; the server of today tells that of segments alone."),
    ] = None


class Segment(BaseModel):
    """
    A piece of a transcript. In lite mode it may have nothing but its text.
    """

    id: Annotated[
        str | int | None,
        Field(description="Names it in its transcript, such as `seg_000`."),
    ] = None
    start: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    end: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    text: Annotated[str, Field(description="What is said in it.")]
    speaker: Annotated[
        str | None,
        Field(description="Who speaks, such as `SPEAKER_00`; null without speaker detection."),
    ] = None
    redacted_text: Annotated[
        str | None, Field(description="What is said in it without personal data.")
    ] = None
    language: Annotated[
        str | None, Field(description="Its language, where several are spoken.")
    ] = None
    words: Annotated[
        list[Word] | None, Field(description="Its words, where they were asked for.")
    ] = None
    confidence: Annotated[float | None, Field(description="How sure the text is, from 0 to 1.")] = (
        None
    )
    speaker_confidence: Annotated[
        float | None, Field(description="How sure the speaker is, from 0 to 1.")
    ] = None
    avg_logprob: Annotated[
        float | None,
        Field(description="Mean logarithm of the probability of its tokens, as some engines tell."),
    ] = None
    compression_ratio: Annotated[
        float | None,
        Field(
            description="How well its text can be compressed, as some engines tell; high where it repeats itself."
        ),
    ] = None
    no_speech_prob: Annotated[
        float | None,
        Field(description="Probability that nothing is said, from 0 to 1, as some engines tell."),
    ] = None
    emotion: Annotated[
        str | None,
        Field(description="The emotion that is heard, as some engines tell."),
    ] = None
    emotion_confidence: Annotated[
        float | None, Field(description="How sure the emotion is, from 0 to 1.")
    ] = None


class Speaker(BaseModel):
    """
    Somebody who speaks.
    """

    id: Annotated[str, Field(description="What segments call the speaker, such as `SPEAKER_00`.")]
    label: Annotated[str | None, Field(description="What people are shown instead.")] = None
    channel: Annotated[
        int | None,
        Field(description="The channel of the speaker, from 0, with `per_channel`."),
    ] = None
    total_duration: Annotated[
        float | None,
        Field(
            description="Seconds for which the speaker is heard; the server of today does not tell."
        ),
    ] = None


class Retention(BaseModel):
    """
    How long a job is kept.
    """

    mode: Annotated[str | None, Field(description="`auto_delete`, `keep` or `none`.")] = None
    hours: Annotated[
        int | None,
        Field(description="Hours for which it is kept; null where that has no end."),
    ] = None
    purge_after: Annotated[AwareDatetime | None, Field(description="When it will be removed.")] = (
        None
    )
    purged_at: Annotated[AwareDatetime | None, Field(description="When it was removed.")] = None


class PIIInfo(BaseModel):
    """
    What is known of the personal data in a transcript.
    """

    enabled: Annotated[bool, Field(description="Whether it was asked for.")]
    entities_detected: Annotated[
        int | None, Field(description="How many were found; 0 until it was looked for.")
    ] = None
    entity_summary: Annotated[
        dict[str, Any] | None,
        Field(description="How many of each kind were found; null in practice."),
    ] = None
    redacted_audio_available: Annotated[
        bool | None, Field(description="Whether `get_redacted_audio` has a link.")
    ] = None


class PIIEntity(BaseModel):
    """
    Personal data in a transcript.
    """

    entity_type: Annotated[str, Field(description="Its kind, such as `credit_card_number`.")]
    category: Annotated[str | None, Field(description="`pii`, `pci` or `phi`.")] = None
    start_offset: Annotated[
        int | None,
        Field(description="Where it begins in the text of the job; counted in characters."),
    ] = None
    end_offset: Annotated[
        int | None,
        Field(description="Where it ends in the text of the job; counted in characters."),
    ] = None
    start_time: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    end_time: Annotated[
        float | None, Field(description="Seconds from the beginning of the recording.")
    ] = None
    confidence: Annotated[float | None, Field(description="How sure it is, from 0 to 1.")] = None
    speaker: Annotated[str | None, Field(description="Who says it.")] = None
    redacted_value: Annotated[
        str | None, Field(description="What takes its place in the redacted text.")
    ] = None
    original_text: Annotated[
        str | None,
        Field(description="The personal data itself; not every server sends it."),
    ] = None


class JobSummary(BaseModel):
    """
    A job without its transcript.
    """

    id: Annotated[UUID, Field(description="UUID of the job.")]
    status: Annotated[str, Field(description="How far it is, such as `completed`.")]
    display_name: Annotated[
        str | None, Field(description="The name that was given, or that of the file.")
    ] = None
    created_at: Annotated[
        AwareDatetime | None,
        Field(description="When it was accepted. A time without a zone is in UTC."),
    ] = None
    started_at: Annotated[
        AwareDatetime | None,
        Field(description="When its first stage began; null before that."),
    ] = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly; null before that."),
    ] = None
    progress: Annotated[
        int | None,
        Field(description="Completed share in percent. The server of today never fills it."),
    ] = None
    audio_duration_seconds: Annotated[
        float | None, Field(description="Length of the recording in seconds.")
    ] = None
    result_language_code: Annotated[
        str | None, Field(description="Language of the transcript.")
    ] = None
    result_word_count: Annotated[
        int | None, Field(description="Number of words in the transcript.")
    ] = None
    result_segment_count: Annotated[
        int | None, Field(description="Number of segments in the transcript.")
    ] = None
    result_speaker_count: Annotated[
        int | None, Field(description="Number of speakers in the transcript.")
    ] = None
    wait_ms: Annotated[int | None, Field(description="Milliseconds for which it has waited.")] = (
        None
    )
    processing_ms: Annotated[
        int | None, Field(description="Milliseconds for which it was worked on.")
    ] = None


class JobList(BaseModel):
    """
    Some of the jobs.
    """

    jobs: Annotated[
        list[JobSummary],
        Field(description="Without their transcripts, the newest first."),
    ]
    cursor: Annotated[
        str | None, Field(description="Asks for the next page; null on the last one.")
    ] = None
    has_more: Annotated[bool | None, Field(description="Whether there is another page.")] = None


class AudioLink(BaseModel):
    """
    A presigned link to a recording.
    """

    url: Annotated[str, Field(description="Where it is; whoever has the link can read it.")]
    expires_in: Annotated[int | None, Field(description="Seconds for which the link works.")] = None
    type: Annotated[str | None, Field(description="`original` or `redacted`.")] = None


class HealthStatus(BaseModel):
    """
    Whether the server is up.
    """

    status: Annotated[str, Field(description="`healthy`.")]


class RealtimeStatus(BaseModel):
    """
    How many realtime sessions there are, and may be.
    """

    status: Annotated[
        str,
        Field(description="`ready`, `at_capacity`, or `unavailable` where no worker is ready."),
    ]
    total_capacity: Annotated[int, Field(description="Sessions that all workers can hold.")]
    active_sessions: Annotated[int, Field(description="Sessions that there are.")]
    available_capacity: Annotated[int, Field(description="Sessions that can be begun.")]
    worker_count: Annotated[int | None, Field(description="Workers that there are.")] = None
    ready_workers: Annotated[int | None, Field(description="Workers that take sessions.")] = None


class Session(BaseModel):
    """
    A realtime session. Lists leave out what only a look at one session shows.
    """

    id: Annotated[str, Field(description="UUID, made of the `sess_` of the session and zeros.")]
    status: Annotated[str, Field(description="`active`, `completed`, `error` or `interrupted`.")]
    language: Annotated[
        str | None, Field(description="Language that was asked for; `auto` detects it.")
    ] = None
    model: Annotated[
        str | None,
        Field(description="Model that was asked for; empty where the server chose."),
    ] = None
    engine_id: Annotated[str | None, Field(description="The engine that worked.")] = None
    audio_duration_seconds: Annotated[
        float | None, Field(description="Seconds of audio that came.")
    ] = None
    segment_count: Annotated[
        int | None, Field(description="Number of segments in the transcript.")
    ] = None
    word_count: Annotated[int | None, Field(description="Number of words in the transcript.")] = (
        None
    )
    retention: Annotated[
        int | None,
        Field(description="Days for which it is kept; 0 keeps nothing, -1 for ever."),
    ] = None
    started_at: Annotated[
        AwareDatetime | None,
        Field(description="When it began. A time without a zone is in UTC."),
    ] = None
    ended_at: Annotated[
        AwareDatetime | None, Field(description="When it ended; null before that.")
    ] = None
    error: Annotated[
        str | None,
        Field(description="Why it broke off, such as `lag_exceeded`; lists leave it out."),
    ] = None
    encoding: Annotated[
        str | None,
        Field(description="Form of the audio, such as `pcm_s16le`; lists leave it out."),
    ] = None
    sample_rate: Annotated[
        int | None, Field(description="Samples of a second; lists leave it out.")
    ] = None
    purge_after: Annotated[
        AwareDatetime | None,
        Field(description="When it will be removed; lists leave it out."),
    ] = None
    purged_at: Annotated[
        AwareDatetime | None,
        Field(description="When it was removed; lists leave it out."),
    ] = None
    audio_uri: Annotated[
        str | None,
        Field(description="Where the audio is stored, for operators; lists leave it out."),
    ] = None
    transcript_uri: Annotated[
        str | None,
        Field(description="Where the transcript is stored, for operators; lists leave it out."),
    ] = None
    instance: Annotated[
        str | None, Field(description="The worker that had it; lists leave it out.")
    ] = None
    client_ip: Annotated[
        str | None, Field(description="From where it came; lists leave it out.")
    ] = None
    previous_session_id: Annotated[
        str | None,
        Field(description="The session that it resumes; lists leave it out."),
    ] = None


class SessionList(BaseModel):
    """
    Some of the realtime sessions.
    """

    sessions: Annotated[list[Session], Field(description="In the order that was asked for.")]
    cursor: Annotated[
        str | None, Field(description="Asks for the next page; null on the last one.")
    ] = None
    has_more: Annotated[bool | None, Field(description="Whether there is another page.")] = None


class DeletedSession(BaseModel):
    """
    A realtime session that was removed.
    """

    deleted: Annotated[bool | None, Field(description="Always true.")] = None
    session_id: Annotated[str | None, Field(description="As the request named it.")] = None


class StoredTranscript(BaseModel):
    """
    A transcript as it is stored; its form is not documented beyond this.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    text: Annotated[str | None, Field(description="The whole transcript.")] = None


class Model(BaseModel):
    """
    A model that the server knows.
    """

    id: Annotated[str, Field(description="What `model` of a job may say.")]
    name: Annotated[str | None, Field(description="What people are shown.")] = None
    engine_id: Annotated[str | None, Field(description="The engine that runs it.")] = None
    loaded_model_id: Annotated[str | None, Field(description="What the engine calls it.")] = None
    stage: Annotated[str | None, Field(description="What it is for, such as `transcribe`.")] = None
    status: Annotated[
        str | None,
        Field(description="`not_downloaded`, `downloading`, `ready` or `failed`."),
    ] = None
    size_bytes: Annotated[int | None, Field(description="Bytes on disk.")] = None
    download_progress: Annotated[
        float | None,
        Field(description="How much is downloaded; the range is not documented."),
    ] = None
    downloaded_at: Annotated[AwareDatetime | None, Field(description="When it was downloaded.")] = (
        None
    )
    source: Annotated[str | None, Field(description="Where it comes from.")] = None
    library_name: Annotated[
        str | None, Field(description="What it is made for, such as `ctranslate2`.")
    ] = None
    languages: Annotated[
        list[str] | None,
        Field(description="Codes of the languages that it knows; null for any."),
    ] = None
    word_timestamps: Annotated[bool | None, Field(description="Whether it times words.")] = None
    punctuation: Annotated[bool | None, Field(description="Whether it writes punctuation.")] = None
    capitalization: Annotated[bool | None, Field(description="Whether it writes capitals.")] = None
    native_streaming: Annotated[
        bool | None, Field(description="Whether it gives partial results in realtime.")
    ] = None
    supports_cpu: Annotated[bool | None, Field(description="Whether it runs without a GPU.")] = None
    min_vram_gb: Annotated[
        float | None, Field(description="Memory of a GPU that it needs; in GB.")
    ] = None
    min_ram_gb: Annotated[float | None, Field(description="Memory that it needs; in GB.")] = None
    metadata: Annotated[dict[str, Any] | None, Field(description="What else its source tells.")] = (
        None
    )
    last_used_at: Annotated[AwareDatetime | None, Field(description="When it was used last.")] = (
        None
    )
    created_at: Annotated[
        AwareDatetime | None, Field(description="When the server learned of it.")
    ] = None
    updated_at: Annotated[AwareDatetime | None, Field(description="When this entry changed.")] = (
        None
    )


class ModelList(BaseModel):
    """
    The models that the server knows.
    """

    object: Annotated[str | None, Field(description="Says that it is a `list`.")] = None
    data: Annotated[list[Model], Field(description="All that fit.")]


class Engine(BaseModel):
    """
    What runs models.
    """

    id: Annotated[str, Field(description="What `model` of a job may say.")]
    name: Annotated[str | None, Field(description="What people are shown.")] = None
    stage: Annotated[str | None, Field(description="What it is for, such as `transcribe`.")] = None
    version: Annotated[str | None, Field(description="Its release, such as `1.2.0`.")] = None
    execution_profile: Annotated[str | None, Field(description="How it is run.")] = None
    status: Annotated[str | None, Field(description="`running`, `available` or `unhealthy`.")] = (
        None
    )
    loaded_model: Annotated[str | None, Field(description="The model that it has in memory.")] = (
        None
    )
    available_models: Annotated[
        list[str] | None, Field(description="Ids of the models that it can run.")
    ] = None
    capabilities: Annotated[
        dict[str, Any] | None,
        Field(description="What it can do, such as `supports_native_streaming`."),
    ] = None
    hardware: Annotated[
        dict[str, Any] | None, Field(description="What it needs, such as `min_ram_gb`.")
    ] = None
    performance: Annotated[
        dict[str, Any] | None,
        Field(
            description="How fast it is: `rtf_gpu`, `rtf_cpu`, seconds of work for a second of audio."
        ),
    ] = None


class EngineList(BaseModel):
    """
    The engines of the server.
    """

    engines: Annotated[list[Engine], Field(description="All of them, busy or not.")]
    total: Annotated[int | None, Field(description="How many there are.")] = None


class TokenRequest(BaseModel):
    """
    What a token is for.
    """

    ttl: Annotated[
        int | None,
        Field(description="Seconds for which it works; 600 if left out.", ge=60, le=3600),
    ] = None
    scopes: Annotated[
        list[str] | None, Field(description="What it may do; `realtime` if left out.")
    ] = None


class SessionToken(BaseModel):
    """
    A credential for some minutes, which may be given to a browser.
    """

    token: Annotated[str, Field(description="`tk_` and more; a secret.")]
    expires_at: Annotated[AwareDatetime | None, Field(description="When it ceases to work.")] = None
    scopes: Annotated[list[str] | None, Field(description="What it may do.")] = None
    tenant_id: Annotated[str | None, Field(description="UUID of whom it belongs to.")] = None


class EntityType(BaseModel):
    """
    A kind of personal data; which properties it has is not documented.
    """

    model_config = ConfigDict(
        extra="allow",
    )
    id: Annotated[str | None, Field(description="What `pii_entity_types` of a job may say.")] = None
    category: Annotated[str | None, Field(description="`pii`, `pci` or `phi`.")] = None


class EntityTypeList(BaseModel):
    """
    The kinds of personal data that can be found.
    """

    entity_types: Annotated[
        list[EntityType], Field(description="All that fit; empty on a fresh server.")
    ]
    total: Annotated[int | None, Field(description="How many there are.")] = None


class ErrorDetail(BaseModel):
    """
    What is wrong.
    """

    code: Annotated[str | None, Field(description="Follows the status, such as `not_found`.")] = (
        None
    )
    message: Annotated[
        Any | None,
        Field(description="The text, or an object that has `code` and `message`."),
    ] = None


class InvalidParameter(BaseModel):
    """
    What is wrong with one parameter.
    """

    type: Annotated[
        str | None, Field(description="The kind of mistake, such as `int_parsing`.")
    ] = None
    loc: Annotated[
        list[Any] | None,
        Field(description="Where it is, such as `body`, then `num_speakers`."),
    ] = None
    msg: Annotated[str | None, Field(description="The mistake, in words.")] = None


class TranscriptionJob(BaseModel):
    """
    A job, and its transcript once it is completed.
    """

    id: Annotated[UUID, Field(description="UUID of the job.")]
    status: Annotated[
        str,
        Field(
            description="How far it is. Stages that look for personal data begin after `completed`."
        ),
    ]
    display_name: Annotated[
        str | None, Field(description="The name that was given, or that of the file.")
    ] = None
    created_at: Annotated[
        AwareDatetime | None,
        Field(description="When it was accepted. A time without a zone is in UTC."),
    ] = None
    started_at: Annotated[
        AwareDatetime | None,
        Field(description="When its first stage began; null before that."),
    ] = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly; null before that."),
    ] = None
    model: Annotated[
        str | None,
        Field(description="The model that was asked for; null where none was named."),
    ] = None
    error: Annotated[str | None, Field(description="Why it failed, in one line or many.")] = None
    progress: Annotated[
        int | None,
        Field(
            description="Completed share in percent. The server of today never fills it; the stages tell."
        ),
    ] = None
    current_stage: Annotated[
        str | None,
        Field(
            description="The stage that runs. The server of today never fills it; the stages tell."
        ),
    ] = None
    stages: Annotated[
        list[Stage] | None,
        Field(
            description="Its steps, those after the transcription first; null before there are any."
        ),
    ] = None
    total_wait_ms: Annotated[
        int | None, Field(description="Milliseconds for which its stages have waited.")
    ] = None
    language_code: Annotated[
        str | None,
        Field(description="Language of the transcript; `und` where it is not known."),
    ] = None
    languages: Annotated[
        list[Language] | None,
        Field(description="Every language that is spoken, where that was found out."),
    ] = None
    text: Annotated[
        str | None,
        Field(description="The whole transcript; null before it is completed."),
    ] = None
    words: Annotated[
        list[Word] | None,
        Field(description="Every word; null in practice, since words stand in segments."),
    ] = None
    segments: Annotated[
        list[Segment] | None,
        Field(description="The transcript piece by piece; null before it is completed."),
    ] = None
    speakers: Annotated[
        list[Speaker] | None, Field(description="Who speaks; empty where nobody asked.")
    ] = None
    retention: Annotated[Retention | None, Field(description="How long it is kept.")] = None
    pii: Annotated[
        PIIInfo | None,
        Field(description="What is known of personal data; null where nobody asked for it."),
    ] = None
    redacted_text: Annotated[
        str | None,
        Field(description="The transcript without personal data; null until that was looked for."),
    ] = None
    entities: Annotated[
        list[PIIEntity] | None,
        Field(description="The personal data that was found; null until it was looked for."),
    ] = None
    audio_duration_seconds: Annotated[
        float | None, Field(description="Length of the recording in seconds.")
    ] = None
    result_language_code: Annotated[
        str | None, Field(description="Language of the transcript once more.")
    ] = None
    result_word_count: Annotated[
        int | None, Field(description="Number of words in the transcript.")
    ] = None
    result_segment_count: Annotated[
        int | None, Field(description="Number of segments in the transcript.")
    ] = None
    result_speaker_count: Annotated[
        int | None, Field(description="Number of speakers in the transcript.")
    ] = None
    result_character_count: Annotated[
        int | None, Field(description="Number of characters in the transcript.")
    ] = None


class ErrorBody(BaseModel):
    """
    An error. Routes nest it in `error`, whose `message` may be an object with `code` and `message` of its own; the security layer sends `detail` and `code` beside each other; lite mode sends a text as `error`.
    """

    error: ErrorDetail | None = None


class InvalidParameters(BaseModel):
    """
    What is wrong with the parameters of a request.
    """

    detail: Annotated[list[InvalidParameter], Field(description="One entry for each mistake.")]
