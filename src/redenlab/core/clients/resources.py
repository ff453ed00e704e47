"""What the methods of resources do: call one operation, or wait for a job."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, cast

from redenlab.core.calls.context import CallContext, built, given
from redenlab.core.calls.extras import no_body
from redenlab.core.clients.base import Client
from redenlab.core.clients.methods import Call, Stream
from redenlab.core.clients.options import CallOptions, RequestOptions, of_call, refuse_unknown
from redenlab.core.clients.streams import EventStream
from redenlab.core.errors import RedenLabError, SubmitUncertain, UnexpectedResponse
from redenlab.core.files.uploads import as_file
from redenlab.core.jobs.input_files import opened_file, prepared
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import get_status
from redenlab.core.jobs.snapshots import Snapshot, without_none
from redenlab.core.jobs.submission import resolved
from redenlab.core.spec.expressions import Scope, pointer
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.operations import BoundOperation, Reader, Within
from redenlab.core.spec.streams import XStream
from redenlab.core.transport.gate import request_id
from redenlab.core.transport.io import Workflow
from redenlab.core.transport.outcomes import may_have_acted
from redenlab.lowlevel.types import File, RawResponse


def begun(  # noqa: PLR0913 - what an operation takes, and the call's own
    client: Client,
    name: str,
    options: CallOptions | RequestOptions,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
    command_of: str | None = None,
) -> Call[Any]:
    """A call of one operation; see `request`.

    Args:
        client: Makes the call.
        name: Of the call, in logs and traces.
        options: Of the call.
        operation: The operation.
        arguments: Of its path, query and headers.
        values: The properties of its body.
        files: Which of the values are files.
        command_of: The job that it cancels, pauses and so on, if a poll is answered with the same
            schema.
    """
    refuse_unknown(options, CallOptions)
    values = _checked(client, operation, arguments, values)
    context = client.call_context(name, **of_call(options))

    def once(body: Mapping[str, Any] | None) -> Workflow[Any]:
        return request(context, client, operation, arguments, body, files=files)

    for job in client.jobs.values():
        if job.spec.submit == operation.operation.OPERATION:
            return context, _started(context, job, once, values or {})
    if command_of is not None:
        send = partial(once, values)
        return context, _commanded(context, client.jobs[command_of], operation, arguments, send)
    return context, once(values)


def parted(arguments: Mapping[str, Any], names: Sequence[str]) -> Mapping[str, Any]:
    """Arguments of which the first of `names` may have all of them: ``owner/name``."""
    first, *others = names
    parts = str(arguments[first]).split("/")
    if len(parts) != len(names) or any(arguments[name] is not None for name in others):
        return arguments
    return {**arguments, **dict(zip(names, parts, strict=True))}


def streamed(  # noqa: PLR0913 - what an operation takes, and the call's own
    client: Client,
    name: str,
    options: CallOptions | RequestOptions,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    how: XStream,
    read: Reader,
) -> Stream[Any]:
    """The stream that one operation is answered with; see `begun` for the other arguments.

    Args:
        client: Makes the call.
        name: Of the call, in logs and traces.
        options: Of the call.
        operation: The operation.
        arguments: Of its path, query and headers.
        values: The properties of its body.
        how: ``x-stream`` of the operation.
        read: Reads what an event carries.
    """
    refuse_unknown(options, CallOptions)
    values = _checked(client, operation, arguments, values)
    context = client.call_context(name, **of_call(options))
    asked = built(operation.operation, **given(operation, without_none(values or {}), arguments))
    found: EventStream[Any] = EventStream(context, context.extras.in_body(asked), how, read)
    return context, found.values()


def _checked(
    client: Client,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None,
) -> Mapping[str, Any] | None:
    """The values in the form of the wire, checked where the spec wants that."""
    demands, name = client.demands, operation.operation.OPERATION
    if demands is None:
        return values
    demands.check(name, demands.wired(name, without_none(arguments)))
    if values is None:
        return None
    wired = demands.wired(name, values)
    demands.check(name, wired)
    return wired


async def _commanded(
    context: CallContext,
    job: JobType[Any],
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    send: Callable[[], Workflow[Any]],
) -> Any:
    """Command a job; services that answer a success with less than the job are polled for it."""
    try:
        return await send()
    except UnexpectedResponse:
        command = operation.operation.OPERATION
    step = next(step for step in job.x_job.steps.values() if step.operation == command)
    places = {name: text.removeprefix("$job.") for name, text in step.parameters.items()}
    known = {places[name]: str(value) for name, value in arguments.items() if name in places}
    found = await get_status(context, job, JobRef(known.pop("id"), None, kept=known))
    whole = found.envelope
    return (
        getattr(whole, operation.operation.name)
        if isinstance(operation.operation, Within)
        else whole
    )


async def _started(
    context: CallContext,
    job: JobType[Any],
    send: Callable[[Mapping[str, Any]], Workflow[Any]],
    values: Mapping[str, Any],
) -> Any:
    """Start a job; a reference to a model is replaced where the service asks for that.

    Raises:
        SubmitUncertain: Whether the job was started is unknown.
    """
    model, place = job.x_job.model, pointer(str(job.x_job.model_place)).removeprefix("/")
    try:
        return await _once(send(values), job)
    except RedenLabError as error:
        name = values.get(place)
        if not isinstance(model, ModelReference) or not isinstance(name, str):
            raise
        parts = model.parts(name)
        if parts is None or error.status is None:
            raise
        failure = error
    refusal = RawResponse(failure.status or 0, {}, (failure.body or "").encode())
    scope = Scope(model=parts).responded(refusal)
    value = await resolved(context, job, scope, failure, name)
    if value is None:
        raise failure
    return await _once(send({**values, place: value}), job)


async def _once(workflow: Workflow[Any], job: JobType[Any]) -> Any:
    """Start a job; where the response is lost, the error says how to find it, if the spec does."""
    hint = job.x_job.lost
    try:
        return await workflow
    except RedenLabError as error:
        if hint is None or not (may_have_acted(error) or isinstance(error, UnexpectedResponse)):
            raise
        problem = f"it is unknown whether the job was started: {error.message}"
        uncertain = error.converted(SubmitUncertain, problem, hint)
    uncertain.retryable = False
    raise uncertain


def waiting(
    client: Client, job: str, job_id: str, options: RequestOptions, *, value: str | None = None
) -> Call[Any]:
    """A call that waits for the end of a job, and returns the last response to a poll.

    Args:
        client: Makes the call.
        job: The name of the job.
        job_id: Which one.
        options: Of the call.
        value: The attribute of the response that is returned instead; ``None`` for the whole.
    """
    spec = client.jobs[job].spec
    context = client.call_context("wait", **options)
    handle = client.handle(client, spec.service, job, JobRef(job_id, None))

    async def end() -> Any:
        envelope = (await handle.waited(context)).envelope
        return envelope if value is None else getattr(envelope, value)

    return context, end()


def watching(  # noqa: PLR0913 - how a job is waited for
    client: Client,
    job: JobType[Any],
    job_id: str,
    timeout: float,
    pause: float | None,
    on_poll: Callable[[Any], object] | None,
    *,
    value: str | None = None,
    strict: bool,
) -> Call[Any]:
    """A call that waits for the end of a job, and shows the response to each poll.

    Args:
        client: Makes the call.
        job: The type of the job.
        job_id: Which one.
        timeout: Seconds for the whole wait.
        pause: Seconds between two polls; ``None`` takes the client's.
        on_poll: Called with the response to each poll that succeeds; awaited, if that can be, in
            async clients. What it raises ends the wait.
        value: The attribute of the responses that is shown, and returned; ``None`` for the whole.
        strict: Whether a bad end is an error.
    """
    handle = client.handle(client, job.spec.service, job.name, JobRef(job_id, None))
    context = client.call_context("wait", timeout)
    poll = None if pause is None else Poll(pause, 1, pause)

    def value_of(snapshot: Snapshot[Any]) -> Any:
        return snapshot.envelope if value is None else getattr(snapshot.envelope, value)

    def shown(snapshot: Snapshot[Any]) -> object:
        return None if on_poll is None else on_poll(value_of(snapshot))

    async def end() -> Any:
        found = await handle.waited(context, poll, shown)
        if strict:
            await handle.ended(context)
        return value_of(found)

    return context, end()


async def request(  # noqa: PLR0913 - what an operation takes, and the call's own
    context: CallContext,
    client: Client,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
) -> Any:
    """Call one operation, and return its typed response.

    Its `_request_id` is set, where its type has one.

    Args:
        context: Of the call.
        client: Prepares the body.
        operation: The operation.
        arguments: Of its path, query and headers; ``None`` is not sent.
        values: The properties of its body; ``None`` is not sent.
        files: Which of the values are files: paths, bytes or binary file objects.
    """
    if context.extras.body and operation.body is None:
        raise no_body(operation.operation.OPERATION)
    with ExitStack() as stack:
        body = await prepared(context, client.jobs.values(), without_none(values or {}))
        for name in files:
            if not isinstance(body.get(name), File | None):
                held = await opened_file(context, body[name])
                stack.callback(held.close)
                body[name] = as_file(held)
        typed, response = await context.call_json(operation, body, arguments)
    return _identified(typed, response)


def _identified(value: Any, response: RawResponse) -> Any:
    """`value` with the service's id of its request, if it is a model, which has a place for it."""
    if hasattr(cast("type[object]", type(value)), "_request_id"):
        object.__setattr__(value, "_request_id", request_id(response.headers))
    return value
