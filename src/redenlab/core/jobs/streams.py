"""The output of a job while it runs: server-sent events, as ``stream`` of ``x-job`` says."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.files import downloads
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.polling import reason
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import OutputStream
from redenlab.core.transport.sse import ServerSentEvent
from redenlab.lowlevel.types import RawResponse

if TYPE_CHECKING:
    from redenlab.core.jobs.handle import Handle
    from redenlab.core.jobs.outputs import OutputClient

NO_STREAM: Final = "no_stream"
"""The `code` of the error for a job that does not stream."""


@dataclass(frozen=True, slots=True)
class StreamEvent(ServerSentEvent):
    """One event of the stream of a job.

    Attributes:
        output: The piece of output that it carries: a text, or a file
            (`redenlab.core.jobs.outputs.FileOutput`) for the URL of one; ``None`` where it carries
            something else, such as logs.
    """

    output: Any = None


async def streamed(
    context: CallContext, client: "OutputClient", handle: "Handle[Any, Any]"
) -> AsyncGenerator[StreamEvent, None]:
    """The events of the stream of a job, until it has ended well; every error has its `job`.

    Raises:
        InputError: Jobs of this kind do not stream.
        JobFailed: It failed.
        JobCancelled: It was cancelled.
        JobTimeout: It still runs.
        APIError: This one does not stream, or the stream could not be resumed; the job goes on.
    """
    try:
        job, how = handle.kind, handle.kind.x_job.stream
        if how is None:
            raise errors.InputError(f"a {job.name} job does not stream", hint="wait for its end")
        url = (await handle.reloaded(context)).seen.scope.value(how.url)
        if not isinstance(url, str) or not url:
            hint = "wait for its end instead: client.job(error.job_id).result()"
            raise errors.APIError("this job does not stream", hint=hint, code=NO_STREAM)
        async with aclosing(downloads.events(context, Secret(url), how.hosts)) as events:
            async for event in events:
                if event.event in {*how.done, *how.failed}:
                    _check_end(job, how, handle.id, event, context)
                    return
                yield _read(client, job, how, event)
    except errors.RequestTimeout as error:
        problem = f"job {handle.id} still streams: {error.message}"
        late = error.converted(errors.JobTimeout, problem, "wait for it again: error.job.result()")
        late.job = handle
        raise late.with_job_id(handle.id) from None
    except errors.RedenLabError as error:
        error.with_job_id(handle.id)
        raise


def _read(
    client: "OutputClient", job: JobType[Any], how: OutputStream, event: ServerSentEvent
) -> StreamEvent:
    from redenlab.core.jobs import outputs  # noqa: PLC0415 - few jobs stream

    piece: Any = event.data if event.event in how.output else None
    if piece is not None and job.x_job.result.files == "any":
        found = outputs.files(client, piece.strip(), job.x_job.result.hosts)
        piece = piece if isinstance(found, str) else found
    return StreamEvent(event.event, event.data, event.id, piece)


def _check_end(
    job: JobType[Any], how: OutputStream, job_id: str, event: ServerSentEvent, context: CallContext
) -> None:
    """Raise the error of the last event of a stream, if it is not success."""
    try:
        body: Any = RawResponse(200, {}, event.data.encode()).json()
    except ValueError:
        body = {}
    told = reason(Scope(response={"body": body}), how.reason, context.redact)
    if told is not None and job.spec.state(told) == "cancelled":
        raise errors.JobCancelled(f"job {job_id} was cancelled: {told}", job_id=job_id)
    if told is not None or event.event in how.failed:
        raise errors.JobFailed(f"job {job_id} failed: {told or 'Unknown error'}", job_id=job_id)
