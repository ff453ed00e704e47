"""Handles: what a caller holds while a job runs.

`Job` and `AsyncJob` have the same methods; the workflows behind them are in
`redenlab.core.jobs.handle`.
"""

import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from contextlib import aclosing
from typing import Any, Self, Unpack

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.extras import ExtraOptions
from redenlab.core.errors import JobTimeout
from redenlab.core.events import Event, Listener
from redenlab.core.files.sources import Opener
from redenlab.core.jobs.handle import (
    AsyncJobClient,
    F,
    Handle,
    JobClient,
    SyncJobClient,
    WaitOptions,
)
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.jobs.streams import StreamEvent
from redenlab.core.jobs.submission import JobRequest, submit
from redenlab.core.transport.io import run


class Job(Handle[SyncJobClient, F]):
    """A job, for threads; see `Handle` for its attributes."""

    def done(self, **extra: Unpack[ExtraOptions]) -> bool:
        """Ask the service whether the job has ended, well or badly.

        Raises:
            RedenLabError: The service could not be asked.
        """
        context = self._context("done", **extra)
        return self._attached.finish(context, self._done(context))

    def reload(self, **extra: Unpack[ExtraOptions]) -> Snapshot[Any]:
        """Poll once, and return what the poll has found; raises as `done` does."""
        context = self._context("reload", **extra)
        return self._attached.finish(context, self.reloaded(context))

    def logs(self, **extra: Unpack[ExtraOptions]) -> str:
        """Poll once, and return what the job has printed so far; raises as `done` does.

        Empty where it has printed nothing, or where the service does not show it.
        """
        context = self._context("logs", **extra)
        return self._attached.finish(context, self._logs(context))

    def wait(
        self,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> Self:
        """Wait for the end, good or bad.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        context = self._context("wait", timeout, on_event, **extra)
        self._attached.finish(context, self.waited(context))
        return self

    def result(
        self,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> F:
        """Wait for the end, with the arguments of `wait`, and return the typed result.

        Raises:
            JobFailed: The service gave up on the job.
            JobCancelled: The job was cancelled.
            JobTimeout: The job still runs; waiting again is fine.
        """
        context = self._context("result", timeout, on_event, **extra)
        return self._attached.finish(context, self.ended(context))

    def events(
        self, timeout: float | None = None, **extra: Unpack[ExtraOptions]
    ) -> Iterator[Event]:
        """Wait up to `timeout` seconds, yielding the event of each poll; `Finished` comes last.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        context = self._context("events", timeout, **extra)
        events = self._events(context)
        with context.instrumentation:
            while (event := run(anext(events, None))) is not None:
                context.emit(event)
                yield event

    def stream(
        self, timeout: float | None = None, **extra: Unpack[ExtraOptions]
    ) -> Generator[StreamEvent, None, None]:
        """Yield the output while the job runs, until it has ended well.

        A stream that breaks is resumed after the last event.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            extra: Headers and query parameters of the poll that finds the stream.

        Raises:
            InputError: Jobs of this kind do not stream.
            JobFailed: The job failed.
            JobCancelled: The job was cancelled.
            JobTimeout: The job still runs; streaming again is fine.
            APIError: This job does not stream, or its stream could not be resumed; it goes on.
        """
        context = self._context("stream", timeout, **extra)
        events = self.streamed(context)
        with context.instrumentation:
            try:
                while (event := run(anext(events, None))) is not None:
                    yield event
            finally:
                run(events.aclose())

    def cancel(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to stop the job; wait for it to see whether it did.

        Raises:
            InputError: The service offers no way to cancel this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        context = self._context("cancel", **extra)
        return self._attached.finish(context, self._command(context, "cancel"))

    def pause(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to pause the job until it is resumed; raises as `cancel` does."""
        context = self._context("pause", **extra)
        return self._attached.finish(context, self._command(context, "pause"))

    def resume(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to resume a paused job; raises as `cancel` does."""
        context = self._context("resume", **extra)
        return self._attached.finish(context, self._command(context, "resume"))

    def retry(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to run an ended job again, under its id; raises as `cancel` does."""
        context = self._context("retry", **extra)
        return self._attached.finish(context, self._retried(context))

    def delete(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to delete the job and its data; raises as `cancel` does."""
        context = self._context("delete", **extra)
        return self._attached.finish(context, self._command(context, "delete"))


class AsyncJob(Handle[AsyncJobClient, F]):
    """A job, for event loops; see `Handle` for its attributes."""

    async def done(self, **extra: Unpack[ExtraOptions]) -> bool:
        """Ask the service whether the job has ended; see `Job.done`."""
        context = self._context("done", **extra)
        return await self._attached.finish(context, self._done(context))

    async def reload(self, **extra: Unpack[ExtraOptions]) -> Snapshot[Any]:
        """Poll once; see `Job.reload`."""
        context = self._context("reload", **extra)
        return await self._attached.finish(context, self.reloaded(context))

    async def logs(self, **extra: Unpack[ExtraOptions]) -> str:
        """Poll once, and return what the job has printed so far; see `Job.logs`."""
        context = self._context("logs", **extra)
        return await self._attached.finish(context, self._logs(context))

    async def wait(
        self,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> Self:
        """Wait for the end, good or bad, for `timeout` seconds; see `Job.wait`."""
        context = self._context("wait", timeout, on_event, **extra)
        await self._attached.finish(context, self.waited(context))
        return self

    async def result(
        self,
        timeout: float | None = None,
        *,
        on_event: Listener | None = None,
        **extra: Unpack[ExtraOptions],
    ) -> F:
        """Wait for the end and return the typed result; see `Job.result`."""
        context = self._context("result", timeout, on_event, **extra)
        return await self._attached.finish(context, self.ended(context))

    async def events(
        self, timeout: float | None = None, **extra: Unpack[ExtraOptions]
    ) -> AsyncIterator[Event]:
        """Wait for the end, yielding the event of each poll; see `Job.events`."""
        context = self._context("events", timeout, **extra)
        with context.instrumentation:
            async for event in self._events(context):
                context.emit(event)
                yield event

    async def stream(
        self, timeout: float | None = None, **extra: Unpack[ExtraOptions]
    ) -> AsyncGenerator[StreamEvent, None]:
        """Yield the output while the job runs; see `Job.stream`."""
        context = self._context("stream", timeout, **extra)
        with context.instrumentation:
            async with aclosing(self.streamed(context)) as events:
                async for event in events:
                    yield event

    async def cancel(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to stop the job; see `Job.cancel`."""
        context = self._context("cancel", **extra)
        return await self._attached.finish(context, self._command(context, "cancel"))

    async def pause(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to pause the job until it is resumed; see `Job.pause`."""
        context = self._context("pause", **extra)
        return await self._attached.finish(context, self._command(context, "pause"))

    async def resume(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to resume a paused job; see `Job.resume`."""
        context = self._context("resume", **extra)
        return await self._attached.finish(context, self._command(context, "resume"))

    async def retry(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to run an ended job again, under its id; see `Job.retry`."""
        context = self._context("retry", **extra)
        return await self._attached.finish(context, self._retried(context))

    async def delete(self, **extra: Unpack[ExtraOptions]) -> Self:
        """Ask the service to delete the job and its data; see `Job.delete`."""
        context = self._context("delete", **extra)
        return await self._attached.finish(context, self._command(context, "delete"))


async def submit_job(
    context: CallContext, client: JobClient, job: JobType[Any], request: JobRequest
) -> Any:
    """Submit, and return the handle; raises as `redenlab.core.jobs.submission.submit`."""
    try:
        ref = await submit(context, job, request)
    except JobTimeout as error:
        late = JobRef(error.job_id or "", request.model)
        error.job = client.handle(client, job.spec.service, job.name, late)
        raise
    if isinstance(request.recording, Opener):
        ref = dataclasses.replace(ref, recording=request.recording.path)
    return client.handle(client, job.spec.service, job.name, ref)


async def run_job(
    context: CallContext,
    client: JobClient,
    job: JobType[Any],
    request: JobRequest,
    how: WaitOptions | None = None,
) -> Any:
    """Submit and wait for the result, all within one deadline, and as `how` says."""
    handle = await submit_job(context, client, job, request)
    del request  # what was sent may be large, and the wait long
    return await handle.ended(context, how)


async def stream_job(
    context: CallContext,
    client: JobClient,
    job: JobType[Any],
    request: JobRequest,
    how: WaitOptions | None = None,
) -> AsyncGenerator[StreamEvent, None]:
    """Submit and stream the output, all within one deadline, and as `how` says."""
    handle = await submit_job(context, client, job, request)
    del request  # as above
    async with handle.interruptible(context, how), aclosing(handle.streamed(context)) as events:
        async for event in events:
            yield event
