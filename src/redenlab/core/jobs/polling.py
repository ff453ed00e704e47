"""From a running job to its end: poll, pause, poll again."""

import dataclasses
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Any, cast

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Event, Finished, Polled, PollFailed
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.snapshots import Seen, Snapshot
from redenlab.core.spec.expressions import MISSING, Scope, as_text
from redenlab.core.spec.job_spec import FINAL, Command
from redenlab.core.spec.steps import Step
from redenlab.core.text import Redact, sanitize
from redenlab.core.transport.gate import json_object, retry_after, unexpected
from redenlab.core.transport.outcomes import ends_wait
from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import DecodeError, SchemaError
from redenlab.lowlevel.types import RawResponse

LAST_POLL = 0.2
"""Seconds by which the poll at the deadline may overrun it."""

CANCEL = 5.0
"""Seconds for cancelling the job of a call that was interrupted."""


async def get_status(context: CallContext, job: JobType[Any], ref: JobRef) -> Snapshot[Any]:
    """Poll a job once."""

    def expected(scope: Scope) -> bool:
        return job.spec.rule(scope) is not None

    scope = await job.call(context, job.x_job.poll, ref, expected)
    return snapshot(job, ref, scope, context.redact)


def snapshot(
    job: JobType[Any], ref: JobRef, scope: Scope, redact: Redact | None = None
) -> Snapshot[Any]:
    """A job as the response to a poll describes it.

    Args:
        job: Its type.
        ref: The job.
        scope: With the response.
        redact: Removes the key, should the service have echoed it.
    """
    try:
        return _snapshot(job, ref.job_id, scope, redact)
    except errors.RedenLabError as error:
        if error.body is not None:
            error.body = sanitize(scope.response.text, redact)
        error.with_job_id(ref.job_id)
        raise


def _snapshot(job: JobType[Any], job_id: str, scope: Scope, redact: Redact | None) -> Snapshot[Any]:
    poll, response = job.x_job.poll, scope.response
    rule = job.spec.rule(scope)
    body = scope.value("$response.body")
    if rule is None and not isinstance(body, dict):
        json_object(response)  # a body that cannot be read is an error, and no status
    _check_id(job, job_id, scope)
    status = scope.value(poll.status) if poll.status else MISSING
    text = "" if status is MISSING or status is None else as_text(status)
    state = rule.state if rule else job.spec.state(text)
    if state is None and poll.status and poll.unknown == "fail":
        shown = sanitize(text, redact)
        sent = f"the status '{shown}', which the spec does not have" if text else "no status"
        unknown_status = errors.UnexpectedResponse(
            f"the service sent {sent}",
            hint="the service may be newer than this SDK; update the SDK or its spec",
        )
        unknown_status.document = body
        raise unknown_status
    state = state or "running"
    envelope, notes = _envelope(job, response, body, strict=rule is None)
    bad = state in FINAL and state != "succeeded"
    told = reason(scope, (rule and rule.error) or poll.error, redact) if bad else None
    seen = Seen(
        status_code=response.status_code,
        headers=response.headers,
        body=body,
        content=response.content if body is MISSING else b"",
        reason=told,
        notes=notes,
    )
    return job.snapshot(job_id, text or state, state, envelope, seen)


def _check_id(job: JobType[Any], job_id: str, scope: Scope) -> None:
    """Refuse a response about another job."""
    found = scope.value(job.x_job.polled_id) if job.x_job.polled_id else MISSING
    if found is not MISSING and as_text(found) != job_id:
        raise errors.UnexpectedResponse("the response is about another job")


def _envelope(
    job: JobType[Any], response: RawResponse, body: Any, *, strict: bool
) -> tuple[Any, tuple[str, ...]]:
    """The typed body, with notes on what is not as documented; ``None`` for no such object."""
    if not isinstance(body, dict):
        return None, ()
    if job.spec.envelope is None:
        return cast("Any", body), ()
    try:
        return decoding.tolerant(job.read(job.spec.envelope), body)
    except SchemaError as error:
        if strict:
            raise unexpected(response, error) from None
        return None, (error.problem,)  # a condition told the state: an error body, perhaps


def reason(
    scope: Scope, sources: str | tuple[str, ...] | None, redact: Redact | None = None
) -> str | None:
    """Why a job failed, as the service says it."""
    for source in (sources,) if isinstance(sources, str) else sources or ():
        found = scope.value(source)
        if isinstance(found, list):
            found = "; ".join(map(str, cast("Iterable[Any]", found)))
        if found and found is not MISSING:
            return sanitize(str(found), redact)
    return None


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

    async def _streamed(self, stream: Step) -> AsyncIterator[Event]:
        """What the event stream reports, until it reports the end or breaks."""
        scope = self._job.scope(self._ref)
        try:
            request = self._job.caller(self.context).request(stream, scope)
            async with aclosing(self.context.listen(request)) as found:
                async for event in found:
                    status, progress = self._news(event.data)
                    if self._job.spec.state(status) in FINAL:
                        return
                    yield Polled(self._job_id, status, self._elapsed(), 0.0, progress)
        except errors.RedenLabError as error:
            failure = error
        else:
            return
        yield PollFailed(self._job_id, failure.message, 0.0, failure.template)

    def _news(self, data: str) -> tuple[str, Any]:
        """Status and progress in a server-sent event; empty where it has none."""
        try:
            body: Any = RawResponse(200, {}, data.encode()).json()
        except DecodeError:
            return "", data
        scope = Scope(response={"body": body})
        poll = self._job.x_job.poll
        status = scope.value(poll.status) if poll.status else MISSING
        progress = body if poll.progress is None else _told(scope.filled(poll.progress))
        return (status if isinstance(status, str) else ""), progress

    async def _poll_once(self) -> Event:
        begun = self.context.io.now()
        self._polls += 1
        until = self.context.deadline
        if self._final:
            until = max(until, begun + LAST_POLL)
        try:
            context = dataclasses.replace(self.context, deadline=until, paced=True)
            found = await get_status(context, self._job, self._ref)
        except errors.RedenLabError as error:
            return self._failed(error)
        return self._succeeded(found, self.context.io.now() - begun)

    def _succeeded(self, found: Snapshot[Any], seconds: float) -> Event:
        self._slowest = max(self._slowest, seconds)
        self._invisible_since = None
        self._last = found
        if found.state in FINAL:
            return Finished(self._job_id, found.status, self._elapsed())
        headers = found.seen.headers
        self._plan(retry_after(headers.get("retry-after"), headers.get("date")) or 0.0)
        progress = _told(found.seen.scope.filled(self._job.x_job.poll.progress))
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
        return PollFailed(self._job_id, error.message, self._pause, error.template)

    def _unreadable_end(self, error: errors.RedenLabError) -> bool:
        """Whether an unreadable response has a final status, so that it will not change."""
        if not isinstance(error, errors.UnexpectedResponse) or error.document is None:
            return False
        poll, scope = self._job.x_job.poll, Scope(response={"body": error.document})
        status = scope.value(poll.status) if poll.status else MISSING
        if not isinstance(status, str | int):
            return False
        state = self._job.spec.state(as_text(status))
        return state in FINAL or (state is None and poll.unknown == "fail")

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
    """Ask the service to cancel, pause, resume, delete or retry a job; any success will do."""
    step = job.x_job.steps.get(command)
    if step is None:
        raise errors.InputError(
            f"the service offers no way to {command} a {job.name} job",
            hint="wait for its end instead",
            job_id=ref.job_id,
        )
    await job.call(context, step, ref)


@asynccontextmanager
async def cancelling(
    context: CallContext, job: JobType[Any], ref: JobRef
) -> AsyncGenerator[None, None]:
    """Cancel a job of the service if what waits for it is interrupted: a cancelled task, Ctrl-C.

    Errors leave the job alone: it goes on after a time-out, and can be waited for again.
    """
    try:
        yield
    except (Exception, GeneratorExit):
        raise
    except BaseException:
        with context.io.shield(CANCEL), suppress(errors.RedenLabError):
            until = context.with_deadline(context.io.now() + CANCEL)
            await send_command(until, job, "cancel", ref)
        raise


def _told(progress: Any) -> Any:
    return None if progress is MISSING else progress
