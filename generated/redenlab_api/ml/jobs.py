"""Jobs of this API: their lifecycles as data, their results as types, and the clients.

Written from ``x-job`` in the spec. `redenlab.core` runs what is described here.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Mapping
from functools import partial
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    Final,
    Generic,
    Literal,
    Never,
    TypeAlias,
    Unpack,
    cast,
    overload,
)

from redenlab.core import events as _events
from redenlab.core.clients import base as _base
from redenlab.core.files import sources as _sources
from redenlab.core.files import uploads as _uploads
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import health as _health
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import polling as _polling
from redenlab.core.jobs import results as _results
from redenlab.core.jobs import segments as _segments
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.jobs import submission as _submission
from redenlab.core.spec import grammar as _grammar
from redenlab.core.spec import job_spec as _job_spec
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile
from redenlab.core.spec import steps as _steps

from . import models
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

PROFILE: Final = _profile.Profile(
    variables={
        "api_key": ("REDENLAB_ML_API_KEY",),
        "base_url": ("REDENLAB_ML_BASE_URL",),
        "model_name": ("REDENLAB_ML_MODEL",),
        "timeout": ("REDENLAB_ML_TIMEOUT",),
        "http_timeout": ("REDENLAB_ML_HTTP_TIMEOUT",),
        "client_id": ("REDENLAB_CLIENT_ID",),
        "client_secret": ("REDENLAB_CLIENT_SECRET",),
        "token_url": ("REDENLAB_ML_TOKEN_URL",),
        "discovery_url": ("REDENLAB_ML_DISCOVERY_URL",),
    },
    file=".redenlab-ml/config.yaml",
    defaults={"timeout": 3600.0, "http_timeout": 30.0, "model_name": "intelligibility"},
    sign_in=_profile.SignIn(
        discovery="https://d8eq7mphxcvfl.cloudfront.net/endpoint.json",
        hosts=(".amazonaws.com", ".amazoncognito.com"),
        scopes=(
            "ml-api/als-intelligibility-mtpa",
            "ml-api/als-intelligibility-eals",
            "ml-api/ataxia-intelligibility",
            "ml-api/als-naturalness-mtpa",
            "ml-api/als-naturalness-eals",
            "ml-api/ataxia-naturalness",
            "ml-api/speaker_counter",
            "ml-api/speaker_diarisation_workflow",
            "ml-api/transcribe",
            "ml-api/whisperx",
            "ml-api/sylber-time",
        ),
        login_scopes=("openid", "email"),
        callback="http://localhost:9999/callback",
        tokens=".redenlab-ml/credentials.yaml",
        cache=".redenlab-ml/discovery.yaml",
    ),
)
"""Where settings come from when they are no arguments."""

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

MODEL_NAMES: Final[tuple[ModelName, ...]] = (
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
)


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
        """Why the job failed; may be absent even then. ``None`` when the service sent none."""
        return self.envelope.error

    @property
    def created_at(self) -> datetime.datetime | None:
        """When the job was made, in UTC. Whether that is the upload or the submit is not documented. ``None`` when the service sent none."""
        return self.envelope.created_at

    @property
    def submitted_at(self) -> datetime.datetime | None:
        """When it was submitted, in UTC; sent only sometimes, while it is processing. ``None`` when the service sent none."""
        return self.envelope.submitted_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When the service noticed the end; not a measure of the run time. ``None`` when the service sent none."""
        return self.envelope.completed_at

    @property
    def result_url(self) -> str | None:
        """Presigned link to a JSON file with the result, or with more of it; a secret while it is valid. Another poll brings a fresh one. ``None`` when the service sent none."""
        return self.envelope.result_url

    @property
    def result_url_expires_at(self) -> datetime.datetime | None:
        """Until when `result_url` is valid, in UTC; one hour after the poll where seen. ``None`` when the service sent none."""
        return self.envelope.result_url_expires_at


class Prediction(PredictionStatus, _snapshots.Outcome["JobResult", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


PREDICT: Final[_job_type.JobType[JobResult]] = _job_type.JobType(
    spec=_job_spec.JobSpec(
        service="ml",
        submit="predict",
        x_job=_grammar.XJob(
            version=2,
            name="predict",
            idempotency="reconcile",
            id=("$response.body#/job_id", "$upload.job_id"),
            poll=_steps.Polling(
                operation="get_result",
                parameters={"job_id": "$job.id", "model": "$job.model"},
                status="$response.body#/status",
                interval=_steps.Interval(initial=5, factor=2, max=60),
                error="$response.body#/error",
                grace=_steps.Grace(statuses=(404,), seconds=30),
            ),
            result=_grammar.Result(
                url="$poll.body#/result_url",
                key="none",
                value=(
                    "$poll.body#/result",
                    "$poll.body#/summary",
                    {
                        "transcript": "$poll.body#/transcript",
                        "word_count": "$poll.body#/word_count",
                        "duration": "$poll.body#/duration",
                        "speaker_count": "$poll.body#/speaker_count",
                        "subtitle_urls": "$poll.body#/subtitle_urls",
                    },
                    "$response.body",
                ),
                name="Prediction",
                linked=("speaker_diarisation_workflow", "transcribe", "whisperx"),
                types={
                    "intelligibility": "IntelligibilityResult",
                    "als-intelligibility-mtpa": "IntelligibilityResult",
                    "als-intelligibility-eals": "IntelligibilityResult",
                    "ataxia-intelligibility": "IntelligibilityResult",
                    "als-naturalness-mtpa": "NaturalnessResult",
                    "als-naturalness-eals": "NaturalnessResult",
                    "ataxia-naturalness": "NaturalnessResult",
                    "speaker_counter": "SpeakerCountResult",
                    "speaker_diarisation_workflow": _grammar.ModelTypes(
                        result="SpeakerDiarisationResult", parameters="SpeakerDiarisationParameters"
                    ),
                    "transcribe": _grammar.ModelTypes(
                        result="TranscribeResult", parameters="TranscribeParameters"
                    ),
                    "whisperx": _grammar.ModelTypes(
                        result="WhisperxResult", parameters="WhisperxParameters"
                    ),
                    "sylber-time": "SyllableTimingResult",
                },
            ),
            aliases={"get_job_status": "get_status"},
            model="$request.path.model_name",
            upload=(
                _steps.UploadStep(
                    operation="create_upload_url",
                    body={
                        "filename": "$file.name",
                        "content_type": "$file.content_type",
                        "parent_asset_id": "$file.parent",
                        "chunk_index": "$file.index",
                    },
                    keep={
                        "job_id": "$response.body#/job_id",
                        "file_key": "$response.body#/file_key",
                        "asset_id": "$response.body#/asset_id",
                    },
                ),
                _steps.UploadStep(
                    url="$response.body#/upload_url",
                    method="PUT",
                    key="none",
                    headers={"Content-Type": "$file.content_type"},
                    body="$file",
                    expires_in="$response.body#/expires_in",
                ),
            ),
            asset="$upload.asset_id",
            submit=_grammar.Submit(
                bind={
                    "$request.body#/job_id": "$upload.job_id",
                    "$request.body#/file_key": "$upload.file_key",
                    "$request.body#/asset_id": "$upload.asset_id",
                },
                pending=_steps.Pending(statuses=(409,), waits=(2, 4, 8, 16)),
            ),
            health=_steps.Health(
                operation="get_health",
                parameters={"model_name": "$job.model"},
                status="$response.body#/status",
                ready="$response.body#/ready",
            ),
            segments=_grammar.Segments(
                seconds=50,
                overlap=1,
                scores={
                    "IntelligibilityResult": "intelligibility_score",
                    "NaturalnessResult": "naturalness_score",
                },
            ),
        ),
        states={
            "upload_pending": "unsubmitted",
            "processing": "running",
            "submitted": "running",
            "completed": "succeeded",
            "failed": "failed",
        },
        envelope="JobResult",
        models={
            "intelligibility": _job_spec.Model(result="IntelligibilityResult"),
            "als-intelligibility-mtpa": _job_spec.Model(result="IntelligibilityResult"),
            "als-intelligibility-eals": _job_spec.Model(result="IntelligibilityResult"),
            "ataxia-intelligibility": _job_spec.Model(result="IntelligibilityResult"),
            "als-naturalness-mtpa": _job_spec.Model(result="NaturalnessResult"),
            "als-naturalness-eals": _job_spec.Model(result="NaturalnessResult"),
            "ataxia-naturalness": _job_spec.Model(result="NaturalnessResult"),
            "speaker_counter": _job_spec.Model(result="SpeakerCountResult"),
            "speaker_diarisation_workflow": _job_spec.Model(
                result="SpeakerDiarisationResult",
                schema="SpeakerDiarisationParameters",
                parameters={
                    "num_speakers": _job_spec.Parameter(
                        schema={"type": "integer", "minimum": 1, "maximum": 10}
                    )
                },
            ),
            "transcribe": _job_spec.Model(
                result="TranscribeResult",
                schema="TranscribeParameters",
                parameters={
                    "language_code": _job_spec.Parameter(
                        required=True, schema={"type": "string", "minLength": 2}
                    ),
                    "max_speaker_count": _job_spec.Parameter(
                        required=True,
                        default=10,
                        schema={"type": "integer", "minimum": 2, "maximum": 10},
                    ),
                },
            ),
            "whisperx": _job_spec.Model(
                result="WhisperxResult",
                schema="WhisperxParameters",
                parameters={
                    "diarize": _job_spec.Parameter(
                        required=True, default=False, schema={"type": "boolean"}
                    ),
                    "batch_size": _job_spec.Parameter(
                        required=True, default=16, schema={"type": "integer", "minimum": 1}
                    ),
                },
            ),
            "sylber-time": _job_spec.Model(result="SyllableTimingResult"),
        },
        free=True,
    ),
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


class InferenceClient(_base.BlockingClient, Generic[R]):
    """Runs `predict` jobs, and types their results by model.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="X-Api-Key")

    @overload
    def __init__(
        self: InferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ]
        | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
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
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            model_name: Model of calls that name none; ``None`` is `intelligibility`.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(
            {"api_key": key, "base_url": base_url, "model_name": model_name, "timeout": timeout},
            options,
        )
        self.model_name: str | None = self.settings.text("model_name")

    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[R]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[TranscribeResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[WhisperxResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    @deprecated("transcribe: the parameter language_code is missing")
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RecordingOptions],
    ) -> Never: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: ModelName,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[ModelResult]: ...
    @overload
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[JSON]: ...
    def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> Prediction[Any]:
        """Run a job and wait for its typed result.

        Args:
            file_path: Path, URL, bytes, binary file or stream; or an asset of `upload`. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("predict", timeout, on_event)
        chosen = _snapshots.without_none(model_parameters) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name or self.model_name,
            chosen,
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return cast(
            "Prediction[Any]",
            self.finish(context, _handles.run_job(context, self, PREDICT, request)),
        )

    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[R]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[IntelligibilityResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[NaturalnessResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[SpeakerCountResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[SpeakerDiarisationResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[TranscribeResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[WhisperxResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[SyllableTimingResult]]: ...
    @overload
    @deprecated("transcribe: the parameter language_code is missing")
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RecordingOptions],
    ) -> Never: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: ModelName,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[ModelResult]]: ...
    @overload
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.Job[Prediction[JSON]]: ...
    def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> _handles.Job[Prediction[Any]]:
        """Start a job and return a handle at once.

        Args:
            file_path: Path, URL, bytes, binary file or stream; or an asset of `upload`. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(model_parameters) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name or self.model_name,
            chosen,
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return cast(
            "_handles.Job[Prediction[Any]]",
            self.finish(context, _handles.submit_job(context, self, PREDICT, request)),
        )

    def get_status(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> PredictionStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), model_name or self.model_name
        workflow = _polling.get_status(context, PREDICT, _job_type.JobRef(job_id, model))
        return cast("PredictionStatus", self.finish(context, workflow))

    @overload
    def get_result(
        self, job_id: str, *, model_name: None = None, timeout: float | None = None
    ) -> Prediction[R]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: Literal["speaker_counter"], timeout: float | None = None
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        timeout: float | None = None,
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: Literal["transcribe"], timeout: float | None = None
    ) -> Prediction[TranscribeResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: Literal["whisperx"], timeout: float | None = None
    ) -> Prediction[WhisperxResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: Literal["sylber-time"], timeout: float | None = None
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: ModelName, timeout: float | None = None
    ) -> Prediction[ModelResult]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: str, timeout: float | None = None
    ) -> Prediction[JSON]: ...
    def get_result(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> Prediction[Any]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), model_name or self.model_name
        workflow = _results.fetch_result(context, self, PREDICT, _job_type.JobRef(job_id, model))
        return cast("Prediction[Any]", self.finish(context, workflow))

    def job(self, job_id: str, *, model_name: str | None = None) -> _handles.Job[Prediction[R]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        ref = _job_type.JobRef(job_id, model_name or self.model_name)
        return _handles.Job(self, "ml", "predict", ref)

    def upload(
        self,
        file_path: _sources.Source | None = None,
        s3_uri: str | None = None,
        *,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> _uploads.Asset:
        """Upload a recording without submitting it.

        Args:
            file_path: Path, URL, bytes, binary file or stream.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.

        Returns:
            An asset that `submit` takes instead of a recording: any number of times where it has
            an `id`, else once.

        Raises:
            InputError: The recording is unusable; nothing was sent.
            UploadError: Storage did not take it.
            TimeoutError: Out of time.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("upload", timeout, on_event)
        given = _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type)
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return self.finish(context, _submission.uploader(context, PREDICT).upload(given))

    def predict_segmented(
        self,
        file_path: _sources.Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
            "als-naturalness-mtpa",
            "als-naturalness-eals",
            "ataxia-naturalness",
        ]
        | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> _segments.Aggregate:
        """Score a long recording in segments of 50 s, and average; needs the ``audio`` extra.

        Args:
            file_path: Path, URL, bytes, binary file or stream, in a format that libsndfile reads.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            model_name: Which model; ``None`` takes the client's. Results of other models cannot be
                averaged.
            timeout: Seconds for all segments together; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: Of the whole; the segments are WAV.

        Returns:
            The mean, each segment's score, and the errors of the segments without one.

        Raises:
            InputError: The recording cannot be decoded, or the model's results cannot be
                averaged; nothing was sent.
            MissingExtra: The ``audio`` extra is not installed.
            RedenLabError: No segment has a score; the error of the first.
        """
        context = self.call_context("predict_segmented", timeout, on_event)
        request = _submission.JobRequest(
            model_name or self.model_name,
            {},
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        workflow = _segments.predict(context, self, PREDICT, request)
        return self.finish(context, workflow)

    def health(
        self, model_name: str | None = None, *, timeout: float | None = None
    ) -> _health.Health:
        """Ask whether a model is ready; that does not start it.

        Args:
            model_name: Which model; ``None`` takes the client's.
            timeout: Seconds for the call, of which one request may take 60; ``None`` takes the
                client's.

        Raises:
            NotFound: The service cannot be asked about this model.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("health", timeout), model_name or self.model_name
        return self.finish(context, _health.health(context, PREDICT, model))

    def warm_up(
        self,
        model_name: str | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        timeout: float = 900.0,
        on_event: _events.Listener | None = None,
    ) -> float:
        """Start a model by a job on one second of silence; the job counts, and costs, like any other.

        Args:
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the model, where it requires some.
            timeout: Seconds for the whole call; cold models take ten minutes and more.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Returns:
            Seconds that it took.

        Raises:
            TimeoutError: It is still starting.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("warm_up", timeout, on_event)
        request = _submission.JobRequest(model_name or self.model_name, dict(parameters or {}))
        workflow = _health.warm_up(context, self, PREDICT, request)
        return self.finish(context, workflow)

    get_job_status = get_status


class AsyncInferenceClient(_base.AsyncClient, Generic[R]):
    """Runs `predict` jobs, and types their results by model.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="X-Api-Key")

    @overload
    def __init__(
        self: AsyncInferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ]
        | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
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
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            model_name: Model of calls that name none; ``None`` is `intelligibility`.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__(
            {"api_key": key, "base_url": base_url, "model_name": model_name, "timeout": timeout},
            options,
        )
        self.model_name: str | None = self.settings.text("model_name")

    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[R]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[TranscribeResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[WhisperxResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    @deprecated("transcribe: the parameter language_code is missing")
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RecordingOptions],
    ) -> Never: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: ModelName,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[ModelResult]: ...
    @overload
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> Prediction[JSON]: ...
    async def predict(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> Prediction[Any]:
        """Run a job and wait for its typed result.

        Args:
            file_path: Path, URL, bytes, binary file or stream; or an asset of `upload`. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("predict", timeout, on_event)
        chosen = _snapshots.without_none(model_parameters) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name or self.model_name,
            chosen,
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return cast(
            "Prediction[Any]",
            await self.finish(context, _handles.run_job(context, self, PREDICT, request)),
        )

    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[R]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[IntelligibilityResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[NaturalnessResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[SpeakerCountResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[SpeakerDiarisationResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[TranscribeResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[WhisperxResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[SyllableTimingResult]]: ...
    @overload
    @deprecated("transcribe: the parameter language_code is missing")
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        **call: Unpack[_base.RecordingOptions],
    ) -> Never: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: ModelName,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[ModelResult]]: ...
    @overload
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.RecordingOptions],
    ) -> _handles.AsyncJob[Prediction[JSON]]: ...
    async def submit(
        self,
        file_path: _sources.Source | _uploads.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> _handles.AsyncJob[Prediction[Any]]:
        """Start a job and return a handle at once.

        Args:
            file_path: Path, URL, bytes, binary file or stream; or an asset of `upload`. It is
                streamed, never read into memory as a whole.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(model_parameters) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name or self.model_name,
            chosen,
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return cast(
            "_handles.AsyncJob[Prediction[Any]]",
            await self.finish(context, _handles.submit_job(context, self, PREDICT, request)),
        )

    async def get_status(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> PredictionStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), model_name or self.model_name
        workflow = _polling.get_status(context, PREDICT, _job_type.JobRef(job_id, model))
        return cast("PredictionStatus", await self.finish(context, workflow))

    @overload
    async def get_result(
        self, job_id: str, *, model_name: None = None, timeout: float | None = None
    ) -> Prediction[R]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
        ],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-mtpa", "als-naturalness-eals", "ataxia-naturalness"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: Literal["speaker_counter"], timeout: float | None = None
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        timeout: float | None = None,
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: Literal["transcribe"], timeout: float | None = None
    ) -> Prediction[TranscribeResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: Literal["whisperx"], timeout: float | None = None
    ) -> Prediction[WhisperxResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: Literal["sylber-time"], timeout: float | None = None
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: ModelName, timeout: float | None = None
    ) -> Prediction[ModelResult]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: str, timeout: float | None = None
    ) -> Prediction[JSON]: ...
    async def get_result(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> Prediction[Any]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), model_name or self.model_name
        workflow = _results.fetch_result(context, self, PREDICT, _job_type.JobRef(job_id, model))
        return cast("Prediction[Any]", await self.finish(context, workflow))

    def job(
        self, job_id: str, *, model_name: str | None = None
    ) -> _handles.AsyncJob[Prediction[R]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        ref = _job_type.JobRef(job_id, model_name or self.model_name)
        return _handles.AsyncJob(self, "ml", "predict", ref)

    async def upload(
        self,
        file_path: _sources.Source | None = None,
        s3_uri: str | None = None,
        *,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> _uploads.Asset:
        """Upload a recording without submitting it.

        Args:
            file_path: Path, URL, bytes, binary file or stream.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.

        Returns:
            An asset that `submit` takes instead of a recording: any number of times where it has
            an `id`, else once.

        Raises:
            InputError: The recording is unusable; nothing was sent.
            UploadError: Storage did not take it.
            TimeoutError: Out of time.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("upload", timeout, on_event)
        given = _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type)
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return await self.finish(context, _submission.uploader(context, PREDICT).upload(given))

    async def predict_segmented(
        self,
        file_path: _sources.Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal[
            "intelligibility",
            "als-intelligibility-mtpa",
            "als-intelligibility-eals",
            "ataxia-intelligibility",
            "als-naturalness-mtpa",
            "als-naturalness-eals",
            "ataxia-naturalness",
        ]
        | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> _segments.Aggregate:
        """Score a long recording in segments of 50 s, and average; needs the ``audio`` extra.

        Args:
            file_path: Path, URL, bytes, binary file or stream, in a format that libsndfile reads.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            model_name: Which model; ``None`` takes the client's. Results of other models cannot be
                averaged.
            timeout: Seconds for all segments together; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: Of the whole; the segments are WAV.

        Returns:
            The mean, each segment's score, and the errors of the segments without one.

        Raises:
            InputError: The recording cannot be decoded, or the model's results cannot be
                averaged; nothing was sent.
            MissingExtra: The ``audio`` extra is not installed.
            RedenLabError: No segment has a score; the error of the first.
        """
        context = self.call_context("predict_segmented", timeout, on_event)
        request = _submission.JobRequest(
            model_name or self.model_name,
            {},
            _uploads.as_source(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        workflow = _segments.predict(context, self, PREDICT, request)
        return await self.finish(context, workflow)

    async def health(
        self, model_name: str | None = None, *, timeout: float | None = None
    ) -> _health.Health:
        """Ask whether a model is ready; that does not start it.

        Args:
            model_name: Which model; ``None`` takes the client's.
            timeout: Seconds for the call, of which one request may take 60; ``None`` takes the
                client's.

        Raises:
            NotFound: The service cannot be asked about this model.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("health", timeout), model_name or self.model_name
        return await self.finish(context, _health.health(context, PREDICT, model))

    async def warm_up(
        self,
        model_name: str | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        timeout: float = 900.0,
        on_event: _events.Listener | None = None,
    ) -> float:
        """Start a model by a job on one second of silence; the job counts, and costs, like any other.

        Args:
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the model, where it requires some.
            timeout: Seconds for the whole call; cold models take ten minutes and more.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Returns:
            Seconds that it took.

        Raises:
            TimeoutError: It is still starting.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("warm_up", timeout, on_event)
        request = _submission.JobRequest(model_name or self.model_name, dict(parameters or {}))
        workflow = _health.warm_up(context, self, PREDICT, request)
        return await self.finish(context, workflow)

    get_job_status = get_status


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "predict": (InferenceClient, AsyncInferenceClient),
}
"""The sync and the async client of each job."""
