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
    TypeAlias,
    Unpack,
    cast,
)

from redenlab.core import events as _events
from redenlab.core.clients import base as _base
from redenlab.core.files import sources as _sources
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import polling as _polling
from redenlab.core.jobs import results as _results
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.jobs import submission as _submission
from redenlab.core.spec import grammar as _grammar
from redenlab.core.spec import job_spec as _job_spec
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile
from redenlab.core.spec import steps as _steps

from . import models, resources
from .api.files import files_create
from .api.predictions import predictions_cancel, predictions_create, predictions_get
from .api.trainings import trainings_cancel, trainings_create, trainings_get

if TYPE_CHECKING:
    from .models import (
        Metrics,
        Prediction,
        PredictionInputType0,
        PredictionUrls,
        Training,
        TrainingInputType0,
        TrainingOutput,
        WebhookEvent,
    )

PROFILE: Final = _profile.Profile(
    variables={
        "api_key": ("REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        "base_url": ("REPLICATE_BASE_URL",),
        "model_name": ("REPLICATE_MODEL",),
        "timeout": ("REPLICATE_TIMEOUT",),
        "http_timeout": ("REPLICATE_HTTP_TIMEOUT",),
    },
    file=".replicate/config.yaml",
    defaults={"base_url": "https://api.replicate.com/v1", "timeout": 1800.0, "http_timeout": 30.0},
)
"""Where settings come from when they are no arguments."""

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=JSON, covariant=True)
else:
    R = typing.TypeVar("R", covariant=True)


class PredictedStatus(_snapshots.Snapshot["Prediction"]):
    """A job of `predict` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def model(self) -> None | str | None:
        """`owner/name`; may be an internal model. ``None`` when the service sent none."""
        return self.envelope.model

    @property
    def version(self) -> None | str | None:
        """An id, or `hidden` for official models. ``None`` when the service sent none."""
        return self.envelope.version

    @property
    def input_(self) -> None | PredictionInputType0 | None:
        """What the model was given; the order of its keys is not kept. ``None`` when the service sent none."""
        return self.envelope.input_

    @property
    def error(self) -> None | str | None:
        """Why it failed. ``None`` when the service sent none."""
        return self.envelope.error

    @property
    def logs(self) -> None | str | None:
        """What the model has printed so far, with its progress; empty if nothing. ``None`` when the service sent none."""
        return self.envelope.logs

    @property
    def data_removed(self) -> bool | None | None:
        """Whether input and output were deleted since. ``None`` when the service sent none."""
        return self.envelope.data_removed

    @property
    def metrics(self) -> Metrics | None | None:
        """How long it took; empty or absent before the end. ``None`` when the service sent none."""
        return self.envelope.metrics

    @property
    def urls(self) -> None | PredictionUrls | None:
        """Where to look at it and how to stop it. ``None`` when the service sent none."""
        return self.envelope.urls

    @property
    def source(self) -> None | str | None:
        """`api` or `web`. ``None`` when the service sent none."""
        return self.envelope.source

    @property
    def deployment(self) -> None | str | None:
        """What ran it, if that was a deployment; the form is not documented. ``None`` when the service sent none."""
        return self.envelope.deployment

    @property
    def created_at(self) -> datetime.datetime | None | None:
        """When it was made, in UTC; sent with up to nine digits of a second. ``None`` when the service sent none."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None | None:
        """When the model began to run, in UTC; absent or null before that. ``None`` when the service sent none."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None | None:
        """When it ended, well or badly, in UTC; absent or null before that. ``None`` when the service sent none."""
        return self.envelope.completed_at

    @property
    def deadline(self) -> datetime.datetime | None | None:
        """When it will be stopped, in UTC; `Cancel-After` sets it. ``None`` when the service sent none."""
        return self.envelope.deadline


class Predicted(PredictedStatus, _snapshots.Outcome["Prediction", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


PREDICT: Final[_job_type.JobType[Prediction]] = _job_type.JobType(
    spec=_job_spec.JobSpec(
        service="replicate",
        submit="predictions.create",
        x_job=_grammar.XJob(
            version=2,
            name="predict",
            idempotency="never",
            id="$response.body#/id",
            poll=_steps.Polling(
                operation="predictions.get",
                parameters={"prediction_id": "$job.id"},
                status="$response.body#/status",
                interval=_steps.Interval(initial=0.5, max=5),
                timeout=1800,
                error="$response.body#/error",
                progress="$response.body#/logs",
            ),
            result=_grammar.Result(
                value="$response.body#/output", name="Predicted", files="any", type="any"
            ),
            model=_grammar.ModelReference(
                place="$request.body#/version",
                pattern="(?:(?P<model>[^/:\\s]+/[^/:\\s]+)(?::(?P<version>[^/:\\s]+))?|[0-9a-f]{64})",
                description="``owner/name``, ``owner/name:version``, or the 64 digits of a version.",
                resolve=_grammar.Resolution(
                    url="/models/{$model.model}",
                    when="$statusCode == 422 && $response.body#/invalid_fields == null && $model.model != null && $model.version == null",
                    value="$response.body#/latest_version/id",
                ),
            ),
            files=_grammar.InputFiles(
                place="$request.body#/input",
                inline=190000,
                max=100000000,
                upload=(
                    _steps.UploadStep(
                        operation="files.create",
                        body={
                            "content": "$file",
                            "filename": "$file.name",
                            "type": "$file.content_type",
                        },
                        keep={"url": "$response.body#/urls/get"},
                    ),
                ),
                value="$upload.url",
            ),
            submit=_grammar.Submit(
                options={
                    "wait": _grammar.Option(
                        place="$request.header.Prefer",
                        value="wait={$option}",
                        description="Seconds for which the service may hold its response back.",
                        type="integer",
                        minimum=1,
                        maximum=60,
                        hold=True,
                    ),
                    "cancel_after": _grammar.Option(
                        place="$request.header.Cancel-After",
                        description="When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`.",
                        pattern="(?=\\d)(\\d+h)?(\\d+m)?(\\d+s?)?",
                    ),
                }
            ),
            cancel=_steps.Step(
                operation="predictions.cancel", parameters={"prediction_id": "$job.id"}
            ),
        ),
        states={
            "starting": "running",
            "processing": "running",
            "succeeded": "succeeded",
            "failed": "failed",
            "canceled": "cancelled",
            "aborted": "cancelled",
        },
        envelope="Prediction",
        parameters={
            "input": _job_spec.Parameter(required=True, schema={"type": "object"}),
            "webhook": _job_spec.Parameter(schema={"type": "string"}),
            "webhook_events_filter": _job_spec.Parameter(
                schema={"type": "array", "items": {"$ref": "#/components/schemas/WebhookEvent"}}
            ),
            "stream": _job_spec.Parameter(schema={"type": "boolean"}),
        },
        definitions={
            "#/components/schemas/WebhookEvent": {
                "type": "string",
                "enum": ["start", "output", "logs", "completed"],
            }
        },
    ),
    operations={
        "predictions.create": _operations.BoundOperation(
            predictions_create,
            _job_type.reader(models, "VersionPredictionRequest"),
            {"Prefer": "prefer", "Cancel-After": "cancel_after"},
        ),
        "files.create": _operations.BoundOperation(
            files_create, _job_type.reader(models, "FileRequest")
        ),
        "predictions.get": _operations.BoundOperation(predictions_get),
        "predictions.cancel": _operations.BoundOperation(predictions_cancel),
    },
    read=partial(_job_type.reader, models),
    snapshot=PredictedStatus,
    outcome=Predicted,
)

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    RTrain = TypeVar("RTrain", default=TrainingOutput, covariant=True)
else:
    RTrain = typing.TypeVar("RTrain", covariant=True)


class TrainedStatus(_snapshots.Snapshot["Training"]):
    """A job of `train` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def model(self) -> None | str | None:
        """The trainer, as `owner/name`. ``None`` when the service sent none."""
        return self.envelope.model

    @property
    def version(self) -> None | str | None:
        """The version of the trainer: 64 hexadecimal digits. ``None`` when the service sent none."""
        return self.envelope.version

    @property
    def input_(self) -> None | TrainingInputType0 | None:
        """What the trainer was given; the order of its keys is not kept. ``None`` when the service sent none."""
        return self.envelope.input_

    @property
    def error(self) -> None | str | None:
        """Why it failed. ``None`` when the service sent none."""
        return self.envelope.error

    @property
    def logs(self) -> None | str | None:
        """What the trainer has printed so far, with its progress; empty if nothing. ``None`` when the service sent none."""
        return self.envelope.logs

    @property
    def data_removed(self) -> bool | None | None:
        """Whether input and output were deleted since. ``None`` when the service sent none."""
        return self.envelope.data_removed

    @property
    def metrics(self) -> Metrics | None | None:
        """How long it took; empty or absent before the end. ``None`` when the service sent none."""
        return self.envelope.metrics

    @property
    def urls(self) -> None | PredictionUrls | None:
        """Where to look at it and how to stop it. ``None`` when the service sent none."""
        return self.envelope.urls

    @property
    def source(self) -> None | str | None:
        """`api` or `web`. ``None`` when the service sent none."""
        return self.envelope.source

    @property
    def created_at(self) -> datetime.datetime | None | None:
        """When it was made, in UTC. ``None`` when the service sent none."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None | None:
        """When the trainer began to run, in UTC; absent or null before that. ``None`` when the service sent none."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None | None:
        """When it ended, well or badly, in UTC; absent or null before that. ``None`` when the service sent none."""
        return self.envelope.completed_at

    @property
    def deadline(self) -> datetime.datetime | None | None:
        """When it will be stopped, in UTC; `Cancel-After` sets it. ``None`` when the service sent none."""
        return self.envelope.deadline


class Trained(TrainedStatus, _snapshots.Outcome["Training", RTrain]):
    """A job of `train` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


TRAIN: Final[_job_type.JobType[Training]] = _job_type.JobType(
    spec=_job_spec.JobSpec(
        service="replicate",
        submit="trainings.create",
        x_job=_grammar.XJob(
            version=2,
            name="train",
            idempotency="never",
            id="$response.body#/id",
            poll=_steps.Polling(
                operation="trainings.get",
                parameters={"training_id": "$job.id"},
                status="$response.body#/status",
                interval=_steps.Interval(initial=5, max=60),
                timeout=21600,
                error="$response.body#/error",
                progress="$response.body#/logs",
            ),
            result=_grammar.Result(
                value="$response.body#/output", name="Trained", type="TrainingOutput"
            ),
            cancel=_steps.Step(operation="trainings.cancel", parameters={"training_id": "$job.id"}),
        ),
        states={
            "starting": "running",
            "processing": "running",
            "succeeded": "succeeded",
            "failed": "failed",
            "canceled": "cancelled",
            "aborted": "cancelled",
        },
        envelope="Training",
        arguments={
            "model_owner": _job_spec.Parameter(required=True, schema={"type": "string"}),
            "model_name": _job_spec.Parameter(required=True, schema={"type": "string"}),
            "version_id": _job_spec.Parameter(required=True, schema={"type": "string"}),
        },
        parameters={
            "destination": _job_spec.Parameter(required=True, schema={"type": "string"}),
            "input": _job_spec.Parameter(required=True, schema={"type": "object"}),
            "webhook": _job_spec.Parameter(schema={"type": "string"}),
            "webhook_events_filter": _job_spec.Parameter(
                schema={"type": "array", "items": {"$ref": "#/components/schemas/WebhookEvent"}}
            ),
        },
        definitions={
            "#/components/schemas/WebhookEvent": {
                "type": "string",
                "enum": ["start", "output", "logs", "completed"],
            }
        },
    ),
    operations={
        "trainings.create": _operations.BoundOperation(
            trainings_create, _job_type.reader(models, "TrainingRequest")
        ),
        "trainings.get": _operations.BoundOperation(trainings_get),
        "trainings.cancel": _operations.BoundOperation(trainings_cancel),
    },
    read=partial(_job_type.reader, models),
    snapshot=TrainedStatus,
    outcome=Trained,
)

JOBS: Final[Mapping[str, _job_type.JobType[Any]]] = {
    "predict": PREDICT,
    "train": TRAIN,
}
"""Every job of this API; each client resumes any of them by its resume token."""


class ReplicateClient(resources.Resources, Generic[R]):
    """Runs `predict` jobs.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="Authorization", prefix="Bearer")

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    def predict(
        self,
        model_name: str,
        *,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: int | None = None,
        cancel_after: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> Predicted[R]:
        """Run a job and wait for its typed result.

        Args:
            model_name: ``owner/name``, ``owner/name:version``, or the 64 digits of a version.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("predict", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
                "wait": wait,
                "cancel_after": cancel_after,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name,
            chosen,
        )
        return cast(
            "Predicted[R]", self.finish(context, _handles.run_job(context, self, PREDICT, request))
        )

    def submit(
        self,
        model_name: str,
        *,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: int | None = None,
        cancel_after: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> _handles.Job[Predicted[R]]:
        """Start a job and return a handle at once.

        Args:
            model_name: ``owner/name``, ``owner/name:version``, or the 64 digits of a version.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
                "wait": wait,
                "cancel_after": cancel_after,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name,
            chosen,
        )
        return cast(
            "_handles.Job[Predicted[R]]",
            self.finish(context, _handles.submit_job(context, self, PREDICT, request)),
        )

    def get_status(self, job_id: str, *, timeout: float | None = None) -> PredictedStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), None
        workflow = _polling.get_status(context, PREDICT, _job_type.JobRef(job_id, model))
        return cast("PredictedStatus", self.finish(context, workflow))

    def get_result(self, job_id: str, *, timeout: float | None = None) -> Predicted[R]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), None
        workflow = _results.fetch_result(context, self, PREDICT, _job_type.JobRef(job_id, model))
        return cast("Predicted[Any]", self.finish(context, workflow))

    def job(self, job_id: str) -> _handles.Job[Predicted[R]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ref = _job_type.JobRef(job_id, None)
        return _handles.Job(self, "replicate", "predict", ref)


class AsyncReplicateClient(resources.AsyncResources, Generic[R]):
    """Runs `predict` jobs.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="Authorization", prefix="Bearer")

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    async def predict(
        self,
        model_name: str,
        *,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: int | None = None,
        cancel_after: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> Predicted[R]:
        """Run a job and wait for its typed result.

        Args:
            model_name: ``owner/name``, ``owner/name:version``, or the 64 digits of a version.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("predict", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
                "wait": wait,
                "cancel_after": cancel_after,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name,
            chosen,
        )
        return cast(
            "Predicted[R]",
            await self.finish(context, _handles.run_job(context, self, PREDICT, request)),
        )

    async def submit(
        self,
        model_name: str,
        *,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: int | None = None,
        cancel_after: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> _handles.AsyncJob[Predicted[R]]:
        """Start a job and return a handle at once.

        Args:
            model_name: ``owner/name``, ``owner/name:version``, or the 64 digits of a version.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
                "wait": wait,
                "cancel_after": cancel_after,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            model_name,
            chosen,
        )
        return cast(
            "_handles.AsyncJob[Predicted[R]]",
            await self.finish(context, _handles.submit_job(context, self, PREDICT, request)),
        )

    async def get_status(self, job_id: str, *, timeout: float | None = None) -> PredictedStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), None
        workflow = _polling.get_status(context, PREDICT, _job_type.JobRef(job_id, model))
        return cast("PredictedStatus", await self.finish(context, workflow))

    async def get_result(self, job_id: str, *, timeout: float | None = None) -> Predicted[R]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), None
        workflow = _results.fetch_result(context, self, PREDICT, _job_type.JobRef(job_id, model))
        return cast("Predicted[Any]", await self.finish(context, workflow))

    def job(self, job_id: str) -> _handles.AsyncJob[Predicted[R]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ref = _job_type.JobRef(job_id, None)
        return _handles.AsyncJob(self, "replicate", "predict", ref)


class TrainReplicateClient(resources.Resources, Generic[RTrain]):
    """Runs `train` jobs.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="Authorization", prefix="Bearer")

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    def train(
        self,
        *,
        model_owner: str,
        model_name: str,
        version_id: str,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> Trained[RTrain]:
        """Run a job and wait for its typed result.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("train", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
                "destination": destination,
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            None,
            chosen,
        )
        return cast(
            "Trained[RTrain]", self.finish(context, _handles.run_job(context, self, TRAIN, request))
        )

    def submit(
        self,
        *,
        model_owner: str,
        model_name: str,
        version_id: str,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> _handles.Job[Trained[RTrain]]:
        """Start a job and return a handle at once.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
                "destination": destination,
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            None,
            chosen,
        )
        return cast(
            "_handles.Job[Trained[RTrain]]",
            self.finish(context, _handles.submit_job(context, self, TRAIN, request)),
        )

    def get_status(self, job_id: str, *, timeout: float | None = None) -> TrainedStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), None
        workflow = _polling.get_status(context, TRAIN, _job_type.JobRef(job_id, model))
        return cast("TrainedStatus", self.finish(context, workflow))

    def get_result(self, job_id: str, *, timeout: float | None = None) -> Trained[RTrain]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), None
        workflow = _results.fetch_result(context, self, TRAIN, _job_type.JobRef(job_id, model))
        return cast("Trained[Any]", self.finish(context, workflow))

    def job(self, job_id: str) -> _handles.Job[Trained[RTrain]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ref = _job_type.JobRef(job_id, None)
        return _handles.Job(self, "replicate", "train", ref)


class AsyncTrainReplicateClient(resources.AsyncResources, Generic[RTrain]):
    """Runs `train` jobs.

    A client may be shared by threads or tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    key: ClassVar[_profile.Key] = _profile.Key(name="Authorization", prefix="Bearer")

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[_base.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.core.clients.base.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = _base.wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    async def train(
        self,
        *,
        model_owner: str,
        model_name: str,
        version_id: str,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> Trained[RTrain]:
        """Run a job and wait for its typed result.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("train", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
                "destination": destination,
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            None,
            chosen,
        )
        return cast(
            "Trained[RTrain]",
            await self.finish(context, _handles.run_job(context, self, TRAIN, request)),
        )

    async def submit(
        self,
        *,
        model_owner: str,
        model_name: str,
        version_id: str,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: _events.Listener | None = None,
    ) -> _handles.AsyncJob[Trained[RTrain]]:
        """Start a job and return a handle at once.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Further parameters, which the spec does not know.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("submit", timeout, on_event)
        chosen = _snapshots.without_none(
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
                "destination": destination,
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
            }
        ) | dict(parameters or {})
        request = _submission.JobRequest(
            None,
            chosen,
        )
        return cast(
            "_handles.AsyncJob[Trained[RTrain]]",
            await self.finish(context, _handles.submit_job(context, self, TRAIN, request)),
        )

    async def get_status(self, job_id: str, *, timeout: float | None = None) -> TrainedStatus:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_status", timeout), None
        workflow = _polling.get_status(context, TRAIN, _job_type.JobRef(job_id, model))
        return cast("TrainedStatus", await self.finish(context, workflow))

    async def get_result(self, job_id: str, *, timeout: float | None = None) -> Trained[RTrain]:
        """The typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context, model = self.call_context("get_result", timeout), None
        workflow = _results.fetch_result(context, self, TRAIN, _job_type.JobRef(job_id, model))
        return cast("Trained[Any]", await self.finish(context, workflow))

    def job(self, job_id: str) -> _handles.AsyncJob[Trained[RTrain]]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ref = _job_type.JobRef(job_id, None)
        return _handles.AsyncJob(self, "replicate", "train", ref)


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "predict": (ReplicateClient, AsyncReplicateClient),
    "train": (TrainReplicateClient, AsyncTrainReplicateClient),
}
"""The sync and the async client of each job."""
