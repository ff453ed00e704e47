"""The life of a job as data: what ``x-job`` in a spec says, ready to be run.

The generator writes one `JobDescription` per ``x-job``; `redenlab.core.submission` and
`redenlab.core.vigil` run all of them. Texts that begin with ``$`` are
`redenlab.core.expressions`; keys of request mappings are JSON pointers into the body.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any, Generic, Literal, TypeVar

from redenlab.core.expressions import Scope
from redenlab.core.operations import Operation, Reader, Step
from redenlab.core.poll import Poll
from redenlab.core.results import Snapshot, State

E = TypeVar("E")

Idempotency = Literal["always", "reconcile", "never"]
"""What to do when the answer to a submit is lost: send it again, look first whether the job was
accepted, or report that nobody knows."""

Control = Literal["cancel", "pause", "resume"]
"""What can be asked of a running job, where the service offers it."""

Limits = tuple[float | None, float | None]
"""The least and the most that a number may be; ``None`` is no limit."""


def reader(models: ModuleType, name: str) -> Reader:
    """The reader of a model that is imported only when it first reads."""

    def read(value: Any) -> Any:
        return getattr(models, name).from_dict(value)

    return read


Hook = Callable[[Snapshot[Any]], Any]
"""A question about a look at a job that only its backend's room can answer."""


@dataclass(frozen=True, slots=True)
class Link:
    """An operation and its arguments, like a Link Object of OpenAPI.

    Attributes:
        parameters: Expressions by the arguments' Python names.
    """

    operation: Operation[..., Any]
    parameters: Mapping[str, str]

    def arguments(self, scope: Scope) -> dict[str, Any]:
        """The arguments that have a value."""
        values = scope.values(self.parameters)
        return {name: value for name, value in values.items() if value is not None}


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
        asset: What names the upload itself, where many jobs can be made of it.
    """

    ask: Step
    request: Mapping[str, str]
    url: str
    bind: Mapping[str, str]
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    method: str = "PUT"
    expires_in: str | None = None
    id: str | None = None
    asset: str | None = None
    pending: Pending = Pending(frozenset(), ())


@dataclass(frozen=True, slots=True)
class StartDescription:
    """A second call that sets a created job going.

    Attributes:
        unless: Where the submit body says that the job starts by itself.
    """

    link: Link
    unless: str | None = None


@dataclass(frozen=True, slots=True)
class PollDescription:
    """How to look at a job.

    Attributes:
        progress: Whatever the service says of its progress, handed on as it is, or what derives
            it from a look.
        unknown: What a status that the spec does not have means: the job runs, or it is an error.
        fold_case: Whether a status counts in any case.
        settled: Says of an ended job whether everything of its result is there; ``None`` means
            that it always is.
        grace: HTTP statuses that are tolerated for `grace_seconds`, because a job that is new or
            being moved may be invisible for a while.
    """

    look: Link
    id: str
    status: str
    schedule: Poll
    timeout: float
    error: str | None = None
    progress: str | Hook | None = None
    unknown: Literal["running", "fail"] = "running"
    fold_case: bool = False
    settled: Hook | None = None
    grace: frozenset[int] = frozenset()
    grace_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class ResultDescription:
    """Where the result is and what it is.

    Attributes:
        values: The result in the poll's answer, or in the answer of `source`. The fields of
            several are joined, and a mapping gives names to what is no object.
        models: Name of the result schema of each model that the spec knows.
        schema: Name of the schema of a job that has no models, or of models that are unknown.
        source: Another operation that has the result.
        url: A link to the result, or to more of it, in the poll's answer; when it has expired,
            looking again renews it.
        linked: Models whose result is behind `url`, or the most of it.
    """

    values: tuple[str | Mapping[str, str], ...]
    models: Mapping[str, str] = field(default_factory=dict[str, str])
    schema: str | None = None
    source: Link | None = None
    url: str | None = None
    linked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class HealthDescription:
    """How to ask whether a model is ready.

    Attributes:
        status: The service's word.
        ready: Whether it is.
    """

    link: Link
    status: str
    ready: str


@dataclass(frozen=True, slots=True)
class ChunksDescription:
    """How recordings are cut that are too long for a model.

    Attributes:
        seconds: Longest piece.
        overlap: Seconds that a piece shares with the one before.
        scores: By result schema, the number in it that may be averaged over pieces.
    """

    seconds: float
    overlap: float
    scores: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class JobDescription(Generic[E]):
    """One kind of job.

    Attributes:
        service: The backend, part of a token.
        name: The job, part of a token.
        id: The job id in the submit's answer.
        states: What each status means.
        snapshot: Type of a look at the job.
        finished: Type of the end of a good job; takes the result as well.
        read: Finds what reads a schema.
        model: Where the model goes: an argument of the submit, or a place in its body.
        file: Where the recording goes in a multipart submit.
        arguments: Arguments of the submit that the caller gives.
        parameters: Where each parameter that all models know goes in the submit body.
        model_parameters: Where each parameter of one model goes.
        required: Parameters that a model cannot do without.
        defaults: Parameters that a model cannot do without, and what is sent if nobody gives them.
        limits: Between what the numbers among a model's parameters have to lie.
        parameter_schemas: Name of the schema of each model's parameters.
        inline: HTTP statuses of a submit whose answer already is a look at the job.
        events: A stream of server-sent events that tells of the job; polling stays the fallback.
    """

    service: str
    name: str
    submit: Step
    idempotency: Idempotency
    id: str
    poll: PollDescription
    result: ResultDescription
    states: Mapping[str, State]
    snapshot: type[Snapshot[E]]
    finished: type[Any]
    read: Callable[[str], Reader]
    model: str | None = None
    file: str | None = None
    arguments: frozenset[str] = frozenset()
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
    model_parameters: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict[str, Mapping[str, str]]
    )
    required: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    defaults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, Mapping[str, Any]])
    limits: Mapping[str, Mapping[str, Limits]] = field(
        default_factory=dict[str, Mapping[str, Limits]]
    )
    parameter_schemas: Mapping[str, str] = field(default_factory=dict[str, str])
    upload: UploadDescription | None = None
    inline: frozenset[int] = frozenset()
    start: StartDescription | None = None
    events: Link | None = None
    health: HealthDescription | None = None
    chunks: ChunksDescription | None = None
    controls: Mapping[Control, Link] = field(default_factory=dict[Control, Link])

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return self.upload is not None or self.file is not None

    def state(self, status: str) -> State | None:
        """What a status means; ``None`` for one that the spec does not have."""
        if status in self.states:
            return self.states[status]
        if self.poll.fold_case:
            folded: dict[str, State] = {
                word.casefold(): state for word, state in self.states.items()
            }
            return folded.get(status.casefold())
        return None

    def scope(self, job_id: str, model: str | None) -> Scope:
        """What is known of a job from its ticket alone."""
        return Scope(job={"id": job_id, "model": model})
