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
    Literal,
    Never,
    Protocol,
    TypeAlias,
    Unpack,
    get_args,
    overload,
)

from redenlab.core.clients import abilities as _abilities
from redenlab.core.clients import base as _base
from redenlab.core.clients import job_clients as _job_clients
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import segments as _segments
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile

from . import lifecycles, models
from . import raw as _raw
from .api.inference import create_upload_url, get_health, get_result, predict

if TYPE_CHECKING:
    from .models import (
        IntelligibilityResult,
        JobResult,
        NaturalnessResult,
        SpeakerCountResult,
        SpeakerDiarisationResult,
        SyllableTimingResult,
        TranscribeResult,
        WhisperxResult,
    )

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar, deprecated

    R = TypeVar("R", default=IntelligibilityResult, covariant=True)
else:

    def deprecated(_: str) -> typing.Callable[[Any], Any]:
        return lambda function: function

    R = typing.TypeVar("R", covariant=True)

ModelName = Literal[
    "intelligibility",
    "als-intelligibility-mtpa",
    "als-intelligibility-eals",
    "ataxia-intelligibility",
    "als-naturalness-mtpa",
    "als-naturalness-eals",
    "ataxia-naturalness",
    "speaker_counter",
    "speaker_diarisation_workflow",
    "transcribe",
    "whisperx",
    "sylber-time",
]
"""The models known when this was generated; newer ones are accepted as ``str``."""

MODEL_NAMES: Final[tuple[ModelName, ...]] = get_args(ModelName)


_IntelligibilityResultModel: TypeAlias = Literal[
    "intelligibility",
    "als-intelligibility-mtpa",
    "als-intelligibility-eals",
    "ataxia-intelligibility",
]
_NaturalnessResultModel: TypeAlias = Literal[
    "als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"
]
ModelResult: TypeAlias = "IntelligibilityResult | NaturalnessResult | SpeakerCountResult | SpeakerDiarisationResult | TranscribeResult | WhisperxResult | SyllableTimingResult"
"""What the result of a model may be."""


class PredictionStatus(_snapshots.Snapshot["JobResult"]):
    """A job of `predict` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def error(self) -> str | None:
        """Why the job failed; may be absent even then."""
        return self.envelope.error

    @property
    def created_at(self) -> datetime.datetime | None:
        """When the job was made, in UTC. Whether that is the upload or the submit is not
        documented."""
        return self.envelope.created_at

    @property
    def submitted_at(self) -> datetime.datetime | None:
        """When it was submitted, in UTC; sent only sometimes, while it is processing."""
        return self.envelope.submitted_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When the service noticed the end; not a measure of the run time."""
        return self.envelope.completed_at

    @property
    def result_url(self) -> str | None:
        """Presigned link to a JSON file with the result, or with more of it; a secret while it is
        valid. Another poll brings a fresh one."""
        return self.envelope.result_url

    @property
    def result_url_expires_at(self) -> datetime.datetime | None:
        """Until when `result_url` is valid, in UTC; one hour after the poll where seen."""
        return self.envelope.result_url_expires_at


class Prediction(PredictionStatus, _snapshots.Outcome["JobResult", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


PREDICT: Final[_job_type.JobType[JobResult]] = _job_type.JobType(
    spec=lifecycles.PREDICT,
    operations={
        "predict": _operations.BoundOperation(predict, _job_type.reader(models, "PredictRequest")),
        "create_upload_url": _operations.BoundOperation(
            create_upload_url, _job_type.reader(models, "UploadUrlRequest")
        ),
        "get_result": _operations.BoundOperation(get_result),
        "get_health": _operations.BoundOperation(get_health),
    },
    read=partial(_job_type.reader, models),
    snapshot=PredictionStatus,
    outcome=Prediction,
)

JOBS: Final[Mapping[str, _job_type.JobType[Any]]] = {
    "predict": PREDICT,
}
"""Every job of this API; each client resumes any of them by its resume token."""


_IntelligibilityResult = typing.TypeVar("_IntelligibilityResult", covariant=True)
_NaturalnessResult = typing.TypeVar("_NaturalnessResult", covariant=True)
_SpeakerCountResult = typing.TypeVar("_SpeakerCountResult", covariant=True)
_SpeakerDiarisationResult = typing.TypeVar("_SpeakerDiarisationResult", covariant=True)
_TranscribeResult = typing.TypeVar("_TranscribeResult", covariant=True)
_WhisperxResult = typing.TypeVar("_WhisperxResult", covariant=True)
_SyllableTimingResult = typing.TypeVar("_SyllableTimingResult", covariant=True)
_Known = typing.TypeVar("_Known", covariant=True)
_Json = typing.TypeVar("_Json", covariant=True)
_Own = typing.TypeVar("_Own", covariant=True)


class _Run(
    Protocol[
        _Own,
        _IntelligibilityResult,
        _NaturalnessResult,
        _SpeakerCountResult,
        _SpeakerDiarisationResult,
        _TranscribeResult,
        _WhisperxResult,
        _SyllableTimingResult,
        _Known,
        _Json,
    ]
):
    """Type of `predict` and `submit`: what they return depends on the model."""

    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _Own:
        """Run a job.

        Args:
            file_path: Path, URL, bytes, binary file or stream; or an asset of `upload`. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.RecordingOptions`.
        """
        ...

    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: _IntelligibilityResultModel,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _IntelligibilityResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: _NaturalnessResultModel,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _NaturalnessResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _SpeakerCountResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _SpeakerDiarisationResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _TranscribeResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _WhisperxResult: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _SyllableTimingResult: ...
    @overload
    @deprecated("transcribe: the parameter language_code is missing")
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RecordingOptions],
    ) -> Never: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: ModelName,
        **call: Unpack[_base.RecordingOptions],
    ) -> _Known: ...
    @overload
    def __call__(
        self,
        file_path: _job_clients.Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _Json: ...


class _GetResult(
    Protocol[
        _Own,
        _IntelligibilityResult,
        _NaturalnessResult,
        _SpeakerCountResult,
        _SpeakerDiarisationResult,
        _TranscribeResult,
        _WhisperxResult,
        _SyllableTimingResult,
        _Known,
        _Json,
    ]
):
    """Type of `get_result`: what it returns depends on the model."""

    @overload
    def __call__(
        self, job_id: str, *, model_name: None = None, **call: Unpack[_base.RequestOptions]
    ) -> _Own:
        """See `redenlab.core.clients.job_clients.JobMethods.get_result`."""
        ...

    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: _IntelligibilityResultModel,
        **call: Unpack[_base.RequestOptions],
    ) -> _IntelligibilityResult: ...
    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: _NaturalnessResultModel,
        **call: Unpack[_base.RequestOptions],
    ) -> _NaturalnessResult: ...
    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: Literal["speaker_counter"],
        **call: Unpack[_base.RequestOptions],
    ) -> _SpeakerCountResult: ...
    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        **call: Unpack[_base.RequestOptions],
    ) -> _SpeakerDiarisationResult: ...
    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RequestOptions],
    ) -> _TranscribeResult: ...
    @overload
    def __call__(
        self, job_id: str, *, model_name: Literal["whisperx"], **call: Unpack[_base.RequestOptions]
    ) -> _WhisperxResult: ...
    @overload
    def __call__(
        self,
        job_id: str,
        *,
        model_name: Literal["sylber-time"],
        **call: Unpack[_base.RequestOptions],
    ) -> _SyllableTimingResult: ...
    @overload
    def __call__(
        self, job_id: str, *, model_name: ModelName, **call: Unpack[_base.RequestOptions]
    ) -> _Known: ...
    @overload
    def __call__(
        self, job_id: str, *, model_name: str, **call: Unpack[_base.RequestOptions]
    ) -> _Json: ...


class InferenceClient(
    _abilities.UploadMethods,
    _abilities.HealthMethods,
    _abilities.SegmentMethods,
    _job_clients.BlockingJobClient[PredictionStatus, Prediction[R]],
    Generic[R],
):
    """Runs `predict` jobs, and types their results by model.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "predict"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    predict: _Run[
        Prediction[R],
        Prediction[IntelligibilityResult],
        Prediction[NaturalnessResult],
        Prediction[SpeakerCountResult],
        Prediction[SpeakerDiarisationResult],
        Prediction[TranscribeResult],
        Prediction[WhisperxResult],
        Prediction[SyllableTimingResult],
        Prediction[ModelResult],
        Prediction[JSON],
    ]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[
        _handles.Job[Prediction[R]],
        _handles.Job[Prediction[IntelligibilityResult]],
        _handles.Job[Prediction[NaturalnessResult]],
        _handles.Job[Prediction[SpeakerCountResult]],
        _handles.Job[Prediction[SpeakerDiarisationResult]],
        _handles.Job[Prediction[TranscribeResult]],
        _handles.Job[Prediction[WhisperxResult]],
        _handles.Job[Prediction[SyllableTimingResult]],
        _handles.Job[Prediction[ModelResult]],
        _handles.Job[Prediction[JSON]],
    ]
    """Start a job and return a handle at once."""
    get_result: _GetResult[
        Prediction[R],
        Prediction[IntelligibilityResult],
        Prediction[NaturalnessResult],
        Prediction[SpeakerCountResult],
        Prediction[SpeakerDiarisationResult],
        Prediction[TranscribeResult],
        Prediction[WhisperxResult],
        Prediction[SyllableTimingResult],
        Prediction[ModelResult],
        Prediction[JSON],
    ]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.Raw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.Raw(self)

    predict_segmented: _abilities.RunSegmented[
        _IntelligibilityResultModel | _NaturalnessResultModel, _segments.Aggregate
    ]
    """Score a long recording in segments of 50 s, and average; needs the ``audio`` extra."""
    get_job_status: _job_clients.GetStatus[PredictionStatus]
    """`get_status`, under another name."""

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: InferenceClient[IntelligibilityResult],
            api_key: str | None = None,
            base_url: str | None = None,
            model_name: _IntelligibilityResultModel | None = None,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[NaturalnessResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: _NaturalnessResultModel,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[SpeakerCountResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["speaker_counter"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[SpeakerDiarisationResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["speaker_diarisation_workflow"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[TranscribeResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["transcribe"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[WhisperxResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["whisperx"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[SyllableTimingResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["sylber-time"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[ModelResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: ModelName,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: InferenceClient[JSON],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: str,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        def __init__(
            self,
            api_key: str | None = None,
            base_url: str | None = None,
            model_name: str | None = None,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...


class AsyncInferenceClient(
    _abilities.UploadMethods,
    _abilities.HealthMethods,
    _abilities.SegmentMethods,
    _job_clients.AsyncJobClient[PredictionStatus, Prediction[R]],
    Generic[R],
):
    """Runs `predict` jobs, and types their results by model.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "predict"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    predict: _Run[
        Coroutine[Any, Any, Prediction[R]],
        Coroutine[Any, Any, Prediction[IntelligibilityResult]],
        Coroutine[Any, Any, Prediction[NaturalnessResult]],
        Coroutine[Any, Any, Prediction[SpeakerCountResult]],
        Coroutine[Any, Any, Prediction[SpeakerDiarisationResult]],
        Coroutine[Any, Any, Prediction[TranscribeResult]],
        Coroutine[Any, Any, Prediction[WhisperxResult]],
        Coroutine[Any, Any, Prediction[SyllableTimingResult]],
        Coroutine[Any, Any, Prediction[ModelResult]],
        Coroutine[Any, Any, Prediction[JSON]],
    ]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[R]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[IntelligibilityResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[NaturalnessResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[SpeakerCountResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[SpeakerDiarisationResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[TranscribeResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[WhisperxResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[SyllableTimingResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[ModelResult]]],
        Coroutine[Any, Any, _handles.AsyncJob[Prediction[JSON]]],
    ]
    """Start a job and return a handle at once."""
    get_result: _GetResult[
        Coroutine[Any, Any, Prediction[R]],
        Coroutine[Any, Any, Prediction[IntelligibilityResult]],
        Coroutine[Any, Any, Prediction[NaturalnessResult]],
        Coroutine[Any, Any, Prediction[SpeakerCountResult]],
        Coroutine[Any, Any, Prediction[SpeakerDiarisationResult]],
        Coroutine[Any, Any, Prediction[TranscribeResult]],
        Coroutine[Any, Any, Prediction[WhisperxResult]],
        Coroutine[Any, Any, Prediction[SyllableTimingResult]],
        Coroutine[Any, Any, Prediction[ModelResult]],
        Coroutine[Any, Any, Prediction[JSON]],
    ]
    """The typed result of a job that has ended, without waiting; else `JobRunning`."""

    @property
    def raw(self) -> _raw.AsyncRaw:
        """Every operation of the API as it is: its arguments in, the whole response out."""
        return _raw.AsyncRaw(self)

    predict_segmented: _abilities.RunSegmented[
        _IntelligibilityResultModel | _NaturalnessResultModel,
        Coroutine[Any, Any, _segments.Aggregate],
    ]
    """Score a long recording in segments of 50 s, and average; needs the ``audio`` extra."""
    get_job_status: _job_clients.GetStatus[Coroutine[Any, Any, PredictionStatus]]
    """`get_status`, under another name."""

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: AsyncInferenceClient[IntelligibilityResult],
            api_key: str | None = None,
            base_url: str | None = None,
            model_name: _IntelligibilityResultModel | None = None,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[NaturalnessResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: _NaturalnessResultModel,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[SpeakerCountResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["speaker_counter"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[SpeakerDiarisationResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["speaker_diarisation_workflow"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[TranscribeResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["transcribe"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[WhisperxResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["whisperx"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[SyllableTimingResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: Literal["sylber-time"],
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[ModelResult],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: ModelName,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        @overload
        def __init__(
            self: AsyncInferenceClient[JSON],
            api_key: str | None = None,
            base_url: str | None = None,
            *,
            model_name: str,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...
        def __init__(
            self,
            api_key: str | None = None,
            base_url: str | None = None,
            model_name: str | None = None,
            timeout: float | None = None,
            **options: Unpack[_base.Options],
        ) -> None: ...


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "predict": (InferenceClient, AsyncInferenceClient),
}
"""The sync and the async client of each job."""
