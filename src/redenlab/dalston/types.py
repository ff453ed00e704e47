"""Jobs and sessions as the design document has them, made of the answers of the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from redenlab.core.clients.base import RecordingOptions, RequestOptions
from redenlab.dalston.enums import (
    JobStatus,
    PIIDetectionTier,
    PIIRedactionMode,
    SpeakerDetection,
    TimestampGranularity,
)
from redenlab_api.dalston import models
from redenlab_api.dalston.models import PIIEntity, PIIInfo, Speaker, Word


class TranscribeOptions(RecordingOptions, total=False):
    """Further arguments of `transcribe`: those of `models.TranscriptionRequest`, and of the call.

    `webhook_url`, `webhook_metadata` and `pii_detection_tier` are sent, but the server ignores
    them since 2026-02.
    """

    name: str
    model: str
    model_diarize: str
    model_align: str
    model_pii_detect: str
    vocabulary: Sequence[str]
    speaker_detection: SpeakerDetection | str
    num_speakers: int | None
    min_speakers: int | None
    max_speakers: int | None
    timestamps_granularity: TimestampGranularity | str
    pii_detection: bool
    pii_detection_tier: PIIDetectionTier | str | None
    pii_entity_types: Sequence[str] | None
    redact_pii_audio: bool
    pii_redaction_mode: PIIRedactionMode | str | None
    retention: int
    lite_profile: str
    webhook_url: str | None
    webhook_metadata: Mapping[str, Any] | None


class ExportOptions(RequestOptions, total=False):
    """Further arguments of `export`.

    Attributes:
        include_speakers: Whether lines begin with the speaker; true if left out.
        max_line_length: Characters of a subtitle line, 10 to 200; 42 if left out.
        max_lines: Lines of a subtitle, 1 to 10; 2 if left out.
    """

    include_speakers: bool
    max_line_length: int
    max_lines: int


class Segment(models.Segment):
    """A piece of a transcript; `start` and `end` are ``None`` where it has no times."""

    @property
    def speaker_id(self) -> str | None:
        """Who speaks; ``None`` without speaker detection."""
        return self.speaker or self.get("speaker_id")


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said.

    Attributes:
        language_code: ``None`` where the language is not known.
        words: Of all segments, in order; empty where words have no times.
        metadata: What else the job tells of its result, such as ``audio_duration_seconds``.
        redacted_text: `text` without personal data; ``None`` where that was not looked for.
    """

    text: str
    language_code: str | None = None
    words: Sequence[Word] = ()
    segments: Sequence[Segment] = ()
    speakers: Sequence[Speaker] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict[str, Any])
    redacted_text: str | None = None
    pii_entities: Sequence[PIIEntity] = ()
    pii_info: PIIInfo | None = None

    @classmethod
    def of(cls, job: models.TranscriptionJob) -> Self | None:
        """The transcript of a job; ``None`` before it has one."""
        if job.text is None and not job.segments:
            return None
        segments = [Segment.from_dict(each) for each in job.segments or ()]
        return cls(
            text=" ".join(each.text for each in segments) if job.text is None else job.text,
            language_code=None if job.language_code == "und" else job.language_code,
            words=[
                Word.from_dict({"speaker_id": each.speaker_id, **word})
                for each in segments
                for word in each.words or ()
            ]
            or list(job.words or ()),
            segments=segments,
            speakers=list(job.speakers or ()),
            metadata={k: v for k, v in job.items() if k.startswith(("audio_", "result_"))},
            redacted_text=job.redacted_text,
            pii_entities=list(job.entities or ()),
            pii_info=job.pii,
        )


@dataclass(frozen=True, slots=True)
class Job:
    """A transcription job at one moment.

    Attributes:
        created_at: ``None`` where the server does not tell.
        error: Why it failed.
        progress: 0 to 100; the share of its stages that are completed, unless the server tells.
        current_stage: The stage that runs, or is ready to.
        transcript: ``None`` before there is one.
        response: The whole answer of the server; ``None`` where it only named the job.
    """

    id: UUID
    status: JobStatus
    created_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    error: str | None = None
    progress: int | None = None
    current_stage: str | None = None
    transcript: Transcript | None = None
    display_name: str | None = None
    response: models.TranscriptionJob | None = field(default=None, repr=False)

    @classmethod
    def of(cls, job: models.TranscriptionJob) -> Self:
        """The job that the server describes."""
        progress, stage = progress_of(job)
        return cls(
            id=job.id,
            status=JobStatus(job.status),
            created_at=job.created_at,
            started_at=job.started_at,
            completed_at=job.completed_at,
            error=job.error,
            progress=progress,
            current_stage=stage,
            transcript=Transcript.of(job),
            display_name=job.display_name,
            response=job,
        )


def progress_of(job: models.TranscriptionJob) -> tuple[int, str | None]:
    """Completed percent and current stage; counted over the stages where the server tells none."""
    stages = job.stages or ()
    named = {each.status: each.stage for each in reversed(stages)}
    done = sum(each.status == JobStatus.COMPLETED for each in stages)
    percent = 100 * done // len(stages) if stages else 100 * (job.status == JobStatus.COMPLETED)
    return (
        percent if job.progress is None else job.progress,
        job.current_stage or named.get("running") or named.get("ready"),
    )


class RealtimeSessionInfo(models.Session):
    """A realtime session as it is stored, of the server of today or an older one."""

    @property
    def engine(self) -> str | None:
        """The engine that worked."""
        return self.engine_id or self.get("engine")

    @property
    def store_audio(self) -> bool:
        """Whether its audio is kept."""
        return bool(self.get("store_audio", self.retention != 0))

    @property
    def store_transcript(self) -> bool:
        """Whether its transcript is kept."""
        return bool(self.get("store_transcript", self.retention != 0))


@dataclass(frozen=True, slots=True)
class RealtimeSessionList:
    """One page of sessions; `cursor` asks for the next one, where `has_more`."""

    sessions: Sequence[RealtimeSessionInfo]
    cursor: str | None = None
    has_more: bool = False
