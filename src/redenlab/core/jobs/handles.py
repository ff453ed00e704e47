"""Handles: what a caller holds while a job runs.

`Job` and `AsyncJob` have the same methods; the workflows behind them are shared, in `Handle`.
"""

import dataclasses
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, ClassVar, Generic, Protocol, Self, TypeVar, Unpack, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.extras import ExtraOptions
from redenlab.core.errors import ConfigurationError, InputError, JobRunning, JobTimeout, boundary
from redenlab.core.events import Event, Listener
from redenlab.core.files.sources import Opener
from redenlab.core.jobs import resume_tokens
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import JobPoller, get_status, send_command
from redenlab.core.jobs.results import result
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.jobs.submission import JobRequest, submit
from redenlab.core.spec.job_spec import FINAL, Command
from redenlab.core.spec.steps import Interval
from redenlab.core.transport.io import Workflow, run

T = TypeVar("T")


class JobClient(Protocol):
    """What a handle needs of a client; see `redenlab.core.clients.base.Client`."""

    handle: ClassVar[type["Handle[Any, Any]"]]
    is_async: ClassVar[bool]
    jobs: ClassVar[Mapping[str, JobType[Any]]]

    @property
    def base_url(self) -> str: ...
    def poll_of(self, interval: Interval) -> Poll: ...
    def call_context(
        self,
        call: str,
        timeout: float | None = None,
        on_event: Listener | None = None,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, str] | None = None,
    ) -> CallContext: ...


class SyncJobClient(JobClient, Protocol):
    """A client that runs workflows at once."""

    def finish(self, context: CallContext, workflow: Workflow[T]) -> T: ...


class AsyncJobClient(JobClient, Protocol):
    """A client that awaits workflows."""

    async def finish(self, context: CallContext, workflow: Workflow[T]) -> T: ...


C = TypeVar("C", bound=JobClient)
F = TypeVar("F")


class Handle(Generic[C, F]):
    """One job of the service.

    It pickles without its client, and so without a credential; `attach` gives it one again. Each
    method that sends requests takes `extra_headers` and `extra_query` for them; see
    `redenlab.ExtraOptions`.

    Attributes:
        id: The service's id of the job.
        model_name: The model it was submitted to; ``None`` where the job has no models.
        status: The last known status value; `done` asks the service.
    """

    def __init__(self, client: C | None, service: str, job: str, ref: JobRef) -> None:
        """The job `ref` of the type `job` of `service`; without a client, `attach` one later."""
        self.id: str = ref.job_id
        self.model_name: str | None = ref.model
        self.status: str = ref.status
        self._service = service
        self._name = job
        self._client = client
        self._end: Snapshot[Any] | None = ref.end
        self._kept = dict(ref.kept)
        self._recording = ref.recording

    def __repr__(self) -> str:
        """Name the job and its last known status."""
        model = f", model={self.model_name!r}" if self.model_name else ""
        return f"{type(self).__name__}(id={self.id!r}{model}, status={self.status!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the client behind."""
        with boundary():
            resume_tokens.check_portable(self._ref)
        return type(self), (None, self._service, self._name, self._ref)

    @property
    def resume_token(self) -> str:
        """A short text that finds this job again, in any process; it holds no secret.

        Raises:
            InputError: The service names the job by a signed URL alone, which is a secret.
        """
        with boundary():
            return resume_tokens.encode(self._service, self._name, self._ref)

    @property
    def end(self) -> Snapshot[Any]:
        """The response that carried the final status.

        Raises:
            JobRunning: None has yet; `wait` for one.
        """
        if self._end is None:
            raise JobRunning(f"job {self.id} was not seen to end", job_id=self.id)
        return self._end

    @property
    def request_id(self) -> str | None:
        """The service's id of the request that showed the end; ``None`` before it was seen."""
        return None if self._end is None else self._end.request_id

    @classmethod
    def from_resume_token(cls, resume_token: str, client: C) -> Self:
        """The job that a resume token names; nothing is sent.

        Raises:
            InputError: It is no resume token, or one of another service or of a newer version.
        """
        service, job, ref = resume_tokens.decode(resume_token)
        handle = cls(client, service, job, ref)
        handle._job  # noqa: B018 - refuses a job that this client does not know
        return handle

    def attach(self, client: C) -> Self:
        """Use `client` from now on; needed after unpickling."""
        self._client = client
        return self

    @property
    def _attached(self) -> C:
        if self._client is None:
            raise ConfigurationError(
                f"job {self.id} has no client any more", hint="call job.attach(client) first"
            )
        return self._client

    @property
    def _job(self) -> JobType[Any]:
        job = self._attached.jobs.get(self._name)
        if job is None or job.spec.service != self._service:
            raise InputError(
                f"the job belongs to {self._service} ({self._name}), not to {self._attached}",
                hint=f"use a client of {self._service}",
            )
        return job

    @property
    def _ref(self) -> JobRef:
        kept, recording = self._kept, self._recording
        return JobRef(self.id, self.model_name, self.status, kept=kept, recording=recording)

    def _context(
        self,
        call: str,
        timeout: float | None = None,
        on_event: Listener | None = None,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, str] | None = None,
    ) -> CallContext:
        extra: ExtraOptions = {"extra_headers": extra_headers, "extra_query": extra_query}
        return self._attached.call_context(f"job.{call}", timeout, on_event, **extra)

    def _noted(self, found: Snapshot[Any]) -> None:
        self.status = found.status
        if self._end is None and found.state in FINAL:  # the first final status counts
            self._end = found

    async def _done(self, context: CallContext) -> bool:
        if self._end is None:
            self._noted(await get_status(context, self._job, self._ref))
        return self._end is not None

    async def _events(self, context: CallContext) -> AsyncIterator[Event]:
        poll = self._attached.poll_of(self._job.x_job.poll.interval)
        poller = JobPoller(context, self._job, self._ref, poll)
        try:
            async for event in poller.events():
                yield event
        except JobTimeout as error:
            error.job = self
            raise
        self._noted(poller.last)

    async def waited(self, context: CallContext) -> Snapshot[Any]:
        """The workflow behind `wait`, within the deadline of `context`; returns the end."""
        if self._end is None:
            async for event in self._events(context):
                context.emit(event)
        return self.end

    async def ended(self, context: CallContext) -> F:
        """The workflow behind `result`, within the deadline of `context`."""
        end = await self.waited(context)
        ended = await result(context, self._attached, self._job, self._ref, end)
        ended.recording = self._recording
        return cast("F", ended)

    async def _command(self, context: CallContext, command: Command) -> Self:
        await send_command(context, self._job, command, self._ref)
        return self

    async def _retried(self, context: CallContext) -> Self:
        await self._command(context, "retry")
        self._end = None
        return self


class Job(Handle[SyncJobClient, F]):
    """A job, for threads; see `Handle` for its attributes."""

    def done(self, **extra: Unpack[ExtraOptions]) -> bool:
        """Ask the service whether the job has ended, well or badly.

        Raises:
            RedenLabError: The service could not be asked.
        """
        context = self._context("done", **extra)
        return self._attached.finish(context, self._done(context))

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
    context: CallContext, client: JobClient, job: JobType[Any], request: JobRequest
) -> Any:
    """Submit and wait for the result, all within one deadline."""
    handle = await submit_job(context, client, job, request)
    return await handle.ended(context)
