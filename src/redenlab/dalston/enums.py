"""Values of the API as enumerations of texts. A value that is newer than this file is no error."""

from enum import StrEnum
from typing import Self

from redenlab_api.dalston.lifecycles import TRANSCRIPTION

_PENDING, _RUNNING, _CANCELLING, _COMPLETED, _FAILED, _CANCELLED = TRANSCRIPTION.states


class OpenEnum(StrEnum):
    """Known values; one that is not known becomes a member as well, named in capitals."""

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_, member._value_ = value.upper(), value
        return member


class JobStatus(OpenEnum):
    """How far a job is."""

    PENDING = _PENDING
    RUNNING = _RUNNING
    CANCELLING = _CANCELLING
    COMPLETED = _COMPLETED
    FAILED = _FAILED
    CANCELLED = _CANCELLED


class SpeakerDetection(OpenEnum):
    """How speakers are told apart: not, by their voices, or one for each channel."""

    NONE = "none"
    DIARIZE = "diarize"
    PER_CHANNEL = "per_channel"


class TimestampGranularity(OpenEnum):
    """What of a transcript has times."""

    NONE = "none"
    SEGMENT = "segment"
    WORD = "word"


class ExportFormat(OpenEnum):
    """Form of an exported transcript; JSON has everything that is stored."""

    SRT = "srt"
    VTT = "vtt"
    TXT = "txt"
    JSON = "json"


class PIIRedactionMode(OpenEnum):
    """What takes the place of personal data in a recording."""

    SILENCE = "silence"
    BEEP = "beep"


class PIIDetectionTier(OpenEnum):
    """How thoroughly servers before 2026-02 look for personal data."""

    FAST = "fast"
    STANDARD = "standard"
    THOROUGH = "thorough"


class RealtimeSessionStatus(OpenEnum):
    """How far a realtime session is."""

    ACTIVE = "active"
    COMPLETED = _COMPLETED
    ERROR = "error"
    INTERRUPTED = "interrupted"


class WebhookEventType(OpenEnum):
    """What a webhook tells."""

    TRANSCRIPTION_COMPLETED = "transcription.completed"
    TRANSCRIPTION_FAILED = "transcription.failed"
    TRANSCRIPTION_CANCELLED = "transcription.cancelled"


class RealtimeMessageType(OpenEnum):
    """What a message of a realtime session is."""

    SESSION_BEGIN = "session.begin"
    VAD_SPEECH_START = "vad.speech_start"
    VAD_SPEECH_END = "vad.speech_end"
    TRANSCRIPT_PARTIAL = "transcript.partial"
    TRANSCRIPT_FINAL = "transcript.final"
    WARNING = "warning"
    ERROR = "error"
    SESSION_TERMINATED = "session.terminated"
    SESSION_END = "session.end"
