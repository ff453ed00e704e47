"""Jobs of this API: their results as types, and the clients.

Written from ``x-job`` in the spec; `lifecycles` has what `redenlab.core` does for a call.
"""

from __future__ import annotations

import datetime
import typing
from collections.abc import Coroutine, Mapping, Sequence
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
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.jobs import snapshots as _snapshots
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import profile as _profile

from . import lifecycles, models, resources
from . import raw as _raw
from .api.batch import (
    batch_cancel,
    batch_create,
    batch_delete,
    batch_get,
    batch_get_results,
    batch_pause,
    batch_resume,
    batch_start,
)

if TYPE_CHECKING:
    from .models import BatchItem, BatchJob, BatchJobResult, PhaseConfig

JSON: TypeAlias = Any
"""A result as the service sent it, for models that the spec does not know."""

if TYPE_CHECKING:
    from typing_extensions import TypeVar

    R = TypeVar("R", default=list[BatchJobResult], covariant=True)
else:
    R = typing.TypeVar("R", covariant=True)


class BatchStatus(_snapshots.Snapshot["BatchJob"]):
    """A job of `run_batch` at one moment; as a mapping, the JSON object of the service.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value; ``running`` for one that the spec does not list.
    """

    @property
    def name(self) -> str:
        """What people call it."""
        return self.envelope.name

    @property
    def total_items(self) -> int:
        """How many items it has."""
        return self.envelope.total_items

    @property
    def completed_items(self) -> int:
        """Items that went through all phases."""
        return self.envelope.completed_items

    @property
    def failed_items(self) -> int:
        """Items that failed in one of them."""
        return self.envelope.failed_items

    @property
    def cost_incurred(self) -> float:
        """US dollars so far."""
        return self.envelope.cost_incurred

    @property
    def tokens_used(self) -> int:
        """So far."""
        return self.envelope.tokens_used

    @property
    def project_id(self) -> str | None:
        """The project that it belongs to; null for none, absent over tRPC but in lists."""
        return self.envelope.project_id

    @property
    def percent_complete(self) -> float | None:
        """From 0 to 100; absent where the server does not tell."""
        return self.envelope.percent_complete

    @property
    def current_phase(self) -> str | None:
        """The phase that runs; null where none does."""
        return self.envelope.current_phase

    @property
    def estimated_time_remaining_ms(self) -> float | None:
        """Milliseconds until its end; null where that is not known."""
        return self.envelope.estimated_time_remaining_ms

    @property
    def error(self) -> str | None:
        """Why it failed; null otherwise."""
        return self.envelope.error

    @property
    def created_at(self) -> datetime.datetime | None:
        """When it was created; absent over tRPC but in lists and the answer to its creation."""
        return self.envelope.created_at

    @property
    def started_at(self) -> datetime.datetime | None:
        """When it began to run; null before."""
        return self.envelope.started_at

    @property
    def completed_at(self) -> datetime.datetime | None:
        """When it ended, well or badly; null before."""
        return self.envelope.completed_at


class Batch(BatchStatus, _snapshots.Outcome["BatchJob", R]):
    """A job of `run_batch` that has ended well.

    Attributes:
        result: The result, typed where the spec knows the model.
    """


RUN_BATCH: Final[_job_type.JobType[BatchJob]] = _job_type.JobType(
    spec=lifecycles.RUN_BATCH,
    operations={
        "batch.create": _operations.BoundOperation(
            batch_create, _job_type.reader(models, "CreateBatchJob")
        ),
        "batch.get": _operations.BoundOperation(batch_get, None, {"jobId": "job_id"}),
        "batch.get_results": _operations.BoundOperation(
            batch_get_results, None, {"jobId": "job_id"}
        ),
        "batch.start": _operations.BoundOperation(batch_start, None, {"jobId": "job_id"}),
        "batch.cancel": _operations.BoundOperation(batch_cancel, None, {"jobId": "job_id"}),
        "batch.pause": _operations.BoundOperation(batch_pause, None, {"jobId": "job_id"}),
        "batch.resume": _operations.BoundOperation(batch_resume, None, {"jobId": "job_id"}),
        "batch.delete": _operations.BoundOperation(batch_delete, None, {"jobId": "job_id"}),
    },
    read=partial(_job_type.reader, models, arrays={"BatchJobResults": "BatchJobResult"}),
    snapshot=BatchStatus,
    outcome=Batch,
    names={"project_id": "projectId"},
)

JOBS: Final[Mapping[str, _job_type.JobType[Any]]] = {
    "run_batch": RUN_BATCH,
}
"""Every job of this API; each client resumes any of them by its resume token."""


_Own = typing.TypeVar("_Own", covariant=True)


class _Run(Protocol[_Own]):
    """Type of `run_batch` and `submit`."""

    def __call__(
        self,
        *,
        name: str,
        items: Sequence[BatchItem | Mapping[str, Any]],
        phases: Sequence[PhaseConfig | Mapping[str, Any]],
        project_id: str | None = None,
        options: Mapping[str, Any] | None = None,
        parameters: Mapping[str, Any] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _Own:
        """Run a job.

        Args:
            name: What people call it, up to 200 characters.
            items: From 1 to 10,000 texts.
            phases: From 1 to 10 phases; the output of each is the input of the next.
            project_id: The project that it belongs to. Left out, none.
            options: How a batch job is run.
            parameters: Further parameters, which the spec does not know.
            call: See `redenlab.CallOptions`.
        """
        ...


class ArtificerClient(
    _abilities.DeleteMethods,
    resources.Resources,
    _job_clients.BlockingJobClient[BatchStatus, Batch[R]],
    Generic[R],
):
    """Runs `run_batch` jobs.

    A client may be shared by threads. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "run_batch"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    run_batch: _Run[Batch[R]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[_handles.Job[Batch[R]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Batch[R]]
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


class AsyncArtificerClient(
    _abilities.DeleteMethods,
    resources.Resources,
    _job_clients.AsyncJobClient[BatchStatus, Batch[R]],
    Generic[R],
):
    """Runs `run_batch` jobs.

    A client may be shared by tasks. It connects with the first call. Leaving its
    ``with`` block closes the connections; jobs go on.
    """

    profile: ClassVar[_profile.Profile] = lifecycles.PROFILE
    jobs: ClassVar[Mapping[str, _job_type.JobType[Any]]] = JOBS
    job_name: ClassVar[str] = "run_batch"
    key: ClassVar[_profile.Key] = lifecycles.KEY

    run_batch: _Run[Coroutine[Any, Any, Batch[R]]]
    """Run a job and wait for its typed result; raises `InferenceError` if it fails."""
    submit: _Run[Coroutine[Any, Any, _handles.AsyncJob[Batch[R]]]]
    """Start a job and return a handle at once."""
    get_result: _job_clients.GetResult[Coroutine[Any, Any, Batch[R]]]
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
    "run_batch": (ArtificerClient, AsyncArtificerClient),
}
"""The sync and the async client of each job."""
