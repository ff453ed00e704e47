"""The life of a job as data: what ``x-job`` in a spec says, ready to be run.

The generator writes one `JobDescription` per ``x-job``; `redenlab.core.engine` runs all of them.
Texts that begin with ``$`` are `redenlab.core.expressions`; keys of request mappings are JSON
pointers into the body.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Generic, Literal, TypeVar

from redenlab.core.operations import Operation
from redenlab.core.poll import Poll
from redenlab.core.results import Snapshot, State

E = TypeVar("E")

Idempotency = Literal["always", "reconcile", "never"]
"""What to do when the answer to a submit is lost: send it again, look first whether the job was
accepted, or report that nobody knows."""


Reader = Callable[[Any], Any]
"""From JSON to a generated model; raises `redenlab_api.errors.SchemaError`."""


def reader(models: ModuleType, name: str) -> Reader:
    """The reader of a model that is imported only when it first reads."""

    def read(value: Any) -> Any:
        return getattr(models, name).from_dict(value)

    return read


@dataclass(frozen=True, slots=True)
class Step:
    """An operation, and what makes its body out of JSON, if it has one."""

    operation: Operation[..., Any]
    body: Reader | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An answer to submit that means "the upload is not registered yet".

    Attributes:
        statuses: HTTP statuses that mean so, right after our own upload.
        waits: Seconds before each new try; when they are used up, the answer counts.
    """

    statuses: frozenset[int]
    waits: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class UploadDescription:
    """How a recording gets to storage.

    Attributes:
        ask: The operation that answers with a link.
        request: Its body.
        url: The link.
        headers: Sent with the PUT.
        expires_in: Seconds for which the link works.
        bind: Parts of the submit body that come from the answer.
        id: The job id, where the upload already makes it.
    """

    ask: Step
    request: Mapping[str, str]
    url: str
    bind: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    method: str = "PUT"
    expires_in: str | None = None
    id: str | None = None
    pending: Pending = Pending(frozenset(), ())


@dataclass(frozen=True, slots=True)
class PollDescription:
    """How to look at a job.

    Attributes:
        parameters: Arguments of the operation by their Python names.
        grace: HTTP statuses that are tolerated for `grace_seconds`, because a job that is new or
            being moved may be invisible for a while.
    """

    look: Step
    parameters: Mapping[str, str]
    id: str
    status: str
    error: str | None
    schedule: Poll
    timeout: float
    grace: frozenset[int] = frozenset()
    grace_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class JobDescription(Generic[E]):
    """One kind of job.

    Attributes:
        service: The backend, part of a token.
        name: The job, part of a token.
        model_argument: Name of the submit operation's argument that selects a model.
        models: Name of the result schema of each model that the spec knows.
        read: Finds what reads a schema.
        parameters: Where each parameter of a model goes in the submit body.
        states: What each status means.
        result: Where the result is.
        snapshot: Type of a look at the job.
        finished: Type of the end of a good job; takes the result as well.
    """

    service: str
    name: str
    submit: Step
    idempotency: Idempotency
    id: str
    poll: PollDescription
    result: str
    states: Mapping[str, State]
    models: Mapping[str, str]
    read: Callable[[str], Reader]
    snapshot: type[Snapshot[E]]
    finished: type[Any]
    model_argument: str | None = None
    parameters: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    upload: UploadDescription | None = None
