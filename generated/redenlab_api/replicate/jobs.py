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
from redenlab.core.spec import signatures as _signatures
from redenlab.core.spec import steps as _steps

from . import lifecycles, models, resources
from . import raw as _raw
from .api.deployments import deployments_predictions_create
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
    def model(self) -> str | None:
        """`owner/name`; may be an internal model."""
        return self.envelope.model

    @property
    def version(self) -> str | None:
        """An id, or `hidden` for official models."""
        return self.envelope.version

    @property
    def input_(self) -> PredictionInputType0 | None:
        """What the model was given; the order of its keys is not kept."""
        return self.envelope.input_

    @property
    def error(self) -> str | None:
        """Why it failed."""
        return self.envelope.error

    @property
    def logs(self) -> str | None:
        """What the model has printed so far, with its progress; empty if nothing."""
        return self.envelope.logs

    @property
    def data_removed(self) -> bool | None:
        """Whether input and output were deleted since."""
        return self.envelope.data_removed

    @property
    def metrics(self) -> Metrics | None:
        """How long it took; empty or absent before the end."""
        return self.envelope.metrics

    @property
    def urls(self) -> PredictionUrls | None:
        """Where to look at it and how to stop it."""
        return self.envelope.urls

    @property
    def source(self) -> str | None:
        """`api` or `web`."""
        return self.envelope.source

    @property
    def deployment(self) -> str | None:
        """What ran it, if that was a deployment; the form is not documented."""
        return self.envelope.deployment

    @property
    def created_at(self) -> datetime.datetime | None:
        """When it was made, in UTC; sent with up to nine digits of a second."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None:
        """When the model began to run, in UTC; absent or null before that."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When it ended, well or badly, in UTC; absent or null before that."""
        return self.envelope.completed_at

    @property
    def deadline(self) -> datetime.datetime | None:
        """When it will be stopped, in UTC; `Cancel-After` sets it."""
        return self.envelope.deadline


class Predicted(PredictedStatus, _snapshots.Outcome["Prediction", R]):
    """A job of `predict` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


PREDICT: Final[_job_type.JobType[Prediction]] = _job_type.JobType(
    spec=lifecycles.PREDICT,
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

    RRunDeployment = TypeVar("RRunDeployment", default=JSON, covariant=True)
else:
    RRunDeployment = typing.TypeVar("RRunDeployment", covariant=True)


class DeploymentPredictedStatus(_snapshots.Snapshot["Prediction"]):
    """A job of `run_deployment` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def model(self) -> str | None:
        """`owner/name`; may be an internal model."""
        return self.envelope.model

    @property
    def version(self) -> str | None:
        """An id, or `hidden` for official models."""
        return self.envelope.version

    @property
    def input_(self) -> PredictionInputType0 | None:
        """What the model was given; the order of its keys is not kept."""
        return self.envelope.input_

    @property
    def error(self) -> str | None:
        """Why it failed."""
        return self.envelope.error

    @property
    def logs(self) -> str | None:
        """What the model has printed so far, with its progress; empty if nothing."""
        return self.envelope.logs

    @property
    def data_removed(self) -> bool | None:
        """Whether input and output were deleted since."""
        return self.envelope.data_removed

    @property
    def metrics(self) -> Metrics | None:
        """How long it took; empty or absent before the end."""
        return self.envelope.metrics

    @property
    def urls(self) -> PredictionUrls | None:
        """Where to look at it and how to stop it."""
        return self.envelope.urls

    @property
    def source(self) -> str | None:
        """`api` or `web`."""
        return self.envelope.source

    @property
    def deployment(self) -> str | None:
        """What ran it, if that was a deployment; the form is not documented."""
        return self.envelope.deployment

    @property
    def created_at(self) -> datetime.datetime | None:
        """When it was made, in UTC; sent with up to nine digits of a second."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None:
        """When the model began to run, in UTC; absent or null before that."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When it ended, well or badly, in UTC; absent or null before that."""
        return self.envelope.completed_at

    @property
    def deadline(self) -> datetime.datetime | None:
        """When it will be stopped, in UTC; `Cancel-After` sets it."""
        return self.envelope.deadline


class DeploymentPredicted(
    DeploymentPredictedStatus, _snapshots.Outcome["Prediction", RRunDeployment]
):
    """A job of `run_deployment` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


RUN_DEPLOYMENT: Final[_job_type.JobType[Prediction]] = _job_type.JobType(
    spec=lifecycles.RUN_DEPLOYMENT,
    operations={
        "deployments.predictions.create": _operations.BoundOperation(
            deployments_predictions_create,
            _job_type.reader(models, "PredictionRequest"),
            {"Prefer": "prefer", "Cancel-After": "cancel_after"},
        ),
        "files.create": _operations.BoundOperation(
            files_create, _job_type.reader(models, "FileRequest")
        ),
        "predictions.get": _operations.BoundOperation(predictions_get),
        "predictions.cancel": _operations.BoundOperation(predictions_cancel),
    },
    read=partial(_job_type.reader, models),
    snapshot=DeploymentPredictedStatus,
    outcome=DeploymentPredicted,
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
    def model(self) -> str | None:
        """The trainer, as `owner/name`."""
        return self.envelope.model

    @property
    def version(self) -> str | None:
        """The version of the trainer: 64 hexadecimal digits."""
        return self.envelope.version

    @property
    def input_(self) -> TrainingInputType0 | None:
        """What the trainer was given; the order of its keys is not kept."""
        return self.envelope.input_

    @property
    def error(self) -> str | None:
        """Why it failed."""
        return self.envelope.error

    @property
    def logs(self) -> str | None:
        """What the trainer has printed so far, with its progress; empty if nothing."""
        return self.envelope.logs

    @property
    def data_removed(self) -> bool | None:
        """Whether input and output were deleted since."""
        return self.envelope.data_removed

    @property
    def metrics(self) -> Metrics | None:
        """How long it took; empty or absent before the end."""
        return self.envelope.metrics

    @property
    def urls(self) -> PredictionUrls | None:
        """Where to look at it and how to stop it."""
        return self.envelope.urls

    @property
    def source(self) -> str | None:
        """`api` or `web`."""
        return self.envelope.source

    @property
    def created_at(self) -> datetime.datetime | None:
        """When it was made, in UTC."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None:
        """When the trainer began to run, in UTC; absent or null before that."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When it ended, well or badly, in UTC; absent or null before that."""
        return self.envelope.completed_at

    @property
    def deadline(self) -> datetime.datetime | None:
        """When it will be stopped, in UTC; `Cancel-After` sets it."""
        return self.envelope.deadline


class Trained(TrainedStatus, _snapshots.Outcome["Training", RTrain]):
    """A job of `train` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


TRAIN: Final[_job_type.JobType[Training]] = _job_type.JobType(
    spec=lifecycles.TRAIN,
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
    "run_deployment": RUN_DEPLOYMENT,
    "train": TRAIN,
}
"""Every job of this API; each client resumes any of them by its resume token."""


_Own = typing.TypeVar("_Own", covariant=True)


class _Run(Protocol[_Own]):
    """Type of `predict` and `submit`."""

    def __call__(
        self,
        model_name: str,
        *,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: bool | float | None = None,
        cancel_after: bool | str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _Own:
        """Run a job.

        Args:
            model_name: ``owner/name``, ``owner/name:version``, or the 64 digits of a version.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; `True` leaves it to the service; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`; `True` for the deadline of the call.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class PredictOptions(_base.CallOptions, total=False):
    """What `predict` takes beside the model and what it needs.

    Attributes:
        webhook: https address that is told of the prediction; left out, none is.
        webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
        stream: Deprecated; where a model can stream it always offers to.
        wait: Seconds for which the service may hold its response back; `True` leaves it to
            the service; 1 to 60.
        cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`;
            `True` for the deadline of the call.
    """

    webhook: str | None
    webhook_events_filter: list[models.WebhookEvent] | None
    stream: bool | None
    wait: bool | float | None
    cancel_after: bool | str | None


class ReplicateClient(
    resources.Resources,
    _abilities.FunctionMethods,
    _abilities.WebhookMethods,
    _job_clients.BlockingJobClient[PredictedStatus, Predicted[R]],
    Generic[R],
):
    """Runs `predict` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "predict"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    predict: _Run[Predicted[R]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[_handles.Job[Predicted[R]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Predicted[R]]
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


class AsyncReplicateClient(
    resources.Resources,
    _abilities.FunctionMethods,
    _abilities.WebhookMethods,
    _job_clients.AsyncJobClient[PredictedStatus, Predicted[R]],
    Generic[R],
):
    """Runs `predict` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "predict"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    predict: _Run[Coroutine[Any, Any, Predicted[R]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[Coroutine[Any, Any, _handles.AsyncJob[Predicted[R]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, Predicted[R]]]
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


_RunDeploymentOwn = typing.TypeVar("_RunDeploymentOwn", covariant=True)


class _RunDeploymentRun(Protocol[_RunDeploymentOwn]):
    """Type of `run_deployment` and `submit`."""

    def __call__(
        self,
        *,
        deployment_owner: str,
        deployment_name: str,
        input: Mapping[str, Any] | _sources.Source,
        webhook: str | None = None,
        webhook_events_filter: list[WebhookEvent] | None = None,
        stream: bool | None = None,
        wait: bool | float | None = None,
        cancel_after: bool | str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _RunDeploymentOwn:
        """Run a job.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            input: What the model is given, by the model's own names.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            wait: Seconds for which the service may hold its response back; `True` leaves it to the service; 1 to 60.
            cancel_after: When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`; `True` for the deadline of the call.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class RunDeploymentReplicateClient(
    resources.Resources,
    _abilities.WebhookMethods,
    _job_clients.BlockingJobClient[DeploymentPredictedStatus, DeploymentPredicted[RRunDeployment]],
    Generic[RRunDeployment],
):
    """Runs `run_deployment` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "run_deployment"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    run_deployment: _RunDeploymentRun[DeploymentPredicted[RRunDeployment]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _RunDeploymentRun[_handles.Job[DeploymentPredicted[RRunDeployment]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[DeploymentPredicted[RRunDeployment]]
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


class AsyncRunDeploymentReplicateClient(
    resources.Resources,
    _abilities.WebhookMethods,
    _job_clients.AsyncJobClient[DeploymentPredictedStatus, DeploymentPredicted[RRunDeployment]],
    Generic[RRunDeployment],
):
    """Runs `run_deployment` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "run_deployment"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    run_deployment: _RunDeploymentRun[Coroutine[Any, Any, DeploymentPredicted[RRunDeployment]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _RunDeploymentRun[
        Coroutine[Any, Any, _handles.AsyncJob[DeploymentPredicted[RRunDeployment]]]
    ]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, DeploymentPredicted[RRunDeployment]]]
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


_TrainOwn = typing.TypeVar("_TrainOwn", covariant=True)


class _TrainRun(Protocol[_TrainOwn]):
    """Type of `train` and `submit`."""

    def __call__(
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
        **call: Unpack[_base.CallOptions],
    ) -> _TrainOwn:
        """Run a job.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class TrainReplicateClient(
    resources.Resources,
    _abilities.WebhookMethods,
    _job_clients.BlockingJobClient[TrainedStatus, Trained[RTrain]],
    Generic[RTrain],
):
    """Runs `train` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "train"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    train: _TrainRun[Trained[RTrain]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _TrainRun[_handles.Job[Trained[RTrain]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Trained[RTrain]]
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


class AsyncTrainReplicateClient(
    resources.Resources,
    _abilities.WebhookMethods,
    _job_clients.AsyncJobClient[TrainedStatus, Trained[RTrain]],
    Generic[RTrain],
):
    """Runs `train` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "train"
    key: ClassVar[_profile.Key] = lifecycles.KEY
    webhook_signatures: ClassVar[Mapping[str, _signatures.Signature]] = lifecycles.SIGNATURES
    webhook_secrets: ClassVar[Mapping[str, _steps.Lookup]] = lifecycles.SECRETS

    train: _TrainRun[Coroutine[Any, Any, Trained[RTrain]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _TrainRun[Coroutine[Any, Any, _handles.AsyncJob[Trained[RTrain]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, Trained[RTrain]]]
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
    "predict": (ReplicateClient, AsyncReplicateClient),
    "run_deployment": (RunDeploymentReplicateClient, AsyncRunDeploymentReplicateClient),
    "train": (TrainReplicateClient, AsyncTrainReplicateClient),
}
"""The sync and the async client of each job."""
