"""What the handles of sync and async clients share: one job, and the wait for its end."""

import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from inspect import isawaitable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, Self, TypedDict, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import ConfigurationError, InputError, JobRunning, JobTimeout, boundary
from redenlab.core.events import Event, Finished, Listener, Polled
from redenlab.core.jobs import resume_tokens
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import JobPoller, cancelling, get_status, send_command
from redenlab.core.jobs.progress import Progress
from redenlab.core.jobs.results import result
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.jobs.streams import StreamEvent, streamed
from redenlab.core.spec.job_spec import FINAL, Command
from redenlab.core.spec.steps import Interval
from redenlab.core.transport.io import Workflow

if TYPE_CHECKING:
    from redenlab.core.calls.extras import ExtraOptions


class WaitOptions(TypedDict, total=False):
    """How a call that runs a job waits for it.

    Attributes:
        on_progress: Called with the typed response to each poll, and awaited in the async client
            if it is a coroutine function; what it raises ends the wait.
        cancel_on_interrupt: Whether the job is cancelled when the call is interrupted: by Ctrl-C,
            or by the cancellation of its task. ``True`` if left out.
    """

    on_progress: Callable[[Any], object] | None
    cancel_on_interrupt: bool


OnPoll = Callable[[Any], object]
"""Called with the `Snapshot` of a poll; may be a coroutine function in async clients."""

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
        snapshot: What the last poll has found; ``None`` before the first one.
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
        self.snapshot: Snapshot[Any] | None = ref.end
        self._kept = dict(ref.kept)
        self._recording = ref.recording

    def __repr__(self) -> str:
        """Name the job and its last known status."""
        model = f", model={self.model_name!r}" if self.model_name else ""
        return f"{type(self).__name__}(id={self.id!r}{model}, status={self.status!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the client behind, and the path of the recording, which may name a patient."""
        with boundary():
            resume_tokens.check_portable(self._ref)
        ref = dataclasses.replace(self._ref, recording=None)
        return type(self), (None, self._service, self._name, ref)

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
    def kind(self) -> JobType[Any]:
        """What kind of job it is."""
        return self._job

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
        self.status, self.snapshot = found.status, found
        if self._end is None and found.state in FINAL:  # the first final status counts
            self._end = found

    @property
    def progress(self) -> Progress | None:
        """How far the job was at the last poll, by the progress bar in its logs.

        ``None`` where the logs have no bar, and before the first poll.
        """
        return Progress.of(self.logged())

    def logged(self) -> str:
        """What the job had printed at the last poll; empty before the first one."""
        place = self._job.x_job.poll.logs
        found = self.snapshot.seen.scope.value(place) if self.snapshot and place else None
        return found if isinstance(found, str) else ""

    async def _done(self, context: CallContext) -> bool:
        if self._end is None:
            await self.reloaded(context)
        return self._end is not None

    async def _logs(self, context: CallContext) -> str:
        await self.reloaded(context)
        return self.logged()

    async def reloaded(self, context: CallContext) -> Snapshot[Any]:
        """The workflow behind `reload`."""
        found = await get_status(context, self._job, self._ref)
        self._noted(found)
        return found

    async def _events(
        self, context: CallContext, poll: Poll | None = None, on_poll: OnPoll | None = None
    ) -> AsyncIterator[Event]:
        pauses = poll or self._attached.poll_of(self._job.x_job.poll.interval)
        poller = JobPoller(context, self._job, self._ref, pauses)
        try:
            async for event in poller.events():
                yield event
                if isinstance(event, Polled | Finished):
                    self.snapshot = poller.last
                    await self._tell(on_poll)
        except JobTimeout as error:
            error.job = self
            raise
        self._noted(poller.last)

    async def _tell(self, on_poll: OnPoll | None) -> None:
        told = on_poll(self.snapshot) if on_poll is not None else None
        if self._attached.is_async and isawaitable(told):
            await told

    async def waited(
        self, context: CallContext, poll: Poll | None = None, on_poll: OnPoll | None = None
    ) -> Snapshot[Any]:
        """The workflow behind `wait`, within the deadline of `context`; returns the end.

        Args:
            context: Of the call.
            poll: Pauses between polls; ``None`` takes those of the client.
            on_poll: Called with what each poll that succeeds has found; awaited, if that can be,
                in async clients. What it raises ends the wait.
        """
        if self._end is None:
            async for event in self._events(context, poll, on_poll):
                context.emit(event)
        return self.end

    async def ended(self, context: CallContext, how: WaitOptions | None = None) -> F:
        """The workflow behind `result`, within the deadline of `context`; waits as `how` says."""
        tell = how.get("on_progress") if how is not None else None

        def told(found: Snapshot[Any] | None) -> object:
            return None if tell is None or found is None else tell(found.envelope)

        async with self.interruptible(context, how):
            end = await self.waited(context, None, told)
        ended = await result(context, self._attached, self._job, self._ref, end)
        ended.recording = self._recording
        return cast("F", ended)

    def streamed(self, context: CallContext) -> AsyncGenerator[StreamEvent, None]:
        """The workflow behind `stream`, within the deadline of `context`."""
        return streamed(context, self._attached, self)

    def interruptible(
        self, context: CallContext, how: WaitOptions | None
    ) -> AbstractAsyncContextManager[None]:
        """A block whose interruption cancels the job, if `how` has not said otherwise."""
        if how is not None and how.get("cancel_on_interrupt", True):
            return cancelling(context, self._job, self._ref)
        return nullcontext()

    async def _command(self, context: CallContext, command: Command) -> Self:
        await send_command(context, self._job, command, self._ref)
        return self

    async def _retried(self, context: CallContext) -> Self:
        await self._command(context, "retry")
        self._end = None
        return self
