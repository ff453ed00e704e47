"""Jobs of this API: their results as types, and the clients.

Written from ``x-job`` in the spec; `lifecycles` has what `redenlab.core` does for a call.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Coroutine, Mapping
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Protocol,
    TypeAlias,
    Unpack,
)

from redenlab.core.clients import abilities as _abilities
from redenlab.core.clients import base as _base
from redenlab.core.clients import job_clients as _job_clients
from redenlab.core.files import sources as _sources
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile

from . import lifecycles, models, resources
from . import raw as _raw
from .api.transcriptions import cancel, delete, transcriptions_create, transcriptions_get

if TYPE_CHECKING:
    from .models import (
        Language,
        PIIEntity,
        PIIInfo,
        Retention,
        Segment,
        Speaker,
        Stage,
        TranscriptionJob,
        Word,
    )

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=TranscriptionJob, covariant=True)
else:
    R = typing.TypeVar("R", covariant=True)


class TranscribedStatus(_snapshots.Snapshot["TranscriptionJob | None"]):
    """A job of `transcription` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def display_name(self) -> str | None:
        """The name that was given, or that of the file."""
        return None if self.envelope is None else self.envelope.display_name

    @property
    def created_at(self) -> datetime.datetime | None:
        """When it was accepted. A time without a zone is in UTC."""
        return None if self.envelope is None else self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None:
        """When its first stage began; null before that."""
        return None if self.envelope is None else self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When it ended, well or badly; null before that."""
        return None if self.envelope is None else self.envelope.completed_at

    @property
    def model(self) -> str | None:
        """The model that was asked for; null where none was named."""
        return None if self.envelope is None else self.envelope.model

    @property
    def error(self) -> str | None:
        """Why it failed, in one line or many."""
        return None if self.envelope is None else self.envelope.error

    @property
    def progress(self) -> int | None:
        """Completed share in percent. The server of today never fills it; the stages tell."""
        return None if self.envelope is None else self.envelope.progress

    @property
    def current_stage(self) -> str | None:
        """The stage that runs. The server of today never fills it; the stages tell."""
        return None if self.envelope is None else self.envelope.current_stage

    @property
    def stages(self) -> list[Stage] | None:
        """Its steps, those after the transcription first; null before there are any."""
        return None if self.envelope is None else self.envelope.stages

    @property
    def total_wait_ms(self) -> int | None:
        """Milliseconds for which its stages have waited."""
        return None if self.envelope is None else self.envelope.total_wait_ms

    @property
    def language_code(self) -> str | None:
        """Language of the transcript; `und` where it is not known."""
        return None if self.envelope is None else self.envelope.language_code

    @property
    def languages(self) -> list[Language] | None:
        """Every language that is spoken, where that was found out."""
        return None if self.envelope is None else self.envelope.languages

    @property
    def text(self) -> str | None:
        """The whole transcript; null before it is completed."""
        return None if self.envelope is None else self.envelope.text

    @property
    def words(self) -> list[Word] | None:
        """Every word; null in practice, since words stand in segments."""
        return None if self.envelope is None else self.envelope.words

    @property
    def segments(self) -> list[Segment] | None:
        """The transcript piece by piece; null before it is completed."""
        return None if self.envelope is None else self.envelope.segments

    @property
    def speakers(self) -> list[Speaker] | None:
        """Who speaks; empty where nobody asked."""
        return None if self.envelope is None else self.envelope.speakers

    @property
    def retention(self) -> Retention | None:
        """How long it is kept."""
        return None if self.envelope is None else self.envelope.retention

    @property
    def pii(self) -> PIIInfo | None:
        """What is known of personal data; null where nobody asked for it."""
        return None if self.envelope is None else self.envelope.pii

    @property
    def redacted_text(self) -> str | None:
        """The transcript without personal data; null until that was looked for."""
        return None if self.envelope is None else self.envelope.redacted_text

    @property
    def entities(self) -> list[PIIEntity] | None:
        """The personal data that was found; null until it was looked for."""
        return None if self.envelope is None else self.envelope.entities

    @property
    def audio_duration_seconds(self) -> float | None:
        """Length of the recording in seconds."""
        return None if self.envelope is None else self.envelope.audio_duration_seconds

    @property
    def result_language_code(self) -> str | None:
        """Language of the transcript once more."""
        return None if self.envelope is None else self.envelope.result_language_code

    @property
    def result_word_count(self) -> int | None:
        """Number of words in the transcript."""
        return None if self.envelope is None else self.envelope.result_word_count

    @property
    def result_segment_count(self) -> int | None:
        """Number of segments in the transcript."""
        return None if self.envelope is None else self.envelope.result_segment_count

    @property
    def result_speaker_count(self) -> int | None:
        """Number of speakers in the transcript."""
        return None if self.envelope is None else self.envelope.result_speaker_count

    @property
    def result_character_count(self) -> int | None:
        """Number of characters in the transcript."""
        return None if self.envelope is None else self.envelope.result_character_count


class Transcribed(TranscribedStatus, _snapshots.Outcome["TranscriptionJob | None", R]):
    """A job of `transcription` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


TRANSCRIPTION: Final[_job_type.JobType[TranscriptionJob | None]] = _job_type.JobType(
    spec=lifecycles.TRANSCRIPTION,
    operations={
        "transcriptions.create": _operations.BoundOperation(
            transcriptions_create, _job_type.reader(models, "TranscriptionRequest")
        ),
        "transcriptions.get": _operations.BoundOperation(transcriptions_get),
        "cancel": _operations.BoundOperation(cancel),
        "delete": _operations.BoundOperation(delete),
    },
    read=partial(_job_type.reader, models),
    snapshot=TranscribedStatus,
    outcome=Transcribed,
)

JOBS: Final[Mapping[str, _job_type.JobType[Any]]] = {
    "transcription": TRANSCRIPTION,
}
"""Every job of this API; each client resumes any of them by its resume token."""


_Own = typing.TypeVar("_Own", covariant=True)


class _Run(Protocol[_Own]):
    """Type of `transcription` and `submit`."""

    def __call__(
        self,
        file_path: _sources.Source | None = None,
        s3_uri: str | None = None,
        *,
        audio_url: str | None = None,
        name: str | None = None,
        model: str | None = None,
        model_diarize: str | None = None,
        model_align: str | None = None,
        model_pii_detect: str | None = None,
        language: str | None = None,
        vocabulary: list[str] | None = None,
        speaker_detection: str | None = None,
        num_speakers: int | None = None,
        min_speakers: int | None = None,
        max_speakers: int | None = None,
        timestamps_granularity: str | None = None,
        pii_detection: bool | None = None,
        pii_entity_types: list[str] | None = None,
        redact_pii_audio: bool | None = None,
        pii_redaction_mode: str | None = None,
        retention: int | None = None,
        lite_profile: str | None = None,
        webhook_url: str | None = None,
        webhook_metadata: Mapping[str, Any] | None = None,
        pii_detection_tier: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _Own:
        """Run a job.

        Args:
            file_path: Path, URL, bytes, binary file or stream. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            audio_url: URL of the recording instead: https, presigned, or a share link of Google Drive or Dropbox, which the server turns into a direct one.
            name: Display name, cut to 255 characters; the name of the file if left out.
            model: Id of a model or an engine; `auto`, the default, leaves the choice to the server.
            model_diarize: Model that tells speakers apart; the server chooses one if left out.
            model_align: Model that times words; the server chooses one if left out.
            model_pii_detect: Model that finds personal data; the server chooses one if left out.
            language: Code of the language, such as `en`; `auto`, the default, detects it.
            vocabulary: Words that are likely to occur; sent as JSON text.
            speaker_detection: `none` (the default), `diarize`, or `per_channel`, which needs more than one channel.
            num_speakers: How many speakers there are, where that is known.
            min_speakers: Least number of speakers.
            max_speakers: Greatest number of speakers.
            timestamps_granularity: What has times: `none`, `segment`, or `word` (the default).
            pii_detection: Whether to look for personal data, after the transcription; false if left out.
            pii_entity_types: Kinds of personal data to look for, sent as JSON text; left out, those of the server.
            redact_pii_audio: Whether to make a recording without personal data, which needs `pii_detection`; false if left out.
            pii_redaction_mode: What takes the place of personal data: `silence` (the default) or `beep`.
            retention: Days for which the job is kept; 0 keeps nothing, -1 for ever. Left out, as the server is set up.
            lite_profile: `core` (the default), `speaker` or `compliance`; counts in lite mode alone.
            webhook_url: URL that is told of the end. Servers before 2026-02 have it; later ones ignore it, and know registered webhooks alone.
            webhook_metadata: Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is.
            pii_detection_tier: `fast`, `standard` or `thorough`. Servers before 2026-02 have it; later ones ignore it.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.RecordingOptions`.
        """
        ...


class DalstonClient(
    _abilities.DeleteMethods,
    resources.Resources,
    _job_clients.BlockingJobClient[TranscribedStatus, Transcribed[R]],
    Generic[R],
):
    """Runs `transcription` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "transcription"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    transcription: _Run[Transcribed[R]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[_handles.Job[Transcribed[R]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Transcribed[R]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.Raw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.Raw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


class AsyncDalstonClient(
    _abilities.DeleteMethods,
    resources.Resources,
    _job_clients.AsyncJobClient[TranscribedStatus, Transcribed[R]],
    Generic[R],
):
    """Runs `transcription` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "transcription"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    transcription: _Run[Coroutine[Any, Any, Transcribed[R]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[Coroutine[Any, Any, _handles.AsyncJob[Transcribed[R]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, Transcribed[R]]]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.AsyncRaw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.AsyncRaw(self)

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings; see `redenlab.core.clients.job_clients.OneJobClient`."""
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(key, base_url, None, timeout, **options)


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "transcription": (DalstonClient, AsyncDalstonClient),
}
"""The sync and the async client of each job."""
