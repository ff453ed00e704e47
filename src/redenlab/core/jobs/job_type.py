"""One kind of job, ready to run: its description, its operations and its types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from types import ModuleType
from typing import Any, Generic, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import RedenLabError
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import Link, XJob
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.operations import BoundOperation, Reader
from redenlab_api.types import RawResponse

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class JobRef:
    """What names a job after its submit; all that a resume token needs to hold.

    Attributes:
        model: What the caller asked for; ``None`` where the job has no models.
        status: The last known status value; empty when it is unknown.
        end: The end of the job, where the response to the submit already had it.
    """

    job_id: str
    model: str | None
    status: str = ""
    end: Snapshot[Any] | None = None


def reader(models: ModuleType, name: str) -> Reader:
    """The reader of a model that is imported only when it first reads."""

    def read(value: Any) -> Any:
        return getattr(models, name).from_dict(value)

    return read


@dataclass(frozen=True, slots=True)
class JobType(Generic[E]):
    """One kind of job.

    Attributes:
        spec: Its description.
        operations: Every operation of its lifecycle, by ``operationId``.
        read: Finds the reader of a schema.
        snapshot: Type of a job at one moment.
        outcome: Type of a job that ended well.
        names: Wire names of parameters, by their Python names where they differ.
    """

    spec: JobSpec
    operations: Mapping[str, BoundOperation]
    read: Callable[[str], Reader]
    snapshot: type[Snapshot[E]]
    outcome: type[Any]
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def name(self) -> str:
        """Name of the job."""
        return self.spec.name

    @property
    def x_job(self) -> XJob:
        """The ``x-job`` block of its spec."""
        return self.spec.x_job

    def scope(self, ref: JobRef) -> Scope:
        """What is known of a job from its reference alone."""
        scope = Scope(job={"id": ref.job_id, "model": ref.model})
        return scope.with_value(self.x_job.model, ref.model) if self.x_job.model else scope

    async def call(self, context: CallContext, link: Link, ref: JobRef) -> tuple[Any, RawResponse]:
        """Make one of the calls after the submit; errors name the job."""
        arguments = self.scope(ref).values(link.parameters)
        try:
            return await context.call_json(self.operations[link.operation], arguments=arguments)
        except RedenLabError as error:
            error.with_job_id(ref.job_id or None)
            raise

    def hook(self, name: str) -> Callable[[Snapshot[Any]], Any]:
        """A function of the backend's package about a snapshot, imported on first use."""
        module = import_module(f"redenlab.{self.spec.service}.workflows")
        return cast("Callable[[Snapshot[Any]], Any]", getattr(module, name))
