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
    TypeAlias,
    Unpack,
    cast,
)

from redenlab.core import facade as core

from . import models
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

PROFILE: Final = core.Profile(
    variables={
        "api_key": ("REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        "base_url": ("REPLICATE_BASE_URL",),
        "model_name": ("REPLICATE_MODEL",),
        "timeout": ("REPLICATE_TIMEOUT",),
        "http_timeout": ("REPLICATE_HTTP_TIMEOUT",),
    },
    file=".replicate/config.yaml",
    defaults={"base_url": "https://api.replicate.com/v1", "timeout": 1800.0, "http_timeout": 30.0},
    sign_in=None,
)
"""Where settings come from when they are no arguments."""

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=JSON)
else:
    R = typing.TypeVar("R")


class PredictedStatus(core.Snapshot["Prediction"]):
    """A job of `predict` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The service's word.
        state: What that word means; a word that the spec does not know means ``running``.
    """

    @property
    def model(self) -> None | str | None:
        """`owner/name`; may be an internal model. ``None`` when the service did not say."""
        return core.given(self.envelope.model)

    @property
    def version(self) -> None | str | None:
        """An id, or `hidden` for official models. ``None`` when the service did not say."""
        return core.given(self.envelope.version)

    @property
    def input_(self) -> None | PredictionInputType0 | None:
        """Input. ``None`` when the service did not say."""
        return core.given(self.envelope.input_)

    @property
    def error(self) -> None | str | None:
        """Why it failed. ``None`` when the service did not say."""
        return core.given(self.envelope.error)

    @property
    def logs(self) -> None | str | None:
        """Logs. ``None`` when the service did not say."""
        return core.given(self.envelope.logs)

    @property
    def data_removed(self) -> bool | None | None:
        """Whether input and output were deleted since. ``None`` when the service did not say."""
        return core.given(self.envelope.data_removed)

    @property
    def metrics(self) -> Metrics | None | None:
        """Metrics. ``None`` when the service did not say."""
        return core.given(self.envelope.metrics)

    @property
    def urls(self) -> None | PredictionUrls | None:
        """Urls. ``None`` when the service did not say."""
        return core.given(self.envelope.urls)

    @property
    def source(self) -> None | str | None:
        """`api` or `web`. ``None`` when the service did not say."""
        return core.given(self.envelope.source)

    @property
    def deployment(self) -> None | str | None:
        """Deployment. ``None`` when the service did not say."""
        return core.given(self.envelope.deployment)

    @property
    def created_at(self) -> datetime.datetime | None | None:
        """Created at. ``None`` when the service did not say."""
        return core.given(self.envelope.created_at)

    @property
    def started_at(self) -> datetime.datetime | None | None:
        """Started at. ``None`` when the service did not say."""
        return core.given(self.envelope.started_at)

    @property
    def completed_at(self) -> datetime.datetime | None | None:
        """Completed at. ``None`` when the service did not say."""
        return core.given(self.envelope.completed_at)

    @property
    def deadline(self) -> datetime.datetime | None | None:
        """When it will be stopped. ``None`` when the service did not say."""
        return core.given(self.envelope.deadline)


class Predicted(PredictedStatus, core.Outcome["Prediction", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: What the model found, typed where the spec knows the model.
    """


PREDICT: Final[core.JobDescription[Prediction]] = core.describe(
    core.Blueprint(
        service="replicate",
        submit="predictions.create",
        block={
            "version": 1,
            "name": "predict",
            "idempotency": "never",
            "id": "$response.body#/id",
            "poll": {
                "operationId": "predictions.get",
                "parameters": {"prediction_id": "$job.id"},
                "status": "$response.body#/status",
                "error": "$response.body#/error",
                "progress": "$response.body#/logs",
                "interval": {"initial": 0.5, "factor": 1.5, "max": 5},
                "timeout": 1800,
            },
            "result": {"name": "Predicted", "value": "$response.body#/output", "type": "any"},
            "cancel": {
                "operationId": "predictions.cancel",
                "parameters": {"prediction_id": "$job.id"},
            },
        },
        states={
            "starting": "running",
            "processing": "running",
            "succeeded": "succeeded",
            "failed": "failed",
            "canceled": "cancelled",
            "aborted": "cancelled",
        },
        models={},
        arguments=("Prefer", "Cancel-After"),
        parameters=("input", "webhook", "webhook_events_filter", "stream", "version"),
        model_parameters={},
        required={},
        defaults={},
        limits={},
        envelope="Prediction",
    ),
    core.Parts(
        steps={
            "predictions.create": core.Step(
                predictions_create, core.reader(models, "VersionPredictionRequest")
            ),
            "predictions.get": core.Step(predictions_get),
            "predictions.cancel": core.Step(predictions_cancel),
        },
        read=partial(core.reader, models),
        snapshot=PredictedStatus,
        finished=Predicted,
        names={"Prefer": "prefer", "Cancel-After": "cancel_after"},
    ),
)

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    RTrain = TypeVar("RTrain", default=TrainingOutput)
else:
    RTrain = typing.TypeVar("RTrain")


class TrainedStatus(core.Snapshot["Training"]):
    """A job of `train` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The service's word.
        state: What that word means; a word that the spec does not know means ``running``.
    """

    @property
    def model(self) -> None | str | None:
        """Model. ``None`` when the service did not say."""
        return core.given(self.envelope.model)

    @property
    def version(self) -> None | str | None:
        """Version. ``None`` when the service did not say."""
        return core.given(self.envelope.version)

    @property
    def input_(self) -> None | TrainingInputType0 | None:
        """Input. ``None`` when the service did not say."""
        return core.given(self.envelope.input_)

    @property
    def error(self) -> None | str | None:
        """Why it failed. ``None`` when the service did not say."""
        return core.given(self.envelope.error)

    @property
    def logs(self) -> None | str | None:
        """Logs. ``None`` when the service did not say."""
        return core.given(self.envelope.logs)

    @property
    def data_removed(self) -> bool | None | None:
        """Data removed. ``None`` when the service did not say."""
        return core.given(self.envelope.data_removed)

    @property
    def metrics(self) -> Metrics | None | None:
        """Metrics. ``None`` when the service did not say."""
        return core.given(self.envelope.metrics)

    @property
    def urls(self) -> None | PredictionUrls | None:
        """Urls. ``None`` when the service did not say."""
        return core.given(self.envelope.urls)

    @property
    def source(self) -> None | str | None:
        """Source. ``None`` when the service did not say."""
        return core.given(self.envelope.source)

    @property
    def created_at(self) -> datetime.datetime | None | None:
        """Created at. ``None`` when the service did not say."""
        return core.given(self.envelope.created_at)

    @property
    def started_at(self) -> datetime.datetime | None | None:
        """Started at. ``None`` when the service did not say."""
        return core.given(self.envelope.started_at)

    @property
    def completed_at(self) -> datetime.datetime | None | None:
        """Completed at. ``None`` when the service did not say."""
        return core.given(self.envelope.completed_at)

    @property
    def deadline(self) -> datetime.datetime | None | None:
        """Deadline. ``None`` when the service did not say."""
        return core.given(self.envelope.deadline)


class Trained(TrainedStatus, core.Outcome["Training", RTrain]):
    """A job of `train` that has ended well.

    Attributes:
        result: What the model found, typed where the spec knows the model.
    """


TRAIN: Final[core.JobDescription[Training]] = core.describe(
    core.Blueprint(
        service="replicate",
        submit="trainings.create",
        block={
            "version": 1,
            "name": "train",
            "idempotency": "never",
            "id": "$response.body#/id",
            "poll": {
                "operationId": "trainings.get",
                "parameters": {"training_id": "$job.id"},
                "status": "$response.body#/status",
                "error": "$response.body#/error",
                "progress": "$response.body#/logs",
                "interval": {"initial": 5, "factor": 1.5, "max": 60},
                "timeout": 21600,
            },
            "result": {
                "name": "Trained",
                "value": "$response.body#/output",
                "type": "TrainingOutput",
            },
            "cancel": {"operationId": "trainings.cancel", "parameters": {"training_id": "$job.id"}},
        },
        states={
            "starting": "running",
            "processing": "running",
            "succeeded": "succeeded",
            "failed": "failed",
            "canceled": "cancelled",
            "aborted": "cancelled",
        },
        models={},
        arguments=("model_owner", "model_name", "version_id"),
        parameters=("destination", "input", "webhook", "webhook_events_filter"),
        model_parameters={},
        required={},
        defaults={},
        limits={},
        envelope="Training",
    ),
    core.Parts(
        steps={
            "trainings.create": core.Step(trainings_create, core.reader(models, "TrainingRequest")),
            "trainings.get": core.Step(trainings_get),
            "trainings.cancel": core.Step(trainings_cancel),
        },
        read=partial(core.reader, models),
        snapshot=TrainedStatus,
        finished=Trained,
    ),
)

JOBS: Final[Mapping[str, core.JobDescription[Any]]] = {
    "predict": PREDICT,
    "train": TRAIN,
}
"""Every job of this API; each client takes up any of them by its token."""


class ReplicateClient(core.BlockingClient, Generic[R]):
    """Runs `predict` jobs.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "Authorization"
    auth_prefix = "Bearer"

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    def predict(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
    ) -> Predicted[R]:
        """Run a job and wait for its typed result.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("predict", timeout, on_event)
        chosen = core.given_only(
            {
                "input": input,
                "version": version,
                "prefer": prefer,
                "cancel_after": cancel_after,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            }
        ) | dict(parameters or {})
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "Predicted[Any]",
            self.finish(session, core.perform(session, self, core.Job[Any], PREDICT, order)),
        )

    def submit(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
    ) -> core.Job[Predicted[R]]:
        """Start a job and hand out a handle at once.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(
            {
                "input": input,
                "version": version,
                "prefer": prefer,
                "cancel_after": cancel_after,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            }
        ) | dict(parameters or {})
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "core.Job[Predicted[Any]]",
            self.finish(session, core.start(session, self, core.Job[Any], PREDICT, order)),
        )

    def get_status(self, job_id: str, *, timeout: float | None = None) -> PredictedStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), None
        workflow = core.vigil.look(session, PREDICT, job_id, model)
        return cast("PredictedStatus", self.finish(session, workflow))

    def get_result(self, job_id: str, *, timeout: float | None = None) -> Predicted[R]:
        """Give the typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_result", timeout), None
        workflow = core.vigil.final(session, PREDICT, job_id, model)
        return cast("Predicted[Any]", self.finish(session, workflow))

    def job(self, job_id: str) -> core.Job[Predicted[R]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ticket = core.Ticket(job_id, None, "")
        return core.Job(self, "replicate", "predict", ticket)


class AsyncReplicateClient(core.AsyncClient, Generic[R]):
    """Runs `predict` jobs.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "Authorization"
    auth_prefix = "Bearer"

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
        super().__init__({"api_key": key, "base_url": base_url, "timeout": timeout}, options)

    async def predict(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
    ) -> Predicted[R]:
        """Run a job and wait for its typed result.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("predict", timeout, on_event)
        chosen = core.given_only(
            {
                "input": input,
                "version": version,
                "prefer": prefer,
                "cancel_after": cancel_after,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            }
        ) | dict(parameters or {})
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "Predicted[Any]",
            await self.finish(
                session, core.perform(session, self, core.AsyncJob[Any], PREDICT, order)
            ),
        )

    async def submit(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        parameters: Mapping[str, Any] | None = None,
        timeout: float | None = None,
        on_event: core.Listener | None = None,
    ) -> core.AsyncJob[Predicted[R]]:
        """Start a job and hand out a handle at once.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(
            {
                "input": input,
                "version": version,
                "prefer": prefer,
                "cancel_after": cancel_after,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            }
        ) | dict(parameters or {})
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "core.AsyncJob[Predicted[Any]]",
            await self.finish(
                session, core.start(session, self, core.AsyncJob[Any], PREDICT, order)
            ),
        )

    async def get_status(self, job_id: str, *, timeout: float | None = None) -> PredictedStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), None
        workflow = core.vigil.look(session, PREDICT, job_id, model)
        return cast("PredictedStatus", await self.finish(session, workflow))

    async def get_result(self, job_id: str, *, timeout: float | None = None) -> Predicted[R]:
        """Give the typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_result", timeout), None
        workflow = core.vigil.final(session, PREDICT, job_id, model)
        return cast("Predicted[Any]", await self.finish(session, workflow))

    def job(self, job_id: str) -> core.AsyncJob[Predicted[R]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ticket = core.Ticket(job_id, None, "")
        return core.AsyncJob(self, "replicate", "predict", ticket)


class TrainReplicateClient(core.BlockingClient, Generic[RTrain]):
    """Runs `train` jobs.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "Authorization"
    auth_prefix = "Bearer"

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
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
        on_event: core.Listener | None = None,
    ) -> Trained[RTrain]:
        """Run a job and wait for its typed result.

        Args:
            model_owner: User or organization.
            model_name: Name of the model.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("train", timeout, on_event)
        chosen = core.given_only(
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
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "Trained[Any]",
            self.finish(session, core.perform(session, self, core.Job[Any], TRAIN, order)),
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
        on_event: core.Listener | None = None,
    ) -> core.Job[Trained[RTrain]]:
        """Start a job and hand out a handle at once.

        Args:
            model_owner: User or organization.
            model_name: Name of the model.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(
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
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "core.Job[Trained[Any]]",
            self.finish(session, core.start(session, self, core.Job[Any], TRAIN, order)),
        )

    def get_status(self, job_id: str, *, timeout: float | None = None) -> TrainedStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), None
        workflow = core.vigil.look(session, TRAIN, job_id, model)
        return cast("TrainedStatus", self.finish(session, workflow))

    def get_result(self, job_id: str, *, timeout: float | None = None) -> Trained[RTrain]:
        """Give the typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_result", timeout), None
        workflow = core.vigil.final(session, TRAIN, job_id, model)
        return cast("Trained[Any]", self.finish(session, workflow))

    def job(self, job_id: str) -> core.Job[Trained[RTrain]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ticket = core.Ticket(job_id, None, "")
        return core.Job(self, "replicate", "train", ticket)


class AsyncTrainReplicateClient(core.AsyncClient, Generic[RTrain]):
    """Runs `train` jobs.

    One client serves any number of threads or tasks. Nothing is connected before the first call.
    Leaving its ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[core.Profile] = PROFILE
    jobs: ClassVar[Mapping[str, core.JobDescription[Any]]] = JOBS
    auth_header = "Authorization"
    auth_prefix = "Bearer"

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | None = None,
        **options: Unpack[core.Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: Proves who is calling.
            base_url: Where the API is: https, its path is kept.
            timeout: Seconds for a whole call that names none, waiting included.
            options: See `redenlab.core.client.Options`.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = core.concealed(api_key, options)
        del api_key  # a traceback that shows locals must not show it
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
        on_event: core.Listener | None = None,
    ) -> Trained[RTrain]:
        """Run a job and wait for its typed result.

        Args:
            model_owner: User or organization.
            model_name: Name of the model.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("train", timeout, on_event)
        chosen = core.given_only(
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
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "Trained[Any]",
            await self.finish(
                session, core.perform(session, self, core.AsyncJob[Any], TRAIN, order)
            ),
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
        on_event: core.Listener | None = None,
    ) -> core.AsyncJob[Trained[RTrain]]:
        """Start a job and hand out a handle at once.

        Args:
            model_owner: User or organization.
            model_name: Name of the model.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Parameters that the spec does not know, for a newer service.
            timeout: Seconds for the whole call; ``None`` takes the client's.
            on_event: Told what happens while the call runs; see `redenlab.core.events`.

        Raises:
            InputError: The recording or an argument is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: Whether the job was started could not be found out.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        session = self.session("submit", timeout, on_event)
        chosen = core.given_only(
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
        order = core.Order(
            None,
            chosen,
        )
        return cast(
            "core.AsyncJob[Trained[Any]]",
            await self.finish(session, core.start(session, self, core.AsyncJob[Any], TRAIN, order)),
        )

    async def get_status(self, job_id: str, *, timeout: float | None = None) -> TrainedStatus:
        """Look at a job once.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_status", timeout), None
        workflow = core.vigil.look(session, TRAIN, job_id, model)
        return cast("TrainedStatus", await self.finish(session, workflow))

    async def get_result(self, job_id: str, *, timeout: float | None = None) -> Trained[RTrain]:
        """Give the typed result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            timeout: Seconds for the call; ``None`` takes the client's.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        session, model = self.session("get_result", timeout), None
        workflow = core.vigil.final(session, TRAIN, job_id, model)
        return cast("Trained[Any]", await self.finish(session, workflow))

    def job(self, job_id: str) -> core.AsyncJob[Trained[RTrain]]:
        """Take up a job by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
        """
        ticket = core.Ticket(job_id, None, "")
        return core.AsyncJob(self, "replicate", "train", ticket)


CLIENTS: Final[Mapping[str, tuple[type[Any], type[Any]]]] = {
    "predict": (ReplicateClient, AsyncReplicateClient),
    "train": (TrainReplicateClient, AsyncTrainReplicateClient),
}
"""The blocking and the async client of each job."""
