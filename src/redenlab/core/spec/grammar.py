"""The grammar of ``x-job``, as frozen dataclasses: one per block, one field per key.

`redenlab.core.spec.forms` reads a block by these types, and the JSON schema that editors use is
written from them. docs/x-job.md describes every key with examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Annotated, Literal

from redenlab.core.spec.forms import Form, Range

Idempotency = Literal["always", "reconcile", "never"]
"""After a lost response to a submit: send it again, get the job's status first, or report that
the outcome is unknown."""

_POINTER = r"#(/[^/]+)+"
_VALUE = (
    rf"\$response\.body{_POINTER}|\$request\.(path|query|header)\.[^.]+|\$request\.body{_POINTER}"
    r"|\$file\.(name|content_type|size|parent|index)|\$job\.(id|model)|[^$].*"
)

OperationId = Annotated[str, Form(r".+", "the operationId of an operation")]
Identifier = Annotated[str, Form(r"[A-Za-z][A-Za-z0-9_]*", "a Python identifier")]
ClassName = Annotated[str, Form(r"[A-Z][A-Za-z0-9]*", "the name of a class: CaptionResult")]
RequestPlace = Annotated[
    str, Form(rf"\$request\.body{_POINTER}", "a place in the request body: $request.body#/name")
]
ResponseValue = Annotated[
    str, Form(rf"\$response\.body{_POINTER}", "a place in the response body: $response.body#/name")
]
ModelPlace = Annotated[
    str,
    Form(
        rf"\$request\.path\.[^.]+|\$request\.body{_POINTER}",
        "a path parameter or a place in the request body: $request.path.model",
    ),
]
Value = Annotated[str, Form(_VALUE, "a literal, or an expression such as $response.body#/name")]
Progress = Annotated[
    str,
    Form(
        rf"\$response\.body{_POINTER}|[A-Za-z][A-Za-z0-9_]*",
        "a place in the response body, or the name of a function",
    ),
]
HttpStatus = Annotated[int, Range(minimum=100, maximum=599)]
Seconds = Annotated[float, Range(minimum=0)]
PositiveSeconds = Annotated[float, Range(above=0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A call of an operation, like a Link Object of OpenAPI.

    Attributes:
        operation: The operation.
        parameters: Its arguments.
    """

    operation: OperationId = field(metadata={"key": "operationId"})
    parameters: Mapping[str, Value] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """The request that carries the recording to storage.

    Attributes:
        url: The presigned link.
        method: Its method.
        headers: Its headers beside the length.
        expires_in: Seconds for which the link works, counted from the request for it.
    """

    url: ResponseValue
    method: Literal["PUT", "POST", "PATCH"] = "PUT"
    headers: Mapping[str, Value] = field(default_factory=dict[str, str])
    expires_in: ResponseValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A response to the submit that means that the upload is not registered yet.

    Attributes:
        statuses: HTTP statuses that mean so, right after our own upload.
        waits: Seconds before each further attempt; after the last one, the response counts.
    """

    statuses: tuple[HttpStatus, ...]
    waits: tuple[Seconds, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """How a recording gets to storage before the submit.

    Attributes:
        operation: The operation that responds with a link.
        request: Its body: places, and what goes there.
        put: The request that carries the recording.
        bind: Parts of the submit's body that come from the upload.
        id: The job's id, where the upload already creates the job.
        asset: The id of the upload, where many jobs can be made of it.
        pending: When a submit comes too soon after the upload.
    """

    operation: OperationId = field(metadata={"key": "operationId"})
    request: Mapping[RequestPlace, Value]
    put: Put
    bind: Mapping[RequestPlace, Value]
    id: ResponseValue | None = None
    asset: ResponseValue | None = None
    pending: Pending | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A submit whose response already is the response of a poll.

    Attributes:
        statuses: HTTP statuses of such a response.
    """

    statuses: tuple[HttpStatus, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start(Link):
    """A second call that starts a created job.

    Attributes:
        unless: The boolean of the submit's body by which a job starts by itself.
    """

    unless: RequestPlace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Seconds between two polls.

    Attributes:
        initial: After the first poll.
        factor: How much longer each pause is than the one before.
        max: The longest pause.
    """

    initial: PositiveSeconds
    factor: Annotated[float, Range(minimum=1)]
    max: PositiveSeconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Grace:
    """How long a job may be invisible, because it is new or being moved.

    Attributes:
        statuses: HTTP statuses that are tolerated meanwhile.
        seconds: For how long.
    """

    statuses: tuple[HttpStatus, ...]
    seconds: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Polling(Link):
    """How to get the status of a job, and how often.

    Attributes:
        status: The status value; its property needs ``x-states``.
        interval: Pauses between polls, unless the client has a `Poll` of its own.
        timeout: Seconds for a whole call, unless the caller says otherwise.
        error: Why the job failed.
        id: The job's id in this response, where it is elsewhere than in the submit's.
        progress: Handed to listeners as it is, or the name of a function that derives it.
        unknown: What a status value that the spec does not list means.
        fold_case: Whether status values are compared case-insensitively.
        settled: Name of a function that says whether a final status is really the end.
        grace: When a missing job is tolerated.
    """

    status: ResponseValue
    interval: Interval
    timeout: PositiveSeconds
    error: ResponseValue | None = None
    id: ResponseValue | None = None
    progress: Progress | None = None
    unknown: Literal["running", "fail"] = "running"
    fold_case: bool = False
    settled: Identifier | None = None
    grace: Grace | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelTypes:
    """What the spec says of one model.

    Attributes:
        result: Name of the schema of its result.
        parameters: Name of the schema whose properties are its parameters.
    """

    result: str
    parameters: str | None = None


Place = ResponseValue | Mapping[str, ResponseValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Where the result is, and its type.

    Attributes:
        name: Class name of a job that ended well.
        value: The result. The fields of several places are joined; a mapping names values.
        operation: Another operation that has the result; ``None`` where the poll has it.
        parameters: Its arguments.
        url: A link to the result, or to more of it, in the response of the poll.
        linked: The models whose result is behind `url`, or most of it.
        type: Name of the schema of a result that no model decides on, or ``any``.
        types: The schema of each model's result, or that and its parameters.
    """

    name: ClassName
    value: Place | tuple[Place, ...]
    operation: OperationId | None = field(default=None, metadata={"key": "operationId"})
    parameters: Mapping[str, Value] = field(default_factory=dict[str, str])
    url: ResponseValue | None = None
    linked: tuple[str, ...] = ()
    type: str | None = None
    types: Mapping[str, str | ModelTypes] = field(default_factory=dict[str, "str | ModelTypes"])

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the result, however they are written."""
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @property
    def link(self) -> Link | None:
        """The call that gets the result; ``None`` where the poll has it."""
        if self.operation is None:
            return None
        return Link(operation=self.operation, parameters=self.parameters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health(Link):
    """How to ask whether a model is ready.

    Attributes:
        status: The service's text for it.
        ready: Whether it is.
    """

    status: ResponseValue
    ready: ResponseValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """How recordings are cut that are too long for a model.

    Attributes:
        seconds: Length of the longest segment.
        overlap: Seconds that a segment shares with the one before.
        scores: By result schema, the number in it that may be averaged.
    """

    seconds: PositiveSeconds
    overlap: Seconds
    scores: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class XJob:
    """An ``x-job`` block.

    Attributes:
        version: Version of this extension.
        name: Name of the job, and of the method that runs it.
        idempotency: What to do when the response to a submit is lost.
        id: The job's id in the response to the submit.
        poll: How to get its status.
        result: Where its result is.
        aliases: More names of methods, each with the method that it stands for.
        model: Where the model goes: a path parameter, or a place in the body.
        file: The part of a multipart submit that is the recording.
        inline: When the response to the submit already is a poll's.
        upload: How a recording gets to storage before the submit.
        start: A second call that starts the job.
        events: A stream of server-sent events about the job; polling stays the fallback.
        cancel: Cancels a running job.
        pause: Pauses a running job.
        resume: Resumes a paused job.
        health: How to ask whether a model is ready.
        segments: How long recordings are cut.
    """

    version: Literal[1]
    name: Identifier
    idempotency: Idempotency
    id: ResponseValue
    poll: Polling
    result: Result
    aliases: Mapping[Identifier, Identifier] = field(default_factory=dict[str, str])
    model: ModelPlace | None = None
    file: RequestPlace | None = None
    inline: Inline | None = None
    upload: Upload | None = None
    start: Start | None = None
    events: Link | None = None
    cancel: Link | None = None
    pause: Link | None = None
    resume: Link | None = None
    health: Health | None = None
    segments: Segments | None = None

    @property
    def links(self) -> dict[str, Link]:
        """Every call after the submit, by the key that describes it."""
        blocks = {each.name: getattr(self, each.name) for each in fields(self)}
        found = {key: block for key, block in blocks.items() if isinstance(block, Link)}
        return found if self.result.link is None else {**found, "result": self.result.link}
