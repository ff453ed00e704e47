"""What the methods of resources do: call one operation, or wait for a job."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.extras import no_body
from redenlab.core.clients.base import Client
from redenlab.core.clients.methods import Call
from redenlab.core.clients.options import CallOptions, RequestOptions, of_call, refuse_unknown
from redenlab.core.errors import JobTimeout, RedenLabError, SubmitUncertain, UnexpectedResponse
from redenlab.core.events import Finished, Polled
from redenlab.core.files.uploads import as_file
from redenlab.core.jobs.input_files import opened_file, prepared
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import JobPoller
from redenlab.core.jobs.results import result
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.transport.gate import request_id
from redenlab.core.transport.io import Workflow
from redenlab.core.transport.outcomes import may_have_acted
from redenlab.lowlevel.types import File, RawResponse

if TYPE_CHECKING:
    from redenlab.core.jobs.outputs import OutputClient


def begun(  # noqa: PLR0913 - what an operation takes, and the call's own
    client: Client,
    name: str,
    options: CallOptions | RequestOptions,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
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
    """
    refuse_unknown(options, CallOptions)
    context = client.call_context(name, **of_call(options))
    workflow = request(context, client, operation, arguments, values, files=files)
    for job in client.jobs.values():
        if job.spec.submit == operation.operation.OPERATION and job.x_job.lost is not None:
            return context, _once(workflow, job.x_job.lost)
    return context, workflow


async def _once(workflow: Workflow[Any], hint: str) -> Any:
    """Start a job; where the response is lost, `hint` says how to find it.

    Raises:
        SubmitUncertain: Whether the job was started is unknown.
    """
    try:
        return await workflow
    except RedenLabError as error:
        if not (may_have_acted(error) or isinstance(error, UnexpectedResponse)):
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
    value: str,
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
        value: The attribute of the responses that is shown, and returned.
        strict: Whether a bad end is an error.
    """
    ref = JobRef(job_id, None)
    context = client.call_context("wait", timeout)
    poll = client.poll_of(job.x_job.poll.interval) if pause is None else Poll(pause, 1, pause)
    poller = JobPoller(context, job, ref, poll)

    async def watch() -> Any:
        async for event in poller.events():
            context.emit(event)
            if on_poll is not None and isinstance(event, Polled | Finished):
                told = on_poll(getattr(poller.last.envelope, value))
                if client.is_async and isawaitable(told):
                    await told
        if strict:
            await result(context, cast("OutputClient", client), job, ref, poller.last)
        return getattr(poller.last.envelope, value)

    async def end() -> Any:
        try:
            return await watch()
        except JobTimeout as error:
            error.job = client.handle(client, job.spec.service, job.name, ref)
            raise

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
