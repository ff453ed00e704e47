"""The messages of the realtime socket, and the tables of its codes.

Written from dalston-realtime.yaml: one class for each schema, in the form of all models.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, TypedDict

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

PATH: Final = "/v1/audio/transcriptions/stream"
"""Of the socket."""


class Flush(Record):
    """Transcribe what is buffered, if that is more than 100 ms."""

    type: Literal["flush"] = field(decoding.constant("flush"), default="flush", required=True)
    """What tells messages apart."""


class Clear(Record):
    """Drop the audio that is buffered."""

    type: Literal["clear"] = field(decoding.constant("clear"), default="clear", required=True)
    """What tells messages apart."""


class Configure(Record):
    """Change a session that goes on; it is not answered. What is left out stays as it is."""

    type: Literal["config"] = field(decoding.constant("config"), default="config", required=True)
    """What tells messages apart."""
    language: str | None = field(decoding.string, default=None)
    """Code of the language, such as `en`; the only key before 2026-02."""
    vad_threshold: float | None = field(decoding.number, default=None)
    """How sure speech has to be, from 0 to 1."""
    min_silence_duration_ms: int | None = field(decoding.integer, default=None)
    """Milliseconds of silence that end an utterance."""
    prefix_padding_ms: int | None = field(decoding.integer, default=None)
    """Milliseconds before speech that are transcribed with it."""


class End(Record):
    """Finish: the last finals follow, and `session.end`."""

    type: Literal["end"] = field(decoding.constant("end"), default="end", required=True)
    """What tells messages apart."""


class SessionConfig(Record):
    """What a session does."""

    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The model; null where the server chose."""
    language: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Code of the language, or `auto`."""
    sample_rate: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Samples of a second."""
    encoding: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Form of the samples."""
    channels: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Number of channels; always 1."""


class VADEvent(Record):
    """Speech begins or ends."""

    type: str = field(decoding.string)
    """`vad.speech_start` or `vad.speech_end`."""
    timestamp: float = field(decoding.number)
    """Seconds from the beginning of the audio."""


class TranscriptPartial(Record):
    """What an utterance seems to be so far; the next partial, or the final, takes its place."""

    type: Literal["transcript.partial"] = field(
        decoding.constant("transcript.partial"), default="transcript.partial", required=True
    )
    """What tells messages apart."""
    text: str = field(decoding.string)
    """All of the utterance so far."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""


class RealtimeWord(Record):
    """A word of an utterance."""

    text: str = field(decoding.string, spellings=("word",))
    """The word itself; the server of today calls it `word`."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure it is, from 0 to 1."""


class LagWarning(Record):
    """The server is behind the audio. It comes once a second at most."""

    type: Literal["warning"] = field(decoding.constant("warning"), default="warning", required=True)
    """What tells messages apart."""
    code: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`processing_lag`."""
    message: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """A sentence for people."""
    lag_seconds: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds of audio that are not transcribed yet."""
    warning_threshold_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds from which on it warns; 3."""
    hard_threshold_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds after which it ends the session, if that lasts for 2 seconds; 5."""


class RealtimeError(Record):
    """Something went wrong. The session goes on where `recoverable` is true."""

    type: Literal["error"] = field(decoding.constant("error"), default="error", required=True)
    """What tells messages apart."""
    code: str = field(decoding.string)
    """What went wrong; `x-error-codes` lists the values."""
    message: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """A sentence for people."""
    recoverable: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether the session goes on; refusals of a session leave it out."""
    details: Any = field(decoding.anything, default=None)
    """Anything else about it; not sent today."""


class SessionTerminated(Record):
    """The server ended the session; no `session.end` follows."""

    type: Literal["session.terminated"] = field(
        decoding.constant("session.terminated"), default="session.terminated", required=True
    )
    """What tells messages apart."""
    session_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The session."""
    reason: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why, such as `lag_exceeded`."""
    recoverable: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether another session can go on with it."""
    last_transcript_offset_ms: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Milliseconds of audio that are transcribed."""
    recovery_hint: dict[str, Any] | None = field(
        decoding.union(decoding.mapping, decoding.null), default=None
    )
    """`action`, `buffer_window_ms` and `retry_after_ms`."""


class RealtimeSegment(Record):
    """A final in the summary of a session."""

    text: str = field(decoding.string)
    """What was said."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""


class SessionBegin(Record):
    """A session has begun: the first message. `config` is what is asked for today; before, its
    values stood beside the id, where this package puts them."""

    type: Literal["session.begin"] = field(
        decoding.constant("session.begin"), default="session.begin", required=True
    )
    """What tells messages apart."""
    session_id: str = field(decoding.string)
    """`sess_` and 16 hexadecimal digits."""
    config: SessionConfig | None = field(record(lambda: SessionConfig), default=None)
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The model; null where the server chose."""
    language: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Code of the language, or `auto`."""
    sample_rate: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Samples of a second."""
    encoding: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Form of the samples."""
    channels: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Number of channels; always 1."""
    resumed_from: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The session that this one goes on with; not sent today."""


class TranscriptFinal(Record):
    """An utterance. A long one is cut after about 30 seconds."""

    type: Literal["transcript.final"] = field(
        decoding.constant("transcript.final"), default="transcript.final", required=True
    )
    """What tells messages apart."""
    text: str = field(decoding.string)
    """All of the utterance."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the audio."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure it is, from 0 to 1."""
    words: Records[RealtimeWord] | None = field(records(lambda: RealtimeWord), default=None)
    """Its words; only where `word_timestamps` asked for them."""


class SessionEnd(Record):
    """A session is over, and all its finals have been sent."""

    type: Literal["session.end"] = field(
        decoding.constant("session.end"), default="session.end", required=True
    )
    """What tells messages apart."""
    session_id: str = field(decoding.string)
    """The session."""
    total_audio_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds of audio that came."""
    total_speech_duration: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds of speech in it."""
    total_billed_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds to be paid for, before 2026-02."""
    transcript: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """All finals as one text."""
    segments: Records[RealtimeSegment] | None = field(
        records(lambda: RealtimeSegment), default=None
    )
    """The finals."""
    audio_uri: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Where the audio is stored, for operators; left out where it is not."""
    transcript_uri: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Where the transcript is stored, for operators; left out where it is not."""
    enhancement_job_id: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """The job that transcribes the audio again, before 2026-02."""


class ConfigureOptions(TypedDict, total=False):
    """What may be changed; what is left out stays as it is.

    Attributes:
        language: Code of the language, such as `en`; the only key before 2026-02.
        vad_threshold: How sure speech has to be, from 0 to 1.
        min_silence_duration_ms: Milliseconds of silence that end an utterance.
        prefix_padding_ms: Milliseconds before speech that are transcribed with it.
    """

    language: str
    vad_threshold: float
    min_silence_duration_ms: int
    prefix_padding_ms: int


class StreamOptions(TypedDict, total=False):
    """What a session is asked to do; what is left out, or ``None``, is up to the server.

    Attributes:
        language: Code of the language, such as `en`; `auto` detects it.
        model: Id of a model or an engine, or `fast` or `accurate` before 2026-02; the server
            chooses if left out.
        encoding: Form of the samples, which have one channel.
        sample_rate: Samples of a second.
        enable_vad: Whether speech is found; without it audio is cut by time, and there are no `vad`
            messages.
        interim_results: Whether there are partials, as far as the engine has any.
        word_timestamps: Whether finals have their words.
        vocabulary: Words that are likely to occur; sent as JSON text.
        retention: Days for which the session is kept; 0 keeps nothing, -1 for ever. The server has
            a default.
        resume_session_id: The `sess_…` of the session that this one goes on with; the server notes it, and
            nothing else.
        pii_detection: Whether personal data is looked for afterwards.
        pii_entity_types: Kinds of personal data; the server has a default.
        redact_pii_audio: Whether there will be audio without personal data; needs `pii_detection`, and a
            retention other than 0.
        pii_redaction_mode: What takes the place of personal data in the audio.
        pii_detection_tier: How thoroughly it is looked for, before 2026-02; ignored since.
        store_audio: Whether audio is kept, before 2026-02; `retention` decides since.
        store_transcript: Whether the transcript is kept, before 2026-02; `retention` decides since.
        enhance_on_end: Whether the audio is transcribed again as a job, before 2026-02; ignored since.
        retention_policy: Name of a policy, before 2026-02; ignored since.
    """

    language: str
    model: str | None
    encoding: str
    sample_rate: int
    enable_vad: bool
    interim_results: bool
    word_timestamps: bool
    vocabulary: Sequence[str] | None
    retention: int | None
    resume_session_id: str | None
    pii_detection: bool
    pii_entity_types: Sequence[str] | None
    redact_pii_audio: bool
    pii_redaction_mode: str
    pii_detection_tier: str | None
    store_audio: bool
    store_transcript: bool
    enhance_on_end: bool
    retention_policy: str | None


PARAMETERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "language": {"default": "auto"},
    "model": {},
    "encoding": {"default": "pcm_s16le", "enum": ("pcm_s16le", "pcm_f32le", "mulaw", "alaw")},
    "sample_rate": {"default": 16000, "minimum": 8000, "maximum": 48000},
    "enable_vad": {"default": True},
    "interim_results": {"default": True},
    "word_timestamps": {"default": False},
    "vocabulary": {"maxItems": 100, "maxLength": 50},
    "retention": {"minimum": -1, "maximum": 3650},
    "resume_session_id": {},
    "pii_detection": {"default": False},
    "pii_entity_types": {"x-separator": ","},
    "redact_pii_audio": {"default": False},
    "pii_redaction_mode": {"default": "silence", "enum": ("silence", "beep")},
    "pii_detection_tier": {"enum": ("fast", "standard", "thorough")},
    "store_audio": {"default": True},
    "store_transcript": {"default": True},
    "enhance_on_end": {"default": True},
    "retention_policy": {},
}
"""What the values of `StreamOptions` have to be, in words of JSON Schema."""

RECEIVED: Final[Mapping[str, type[Record]]] = {
    "session.begin": SessionBegin,
    "vad.speech_start": VADEvent,
    "vad.speech_end": VADEvent,
    "transcript.partial": TranscriptPartial,
    "transcript.final": TranscriptFinal,
    "warning": LagWarning,
    "error": RealtimeError,
    "session.terminated": SessionTerminated,
    "session.end": SessionEnd,
}
"""The messages of the server, by their ``type``."""

SECONDS: Final = frozenset(["end", "start", "timestamp"])
"""Keys of times, in seconds from the beginning of the audio."""

CLOSE_CODES: Final[Mapping[int, int | None]] = {
    1000: None,
    4001: 401,
    4003: 403,
    4010: 503,
    4029: 429,
    4400: 400,
    4401: 401,
    4403: 403,
    4404: 404,
    4429: 429,
    4503: 503,
}
"""Codes with which the server closes, and the HTTP statuses that they stand for."""

ERROR_CODES: Final[Mapping[str, int | None]] = {
    "internal_error": 500,
    "invalid_audio": 400,
    "invalid_message": 400,
    "invalid_parameters": 400,
    "lag_exceeded": 503,
    "language_not_supported": 400,
    "language_unsupported": 400,
    "no_capacity": 503,
    "rate_limit": 429,
    "rate_limit_exceeded": 429,
    "session_timeout": 408,
}
"""Codes of errors, and the HTTP statuses that they stand for."""
