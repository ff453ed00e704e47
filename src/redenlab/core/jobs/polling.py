"""From a running job to its end: poll, pause, poll again."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Event, Finished, Polled, PollFailed
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.grammar import Link
from redenlab.core.spec.job_spec import FINAL, Command
from redenlab.core.text import sanitize
from redenlab.core.transport.gate import json_object
from redenlab.core.transport.outcomes import ends_wait
from redenlab_api.errors import DecodeError
from redenlab_api.types import RawResponse

LAST_POLL = 0.2
"""Seconds by which the poll at the deadline may overrun it."""


async def get_status(context: CallContext, job: JobType[Any], ref: JobRef) -> Snapshot[Any]:
    """Poll a job once."""
    envelope, response = await job.call(context, job.x_job.poll, ref)
    return snapshot(job, ref, envelope, response)


def snapshot(job: JobType[Any], ref: JobRef, envelope: Any, response: RawResponse) -> Snapshot[Any]:
    """A job as a response describes it."""
    try:
        return _snapshot(job, ref.job_id, envelope, json_object(response))
    except errors.RedenLabError as error:
        error.with_job_id(ref.job_id)
        raise


def _snapshot(job: JobType[Any], job_id: str, envelope: Any, raw: dict[str, Any]) -> Snapshot[Any]:
    poll = job.x_job.poll
    scope = Scope(response={"body": raw})
    if scope.value(poll.id or job.x_job.id) not in (job_id, MISSING):
        raise errors.UnexpectedResponse("the response is about another job")
    status = scope.value(poll.status)
    text = "" if status is MISSING or status is None else str(status)
    state = job.spec.state(text)
    if state is None and poll.unknown == "fail":
        unknown_status = errors.UnexpectedResponse(
            f"the service sent the status '{sanitize(text)}', which the spec does not have",
            hint="the service may be newer than this SDK; update the SDK or its spec",
        )
        unknown_status.document = raw
        raise unknown_status
    return job.snapshot(job_id, text, state or "running", envelope, raw)


class JobPoller:
    """One wait: poll, pause, poll again; the last poll is at the deadline."""

    def __init__(
        self,
        context: CallContext,
        job: JobType[Any],
        ref: JobRef,
        poll: Poll | None = None,
    ) -> None:
        """Begin now; `poll` overrides the intervals of the spec."""
        self.context = context
        self._job = job
        self._ref = ref
        self._job_id = ref.job_id
        self._poll = poll or Poll.of(job.x_job.poll.interval)
        self._start = context.io.now()
        self._last: Snapshot[Any] | None = None
        self._polls = 0
        self._slowest = 0.0
        self._invisible_since: float | None = None
        self._pause = 0.0
        self._final = context.left() <= 0

    async def events(self) -> AsyncIterator[Event]:
        """What each poll finds; `Finished` comes last."""
        stream = self._job.x_job.events
        while True:
            final = self._final
            event = await self._poll_once()
            yield event
            if isinstance(event, Finished):
                return
            if final:
                raise self._timeout()
            if stream is None:
                await self.context.io.sleep(self._pause)
                continue
            async for news in self._streamed(stream):
                yield news
            stream = None  # however it ended, polling is authoritative from here on
            self._final = self.context.left() <= 0

    async def finished(self) -> Snapshot[Any]:
        """The response with the final status; notifies listeners, and raises as `events` does."""
        async for event in self.events():
            self.context.emit(event)
        return self.last

    @property
    def last(self) -> Snapshot[Any]:
        """The last poll that succeeded; there has to be one."""
        assert self._last is not None  # noqa: S101 - `events` ended well
        return self._last

    def _elapsed(self) -> float:
        return self.context.io.now() - self._start

    async def _streamed(self, stream: Link) -> AsyncIterator[Event]:
        """What the event stream reports, until it reports the end or breaks."""
        operation = self._job.operations[stream.operation]
        scope = self._job.scope(self._ref)
        arguments = operation.arguments(scope.values(stream.parameters))
        try:
            listening = self.context.stream(operation.operation, **arguments)
            async with aclosing(listening) as found:
                async for event in found:
                    status, progress = self._news(event.data)
                    if self._job.spec.state(status) in FINAL:
                        return
                    yield Polled(self._job_id, status, self._elapsed(), 0.0, progress)
        except errors.RedenLabError as error:
            failure = error
        else:
            return
        yield PollFailed(self._job_id, failure.message, 0.0)

    def _news(self, data: str) -> tuple[str, Any]:
        """Status and progress in a server-sent event; empty where it has none."""
        try:
            body: Any = RawResponse(200, {}, data.encode()).json()
        except DecodeError:
            return "", data
        poll, scope = self._job.x_job.poll, Scope(response={"body": body})
        status = scope.value(poll.status)
        named = poll.progress is not None and poll.progress.startswith("$")
        progress = scope.value(poll.progress or "") if named else body
        return (
            status if isinstance(status, str) else "",
            None if progress is MISSING else progress,
        )

    async def _poll_once(self) -> Event:
        begun = self.context.io.now()
        self._polls += 1
        until = self.context.deadline
        if self._final:
            until = max(until, begun + LAST_POLL)
        try:
            context = self.context.with_deadline(until)
            found = await get_status(context, self._job, self._ref)
        except errors.RedenLabError as error:
            return self._failed(error)
        return self._succeeded(found, self.context.io.now() - begun)

    def _succeeded(self, found: Snapshot[Any], seconds: float) -> Event:
        self._slowest = max(self._slowest, seconds)
        self._invisible_since = None
        self._last = found
        settled = self._job.x_job.poll.settled
        if found.state in FINAL and (settled is None or self._job.hook(settled)(found)):
            return Finished(self._job_id, found.status, self._elapsed())
        self._plan()
        progress = self._progress(found)
        return Polled(self._job_id, found.status, self._elapsed(), self._pause, progress)

    def _failed(self, error: errors.RedenLabError) -> Event:
        """A refusal, a lasting 404 and an unreadable end are final; other failures may pass."""
        missing = isinstance(error, errors.NotFound)
        ended = ends_wait(error) and not (missing and self._tolerated(error))
        if ended or self._unreadable_end(error):
            raise error
        if error.retry_after is not None and error.retry_after > self.context.left():
            raise self._timeout(error.retry_after)  # polling earlier would ignore Retry-After
        self._plan(error.retry_after or 0.0)
        return PollFailed(self._job_id, error.message, self._pause)

    def _unreadable_end(self, error: errors.RedenLabError) -> bool:
        """Whether an unreadable response has a final status, so that it will not change."""
        if not isinstance(error, errors.UnexpectedResponse) or error.document is None:
            return False
        poll = self._job.x_job.poll
        status = Scope(response={"body": error.document}).value(poll.status)
        state = self._job.spec.state(str(status))
        return state in FINAL or (
            state is None and isinstance(status, str) and poll.unknown == "fail"
        )

    def _tolerated(self, error: errors.RedenLabError) -> bool:
        now = self.context.io.now()
        if self._invisible_since is None:
            self._invisible_since = now
        grace = self._job.x_job.poll.grace
        if grace is None or error.status not in grace.statuses:
            return False
        return now - self._invisible_since < grace.seconds

    def _plan(self, floor: float = 0.0) -> None:
        """Set the next pause; the last one leaves room for a poll that ends by the deadline."""
        left = max(self.context.left(), 0.0)
        pause = max(self._poll.pause(self._polls, self._elapsed()), floor)
        room = left - min(2 * self._slowest, left / 2)
        self._final = pause >= room
        self._pause = min(pause, room)

    def _progress(self, found: Snapshot[Any]) -> Any:
        """The service's progress information, or what a function derives from the snapshot."""
        source = self._job.x_job.poll.progress
        if source is None or not source.startswith("$"):
            return source and self._job.hook(source)(found)
        value = Scope(response={"body": dict(found)}).value(source)
        return None if value is MISSING else value

    def _timeout(self, retry_after: float | None = None) -> errors.JobTimeout:
        status = f" (last status: {self._last.status})" if self._last else ""
        return errors.JobTimeout(
            f"job {self._job_id} has not ended in time{status}",
            job_id=self._job_id,
            attempts=self._polls,
            retry_after=retry_after,
        )


async def send_command(
    context: CallContext, job: JobType[Any], command: Command, ref: JobRef
) -> None:
    """Ask the service to cancel, pause or resume a job."""
    link = job.x_job.links.get(command)
    if link is None:
        raise errors.InputError(
            f"the service offers no way to {command} a {job.name} job",
            hint="wait for its end instead",
            job_id=ref.job_id,
        )
    await job.call(context, link, ref)
