"""One kind of job, ready to run: its description, its operations and its types."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeVar

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.steps import Accepts, StepCaller
from redenlab.core.errors import RedenLabError
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import XJob
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.operations import BoundOperation, Reader
from redenlab.core.spec.steps import Step
from redenlab.lowlevel import decoding

E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class JobRef:
    """What names a job after its submit; all that a resume token needs to hold.

    Attributes:
        model: What the caller asked for; ``None`` where the job has no models.
        kept: Further values that the steps after the submit need, by name; no secrets.
        status: The last known status value; empty when it is unknown.
        end: The end of the job, where the response to the submit already had it.
        recording: Where its recording is on this machine; never part of a resume token.
    """

    job_id: str
    model: str | None
    status: str = ""
    end: Snapshot[Any] | None = None
    kept: Mapping[str, Any] = field(default_factory=dict[str, Any])
    recording: Path | None = None


def reader(
    models: ModuleType,
    name: str,
    classes: Mapping[str, str] | None = None,
    arrays: Mapping[str, str] | None = None,
) -> Reader:
    """The reader of a schema, whose model is imported only when it first reads.

    Args:
        models: Has the models.
        name: Of the schema; one without a model stays plain JSON.
        classes: Names of models that differ from those of their schemas.
        arrays: Models of the elements of schemas that are arrays.
    """
    element = (arrays or {}).get(name)
    if element is not None:
        return lambda value: getattr(models, element).from_own(decoding.listed(value))

    def read(value: Any) -> Any:
        found: Any = getattr(models, (classes or {}).get(name, name), None)
        return found.from_dict(value) if hasattr(found, "from_dict") else value

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
        return Scope(job={**ref.kept, "id": ref.job_id, "model": ref.model})

    def caller(self, context: CallContext) -> StepCaller:
        """What calls the steps of its lifecycle."""
        return StepCaller(context, self.operations)

    async def call(
        self, context: CallContext, step: Step, ref: JobRef, accepts: Accepts | None = None
    ) -> Scope:
        """Make one of the calls after the submit; errors name the job."""
        try:
            return await self.caller(context).call(step, self.scope(ref), accepts)
        except RedenLabError as error:
            error.with_job_id(ref.job_id or None)
            raise
