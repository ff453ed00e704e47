"""The one form of a step: whatever ``x-job`` calls is described by it, before or after the submit.

As in `redenlab.core.spec.grammar`, each dataclass is a block and each field a key of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from redenlab.core.spec.blocks import EMPTY, Block, named
from redenlab.core.spec.expressions import EXPRESSION
from redenlab.core.spec.forms import Form, Range

OperationId = Annotated[str, Form(r".+", "the operationId of an operation")]
Identifier = Annotated[str, Form(r"[A-Za-z][A-Za-z0-9_]*", "a Python identifier")]
ClassName = Annotated[str, Form(r"[A-Z][A-Za-z0-9]*", "the name of a class: CaptionResult")]
Expression = Annotated[str, Form(EXPRESSION, "an expression such as $response.body#/name")]
Template = Any
"""Any JSON; texts in it may be expressions, see `redenlab.core.spec.expressions`."""
Text = Annotated[str, Form(r"[^$].*|" + EXPRESSION, "a text, or an expression such as $job.id")]
Condition = Annotated[str, Form(r".+", "a condition such as $response.body#/done == true")]
RequestCondition = Annotated[
    str,
    Form(
        r"[^$]*(\$request\.[^$]+)+",
        "a condition on the request such as $request.body#/autoStart == true",
    ),
]
RequestPlace = Annotated[
    str,
    Form(
        r"\$request\.((path|query|header)\.[^.#]+|body(#(/[^/]+)+)?)",
        "a place in the request: $request.body#/name, $request.header.Name",
    ),
]
HttpStatus = Annotated[int, Range(minimum=100, maximum=599)]
Seconds = Annotated[float, Range(minimum=0)]
PositiveSeconds = Annotated[float, Range(above=0)]
PositiveInt = Annotated[int, Range(minimum=1)]


class Step(Block):
    """A call: of an operation of the spec, or of a URL that the service sent.

    Attributes:
        operation: The operation; ``None`` where `url` is given.
        parameters: Its path, query and header parameters; those of a URL step go into its query.
        url: A URL from a response or from what was kept.
        method: Of a `url`.
        key: Whether a `url` is on the API's own origin and is sent the key, or is sent none.
        headers: Further headers.
        body: The request body: any JSON, or ``$file`` or ``$part`` for bytes as they are.
        form: The fields of a multipart form, instead of `body`; ``*`` are all those of an object.
        keep: Values of the response for later steps, by name.
        hold: Seconds for which the service may hold its response back, beyond the usual limit.
    """

    operation: OperationId | None = named("operationId", default=None)
    parameters: Mapping[str, Template] = EMPTY
    url: Text | None = None
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    key: Literal["own", "none"] = "own"
    headers: Mapping[str, Text] = EMPTY
    body: Template = None
    form: Mapping[str, Template] | None = None
    keep: Mapping[Identifier, Expression] = EMPTY
    hold: Seconds = 0


class Interval(Block):
    """Seconds between two polls.

    Attributes:
        initial: After the first poll.
        factor: How much longer each pause is than the one before.
        max: The longest pause.
    """

    initial: PositiveSeconds = 1
    factor: Annotated[float, Range(minimum=1)] = 1.5
    max: PositiveSeconds = 30

    def pause(self, polls: int) -> float:
        """Seconds to wait after poll number `polls`, from 1."""
        return min(self.initial * self.factor ** min(polls - 1, 64), self.max)


class Parts(Block):
    """An upload in parts: the step is repeated for each of them.

    Attributes:
        size: Bytes of a part; the last one may be smaller.
        name: Under ``$upload``, the list of what the steps kept, each with its ``number`` from 1.
    """

    size: PositiveInt
    name: Identifier


class Until(Block):
    """Repeats a step until the service has processed what was uploaded.

    Attributes:
        done: When it is ready.
        failed: When it never will be.
        error: Why.
        interval: Pauses in between.
    """

    done: Condition
    failed: Condition | None = None
    error: Expression | None = None
    interval: Interval = Interval()


class UploadStep(Step):
    """A step of an upload. One that sends ``$file`` or ``$part`` is sent once, never again.

    Attributes:
        expires_in: Seconds for which the URL of this step works, counted from the step before.
        parts: Repeats the step for each part of the recording.
        until: Repeats the step until what was uploaded is ready.
    """

    expires_in: Expression | None = None
    parts: Parts | None = None
    until: Until | None = None


class Start(Step):
    """A second call that starts a created job.

    Attributes:
        unless: When a job starts by itself: a condition on what the submit carries.
    """

    unless: RequestCondition | None = None


class Pending(Block):
    """A response that means that something is not ready yet.

    Attributes:
        statuses: HTTP statuses that mean so.
        waits: Seconds before each further attempt; after the last one, the response counts.
    """

    statuses: tuple[HttpStatus, ...]
    waits: tuple[Seconds, ...]


class Grace(Block):
    """How long a job may be invisible, because it is new or being moved.

    Attributes:
        statuses: HTTP statuses that are tolerated meanwhile.
        seconds: For how long.
    """

    statuses: tuple[HttpStatus, ...]
    seconds: Seconds


class Polling(Step):
    """How to get the status of a job, and how often.

    Attributes:
        status: The status value; its property needs ``x-states``.
        interval: Pauses between polls, unless the client has a `Poll` of its own.
        timeout: Seconds for a whole call, unless the caller says otherwise.
        error: Why the job failed; of several, the first that has a value.
        id: The job's id in this response, where it is elsewhere than in the submit's.
        progress: Handed to listeners as it is.
        logs: What the job has printed so far; the last progress bar in it is that of handles.
        unknown: What a status value that the spec does not list means.
        grace: When a missing job is tolerated.
        matches: Operation whose path a `url` fills; its path parameters become ``$job`` values.
    """

    status: Expression | None = None
    interval: Interval = Interval()
    timeout: PositiveSeconds = 3600
    error: Text | tuple[Text, ...] | None = None
    id: Expression | None = None
    progress: Template = None
    logs: Expression | None = None
    unknown: Literal["running", "fail"] = "running"
    grace: Grace | None = None
    matches: OperationId | None = None


class Lookup(Step):
    """A call for one value.

    Attributes:
        value: The value, in the response.
        when: When it is the one to be made; ``None`` for always.
    """

    value: Expression
    when: Condition | None = None


class Health(Step):
    """How to ask whether a model is ready.

    Attributes:
        status: The service's text for it.
        ready: Whether it is.
    """

    status: Expression
    ready: Expression


Place = Expression | Mapping[str, Expression]
Media = Literal["json", "jsonl", "text", "binary"]


class Fetch(Step):
    """How to get a result, or a part of one; without a step it is in the response of the poll.

    Attributes:
        value: The result; the whole body unless given. The fields of several places are joined; a
            mapping names values.
        media: What the body is; bytes and JSON lines are read when they are wanted.
        each: A list; the step is called for each ``$entry``, and the result is a list.
        pages: Whether all pages of the operation are joined; it needs ``x-page``.
        pending: When the result is not ready yet, although the job has ended.
        failed: When the response means that the job failed after all.
        error: Why it did.
    """

    value: Place | tuple[Place, ...] = "$response.body"
    media: Media = "json"
    each: Expression | None = None
    pages: bool = False
    pending: Pending | None = None
    failed: Condition | None = None
    error: Text | tuple[Text, ...] | None = None

    @property
    def places(self) -> tuple[Place, ...]:
        """The places of the result, however they are written."""
        return self.value if isinstance(self.value, tuple) else (self.value,)

    @property
    def is_step(self) -> bool:
        """Whether anything is called."""
        return self.operation is not None or self.url is not None
