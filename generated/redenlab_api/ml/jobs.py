"""Jobs of this API: their lives as data, their results as types, and both clients.

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
    TypeAlias,
    Unpack,
    cast,
    overload,
)

from redenlab.core import facade as core

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

PROFILE: Final = core.Profile(
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
    sign_in=core.SignIn(
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
    from typing_extensions import TypeVar

    R = TypeVar("R", default=IntelligibilityResult)
else:
    R = typing.TypeVar("R")

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


class PredictionStatus(core.Snapshot["JobResult"]):
    """A job of `predict` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The service's word.
        state: What that word means; a word that the spec does not know means ``running``.
    """

    @property
    def error(self) -> str | None:
        """Why the job failed. ``None`` when the service did not say."""
        return core.given(self.envelope.error)

    @property
    def created_at(self) -> datetime.datetime | None:
        """Created at. ``None`` when the service did not say."""
        return core.given(self.envelope.created_at)

    @property
    def submitted_at(self) -> datetime.datetime | None:
        """Submitted at. ``None`` when the service did not say."""
        return core.given(self.envelope.submitted_at)

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When the service noticed the end; not a measure of the run time. ``None`` when the service did not say."""
        return core.given(self.envelope.completed_at)

    @property
    def result_url(self) -> str | None:
        """Presigned link to a JSON file with the result, or with more of it. ``None`` when the service did not say."""
        return core.given(self.envelope.result_url)

    @property
    def result_url_expires_at(self) -> datetime.datetime | None:
        """Result url expires at. ``None`` when the service did not say."""
        return core.given(self.envelope.result_url_expires_at)


class Prediction(PredictionStatus, core.Outcome["JobResult", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: What the model found, typed where the spec knows the model.
    """


PREDICT: Final[core.JobDescription[JobResult]] = core.describe(
    core.Blueprint(
        service="ml",
        submit="predict",
        block={
            "version": 1,
            "name": "predict",
            "aliases": {"get_job_status": "get_status"},
            "model": "$request.path.model_name",
            "idempotency": "reconcile",
            "upload": {
                "operationId": "create_upload_url",
                "request": {
                    "$request.body#/filename": "$file.name",
                    "$request.body#/content_type": "$file.content_type",
                    "$request.body#/parent_asset_id": "$file.parent",
                    "$request.body#/chunk_index": "$file.index",
                },
                "put": {
                    "url": "$response.body#/upload_url",
                    "method": "PUT",
                    "headers": {"Content-Type": "$file.content_type"},
                    "expires_in": "$response.body#/expires_in",
                },
                "bind": {
                    "$request.body#/job_id": "$response.body#/job_id",
                    "$request.body#/file_key": "$response.body#/file_key",
                    "$request.body#/asset_id": "$response.body#/asset_id",
                },
                "id": "$response.body#/job_id",
                "asset": "$response.body#/asset_id",
                "pending": {"statuses": [409], "waits": [2, 4, 8, 16]},
            },
            "id": "$response.body#/job_id",
            "poll": {
                "operationId": "get_result",
                "parameters": {"job_id": "$job.id", "model": "$request.path.model_name"},
                "status": "$response.body#/status",
                "error": "$response.body#/error",
                "interval": {"initial": 5, "factor": 2, "max": 60},
                "timeout": 3600,
                "grace": {"statuses": [404], "seconds": 30},
            },
            "result": {
                "name": "Prediction",
                "value": [
                    "$response.body#/result",
                    "$response.body#/summary",
                    {
                        "transcript": "$response.body#/transcript",
                        "word_count": "$response.body#/word_count",
                        "duration": "$response.body#/duration",
                        "speaker_count": "$response.body#/speaker_count",
                        "subtitle_urls": "$response.body#/subtitle_urls",
                    },
                ],
                "url": "$response.body#/result_url",
                "linked": ["speaker_diarisation_workflow", "transcribe", "whisperx"],
                "types": {
                    "intelligibility": "IntelligibilityResult",
                    "als-intelligibility-mtpa": "IntelligibilityResult",
                    "als-intelligibility-eals": "IntelligibilityResult",
                    "ataxia-intelligibility": "IntelligibilityResult",
                    "als-naturalness-mtpa": "NaturalnessResult",
                    "als-naturalness-eals": "NaturalnessResult",
                    "ataxia-naturalness": "NaturalnessResult",
                    "speaker_counter": "SpeakerCountResult",
                    "speaker_diarisation_workflow": {
                        "result": "SpeakerDiarisationResult",
                        "parameters": "SpeakerDiarisationParameters",
                    },
                    "transcribe": {
                        "result": "TranscribeResult",
                        "parameters": "TranscribeParameters",
                    },
                    "whisperx": {"result": "WhisperxResult", "parameters": "WhisperxParameters"},
                    "sylber-time": "SyllableTimingResult",
                },
            },
            "health": {
                "operationId": "get_health",
                "parameters": {"model_name": "$request.path.model_name"},
                "status": "$response.body#/status",
                "ready": "$response.body#/ready",
            },
            "chunks": {
                "seconds": 50,
                "overlap": 1,
                "scores": {
                    "IntelligibilityResult": "intelligibility_score",
                    "NaturalnessResult": "naturalness_score",
                },
            },
        },
        states={
            "upload_pending": "unsubmitted",
            "processing": "running",
            "submitted": "running",
            "completed": "succeeded",
            "failed": "failed",
        },
        models={
            "intelligibility": core.Model(result="IntelligibilityResult", parameters=None),
            "als-intelligibility-mtpa": core.Model(result="IntelligibilityResult", parameters=None),
            "als-intelligibility-eals": core.Model(result="IntelligibilityResult", parameters=None),
            "ataxia-intelligibility": core.Model(result="IntelligibilityResult", parameters=None),
            "als-naturalness-mtpa": core.Model(result="NaturalnessResult", parameters=None),
            "als-naturalness-eals": core.Model(result="NaturalnessResult", parameters=None),
            "ataxia-naturalness": core.Model(result="NaturalnessResult", parameters=None),
            "speaker_counter": core.Model(result="SpeakerCountResult", parameters=None),
            "speaker_diarisation_workflow": core.Model(
                result="SpeakerDiarisationResult", parameters="SpeakerDiarisationParameters"
            ),
            "transcribe": core.Model(result="TranscribeResult", parameters="TranscribeParameters"),
            "whisperx": core.Model(result="WhisperxResult", parameters="WhisperxParameters"),
            "sylber-time": core.Model(result="SyllableTimingResult", parameters=None),
        },
        arguments=(),
        parameters=(),
        model_parameters={
            "speaker_diarisation_workflow": ("num_speakers",),
            "transcribe": ("language_code", "max_speaker_count"),
            "whisperx": ("diarize", "batch_size"),
        },
        required={
            "speaker_diarisation_workflow": (),
            "transcribe": ("language_code",),
            "whisperx": (),
        },
        defaults={
            "transcribe": {"max_speaker_count": 10},
            "whisperx": {"diarize": False, "batch_size": 16},
        },
        limits={
            "speaker_diarisation_workflow": {"num_speakers": (1, 10)},
            "transcribe": {"max_speaker_count": (2, 10)},
            "whisperx": {"batch_size": (1, None)},
        },
        envelope="JobResult",
    ),
    core.Parts(
        steps={
            "predict": core.Step(predict, core.reader(models, "PredictRequest")),
            "create_upload_url": core.Step(
                create_upload_url, core.reader(models, "UploadUrlRequest")
            ),
            "get_result": core.Step(get_result),
            "get_health": core.Step(get_health),
        },
        read=partial(core.reader, models),
        snapshot=PredictionStatus,
        finished=Prediction,
    ),
)

JOBS: Final[Mapping[str, core.JobDescription[Any]]] = {
    "predict": PREDICT,
}
"""Every job of this API; each client takes up any of them by its token."""


class InferenceClient(core.BlockingClient, Generic[R]):
    """Runs `predict` jobs, and types their results by model.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "X-Api-Key"
    auth_prefix = ""

    @overload
    def __init__(
        self: InferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: Literal["intelligibility"] | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[SpeakerCountResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[SpeakerDiarisationResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[TranscribeResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["transcribe"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[WhisperxResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["whisperx"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[SyllableTimingResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: InferenceClient[JSON],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: str,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            model_name: Model of calls that name none; ``None`` means `intelligibility`.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
        super().__init__(
            {"api_key": key, "base_url": base_url, "model_name": model_name, "timeout": timeout},
            options,
        )
        self.model_name: str | None = self.settings.text("model_name")

    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[R]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[TranscribeResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[WhisperxResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[JSON]: ...
    def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> Prediction[Any]:
        """Run a job and wait for its typed result.

        Args:
            file_path: Path, address, bytes, binary file or stream; or what `upload` gave.
                Nothing is read into memory as a whole.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``; it is streamed
                through if an fsspec filesystem for it is installed.
            model_name: Which model; ``None`` takes the client's.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("predict", timeout, on_event)
        chosen = core.given_only(model_parameters) | dict(parameters or {})
        order = core.Order(
            model_name or self.model_name,
            chosen,
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return cast(
            "Prediction[Any]",
            self.finish(session, core.perform(session, self, core.Job[Any], PREDICT, order)),
        )

    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[R]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[IntelligibilityResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[IntelligibilityResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[IntelligibilityResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[IntelligibilityResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[NaturalnessResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[NaturalnessResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[NaturalnessResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[SpeakerCountResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[SpeakerDiarisationResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[TranscribeResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[WhisperxResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[SyllableTimingResult]]: ...
    @overload
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.Job[Prediction[JSON]]: ...
    def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> core.Job[Prediction[Any]]:
        """Start a job and hand out a handle at once.

        Args:
            file_path: Path, address, bytes, binary file or stream; or what `upload` gave.
                Nothing is read into memory as a whole.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``; it is streamed
                through if an fsspec filesystem for it is installed.
            model_name: Which model; ``None`` takes the client's.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(model_parameters) | dict(parameters or {})
        order = core.Order(
            model_name or self.model_name,
            chosen,
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return cast(
            "core.Job[Prediction[Any]]",
            self.finish(session, core.start(session, self, core.Job[Any], PREDICT, order)),
        )

    def get_status(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> PredictionStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), model_name or self.model_name
        workflow = core.vigil.look(session, PREDICT, job_id, model)
        return cast("PredictionStatus", self.finish(session, workflow))

    @overload
    def get_result(
        self, job_id: str, *, model_name: None = None, timeout: float | None = None
    ) -> Prediction[R]: ...
    @overload
    def get_result(
        self, job_id: str, *, model_name: Literal["intelligibility"], timeout: float | None = None
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-intelligibility-eals"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["ataxia-intelligibility"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-eals"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["ataxia-naturalness"],
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
        self, job_id: str, *, model_name: str, timeout: float | None = None
    ) -> Prediction[JSON]: ...
    def get_result(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> Prediction[Any]:
        """Give the typed result of a job that has ended, without waiting.

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
        session, model = self.session("get_result", timeout), model_name or self.model_name
        workflow = core.vigil.final(session, PREDICT, job_id, model)
        return cast("Prediction[Any]", self.finish(session, workflow))

    def job(self, job_id: str, *, model_name: str | None = None) -> core.Job[Prediction[R]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        ticket = core.Ticket(job_id, model_name or self.model_name, "")
        return core.Job(self, "ml", "predict", ticket)

    def upload(
        self,
        file_path: core.Source | None = None,
        s3_uri: str | None = None,
        *,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> core.Asset:
        """Bring a recording to storage without submitting it.

        Args:
            file_path: Path, address, bytes, binary file or stream.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.

        Returns:
            What `submit` takes instead of a recording; as often as the service allows, where it
            has an `id`, else once.

        Raises:
            InputError: The recording is unusable; nothing was sent.
            UploadError: Storage did not take it.
            TimeoutError: Out of time.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("upload", timeout, on_event)
        given = core.supply(file_path, s3_uri, filename=filename, content_type=content_type)
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return self.finish(session, core.assets.upload(session, PREDICT, given))

    def predict_chunked(
        self,
        file_path: core.Source | None = None,
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
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> core.Aggregate:
        """Score a long recording in pieces of 50 s, and average; needs the ``audio`` extra.

        Args:
            file_path: Path, address, bytes, binary file or stream, of anything that libsndfile reads.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``.
            model_name: Which model; ``None`` takes the client's. Answers of others must not be
                averaged.
            timeout: Seconds for all pieces together; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: Of the whole; the pieces are WAV.

        Returns:
            The mean, each piece's score, and why the rest has none.

        Raises:
            InputError: The recording cannot be decoded, or the model not be averaged; nothing was
                sent.
            MissingExtra: The ``audio`` extra is not installed.
            RedenLabError: No piece has a score; the error of the first.
        """
        session = self.session("predict_chunked", timeout, on_event)
        order = core.Order(
            model_name or self.model_name,
            {},
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        workflow = core.chunks.predict(session, self, core.Job[Any], PREDICT, order)
        return self.finish(session, workflow)

    def health(self, model_name: str | None = None, *, timeout: float | None = None) -> core.Health:
        """Ask whether a model is ready; that does not wake it.

        Args:
            model_name: Which model; ``None`` takes the client's.
            timeout: Seconds for the call, of which one request may take 60; ``None`` takes the
                client's.

        Raises:
            NotFound: The service cannot be asked about this model.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("health", timeout), model_name or self.model_name
        return self.finish(session, core.readiness.health(session, PREDICT, model))

    def warm_up(
        self,
        model_name: str | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        timeout: float = 900.0,
        on_event: core.Listener | None = None,
    ) -> float:
        """Wake a model by a job on one second of silence; it counts, and costs, like any other.

        Args:
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the model, where it cannot do without.
            timeout: Seconds for the whole call; cold models take ten minutes and more.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Returns:
            Seconds that it took.

        Raises:
            TimeoutError: It still warms.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("warm_up", timeout, on_event)
        order = core.Order(model_name or self.model_name, dict(parameters or {}))
        workflow = core.readiness.warm_up(session, self, core.Job[Any], PREDICT, order)
        return self.finish(session, workflow)

    get_job_status = get_status


class AsyncInferenceClient(core.AsyncClient, Generic[R]):
    """Runs `predict` jobs, and types their results by model.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on. A client that is made without
    `model_name` is typed as one for `intelligibility`.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "X-Api-Key"
    auth_prefix = ""

    @overload
    def __init__(
        self: AsyncInferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: Literal["intelligibility"] | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[IntelligibilityResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[NaturalnessResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[SpeakerCountResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[SpeakerDiarisationResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[TranscribeResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["transcribe"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[WhisperxResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["whisperx"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[SyllableTimingResult],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    @overload
    def __init__(
        self: AsyncInferenceClient[JSON],
        api_key: str | None = None,
        base_url: str | None = None,
        *,
        model_name: str,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None: ...
    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            model_name: Model of calls that name none; ``None`` means `intelligibility`.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
        super().__init__(
            {"api_key": key, "base_url": base_url, "model_name": model_name, "timeout": timeout},
            options,
        )
        self.model_name: str | None = self.settings.text("model_name")

    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[R]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SpeakerCountResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SpeakerDiarisationResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[TranscribeResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[WhisperxResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[SyllableTimingResult]: ...
    @overload
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> Prediction[JSON]: ...
    async def predict(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> Prediction[Any]:
        """Run a job and wait for its typed result.

        Args:
            file_path: Path, address, bytes, binary file or stream; or what `upload` gave.
                Nothing is read into memory as a whole.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``; it is streamed
                through if an fsspec filesystem for it is installed.
            model_name: Which model; ``None`` takes the client's.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("predict", timeout, on_event)
        chosen = core.given_only(model_parameters) | dict(parameters or {})
        order = core.Order(
            model_name or self.model_name,
            chosen,
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return cast(
            "Prediction[Any]",
            await self.finish(
                session, core.perform(session, self, core.AsyncJob[Any], PREDICT, order)
            ),
        )

    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[R]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[IntelligibilityResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[IntelligibilityResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-intelligibility-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[IntelligibilityResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-intelligibility"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[IntelligibilityResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[NaturalnessResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["als-naturalness-eals"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[NaturalnessResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["ataxia-naturalness"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[NaturalnessResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_counter"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[SpeakerCountResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["speaker_diarisation_workflow"],
        num_speakers: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[SpeakerDiarisationResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["transcribe"],
        language_code: str,
        max_speaker_count: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[TranscribeResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["whisperx"],
        diarize: bool | None = None,
        batch_size: int | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[WhisperxResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: Literal["sylber-time"],
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[SyllableTimingResult]]: ...
    @overload
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[core.RecordingOptions],
    ) -> core.AsyncJob[Prediction[JSON]]: ...
    async def submit(
        self,
        file_path: core.Source | core.Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
        **model_parameters: Any,
    ) -> core.AsyncJob[Prediction[Any]]:
        """Start a job and hand out a handle at once.

        Args:
            file_path: Path, address, bytes, binary file or stream; or what `upload` gave.
                Nothing is read into memory as a whole.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``; it is streamed
                through if an fsspec filesystem for it is installed.
            model_name: Which model; ``None`` takes the client's.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.
            model_parameters: Parameters of the model.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(model_parameters) | dict(parameters or {})
        order = core.Order(
            model_name or self.model_name,
            chosen,
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return cast(
            "core.AsyncJob[Prediction[Any]]",
            await self.finish(
                session, core.start(session, self, core.AsyncJob[Any], PREDICT, order)
            ),
        )

    async def get_status(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> PredictionStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), model_name or self.model_name
        workflow = core.vigil.look(session, PREDICT, job_id, model)
        return cast("PredictionStatus", await self.finish(session, workflow))

    @overload
    async def get_result(
        self, job_id: str, *, model_name: None = None, timeout: float | None = None
    ) -> Prediction[R]: ...
    @overload
    async def get_result(
        self, job_id: str, *, model_name: Literal["intelligibility"], timeout: float | None = None
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-intelligibility-mtpa"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-intelligibility-eals"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["ataxia-intelligibility"],
        timeout: float | None = None,
    ) -> Prediction[IntelligibilityResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-mtpa"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["als-naturalness-eals"],
        timeout: float | None = None,
    ) -> Prediction[NaturalnessResult]: ...
    @overload
    async def get_result(
        self,
        job_id: str,
        *,
        model_name: Literal["ataxia-naturalness"],
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
        self, job_id: str, *, model_name: str, timeout: float | None = None
    ) -> Prediction[JSON]: ...
    async def get_result(
        self, job_id: str, *, model_name: str | None = None, timeout: float | None = None
    ) -> Prediction[Any]:
        """Give the typed result of a job that has ended, without waiting.

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
        session, model = self.session("get_result", timeout), model_name or self.model_name
        workflow = core.vigil.final(session, PREDICT, job_id, model)
        return cast("Prediction[Any]", await self.finish(session, workflow))

    def job(self, job_id: str, *, model_name: str | None = None) -> core.AsyncJob[Prediction[R]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        ticket = core.Ticket(job_id, model_name or self.model_name, "")
        return core.AsyncJob(self, "ml", "predict", ticket)

    async def upload(
        self,
        file_path: core.Source | None = None,
        s3_uri: str | None = None,
        *,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> core.Asset:
        """Bring a recording to storage without submitting it.

        Args:
            file_path: Path, address, bytes, binary file or stream.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: ``None`` goes by the name's extension.

        Returns:
            What `submit` takes instead of a recording; as often as the service allows, where it
            has an `id`, else once.

        Raises:
            InputError: The recording is unusable; nothing was sent.
            UploadError: Storage did not take it.
            TimeoutError: Out of time.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("upload", timeout, on_event)
        given = core.supply(file_path, s3_uri, filename=filename, content_type=content_type)
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        return await self.finish(session, core.assets.upload(session, PREDICT, given))

    async def predict_chunked(
        self,
        file_path: core.Source | None = None,
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
        on_event: core.Listener | None = None,
        filename: str | None = None,
        content_type: str | None = None,
    ) -> core.Aggregate:
        """Score a long recording in pieces of 50 s, and average; needs the ``audio`` extra.

        Args:
            file_path: Path, address, bytes, binary file or stream, of anything that libsndfile reads.
            s3_uri: Address of an object instead, such as ``s3://bucket/a.wav``.
            model_name: Which model; ``None`` takes the client's. Answers of others must not be
                averaged.
            timeout: Seconds for all pieces together; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.
            filename: Name to send; ``None`` takes the source's.
            content_type: Of the whole; the pieces are WAV.

        Returns:
            The mean, each piece's score, and why the rest has none.

        Raises:
            InputError: The recording cannot be decoded, or the model not be averaged; nothing was
                sent.
            MissingExtra: The ``audio`` extra is not installed.
            RedenLabError: No piece has a score; the error of the first.
        """
        session = self.session("predict_chunked", timeout, on_event)
        order = core.Order(
            model_name or self.model_name,
            {},
            core.supply(file_path, s3_uri, filename=filename, content_type=content_type),
        )
        del file_path, s3_uri  # an address may be signed, and a traceback shows locals
        workflow = core.chunks.predict(session, self, core.AsyncJob[Any], PREDICT, order)
        return await self.finish(session, workflow)

    async def health(
        self, model_name: str | None = None, *, timeout: float | None = None
    ) -> core.Health:
        """Ask whether a model is ready; that does not wake it.

        Args:
            model_name: Which model; ``None`` takes the client's.
            timeout: Seconds for the call, of which one request may take 60; ``None`` takes the
                client's.

        Raises:
            NotFound: The service cannot be asked about this model.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("health", timeout), model_name or self.model_name
        return await self.finish(session, core.readiness.health(session, PREDICT, model))

    async def warm_up(
        self,
        model_name: str | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        timeout: float = 900.0,
        on_event: core.Listener | None = None,
    ) -> float:
        """Wake a model by a job on one second of silence; it counts, and costs, like any other.

        Args:
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the model, where it cannot do without.
            timeout: Seconds for the whole call; cold models take ten minutes and more.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Returns:
            Seconds that it took.

        Raises:
            TimeoutError: It still warms.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("warm_up", timeout, on_event)
        order = core.Order(model_name or self.model_name, dict(parameters or {}))
        workflow = core.readiness.warm_up(session, self, core.AsyncJob[Any], PREDICT, order)
        return await self.finish(session, workflow)

    get_job_status = get_status


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "predict": (InferenceClient, AsyncInferenceClient),
}
"""The blocking and the async client of each job."""
