"""From a running job to its result: look, wait, and read what came of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from redenlab.core import errors, storage
from redenlab.core.auth import Secret
from redenlab.core.descriptions import Control, JobDescription, Link
from redenlab.core.events import Event, Finished, Polled, PollFailed
from redenlab.core.expressions import MISSING, Scope
from redenlab.core.operations import Reader
from redenlab.core.poll import Poll
from redenlab.core.results import FINAL, Snapshot
from redenlab.core.session import Session, clean
from redenlab_api.errors import DecodeError, SchemaError
from redenlab_api.types import Answer

LAST_LOOK = 0.2
"""Seconds by which the look at the deadline may overrun it."""

RENEWALS = 2
"""How often an expired link to a result is asked for anew."""


async def look(
    session: Session, job: JobDescription[Any], job_id: str, model: str | None
) -> Snapshot[Any]:
    """The job as it stands.

    Raises:
        UnexpectedAnswer: The answer is about another job, and was thrown away.
        APIError: See `redenlab.core.session.Session.call`.
    """
    arguments = job.poll.look.arguments(job.scope(job_id, model))
    try:
        envelope, answer = await session.call(job.poll.look.operation, **arguments)
    except errors.RedenLabError as error:
        failure = error.about(job_id=job_id)
    else:
        return snapshot(job, job_id, envelope, answer)
    raise failure


def snapshot(job: JobDescription[Any], job_id: str, envelope: Any, answer: Answer) -> Snapshot[Any]:
    """What an answer says of a job.

    Raises:
        UnexpectedAnswer: It is about another job, or has a status that the spec refuses.
    """
    raw = answer.json()
    scope = Scope(response={"body": raw})
    if scope.value(job.poll.id) not in (job_id, MISSING):
        raise errors.UnexpectedAnswer("the answer is about another job", job_id=job_id)
    status = str(scope.value(job.poll.status))
    state = job.state(status)
    if state is None and job.poll.unknown == "fail":
        strange = errors.UnexpectedAnswer(
            f"the service says '{clean(status)}' of the job, which the spec does not have",
            job_id=job_id,
        )
        strange.document = raw
        raise strange
    return job.snapshot(job_id, status, state or "running", envelope, raw)


class Vigil:
    """One wait: look, pause, look again; the last look is at the deadline."""

    def __init__(
        self,
        session: Session,
        job: JobDescription[Any],
        job_id: str,
        model: str | None,
        poll: Poll,
    ) -> None:
        """Begin now."""
        self.session = session
        self._job = job
        self._job_id = job_id
        self._model = model
        self._poll = poll
        self._start = session.io.now()
        self._last: Snapshot[Any] | None = None
        self._looks = 0
        self._slowest = 0.0
        self._invisible_since: float | None = None
        self._pause = 0.0
        self._final = session.left() <= 0

    async def events(self) -> AsyncIterator[Event]:
        """What each look finds; `Finished` comes last.

        Raises:
            JobTimeout: It still runs.
            AuthenticationError: A look was refused.
            NotFound: The job stayed invisible for longer than the spec grants.
        """
        stream = self._job.events
        while True:
            final = self._final
            event = await self._look()
            yield event
            if isinstance(event, Finished):
                return
            if final:
                raise self._timeout()
            if stream is None:
                await self.session.io.sleep(self._pause)
                continue
            async for news in self._heard(stream):
                yield news
            stream = None  # whatever ended it, looking tells the truth from here on
            self._final = self.session.left() <= 0

    def seen(self) -> Snapshot[Any]:
        """The last look that succeeded."""
        assert self._last is not None  # noqa: S101 - `events` ended well
        return self._last

    def _elapsed(self) -> float:
        return self.session.io.now() - self._start

    async def _heard(self, stream: Link) -> AsyncIterator[Event]:
        """What the service tells by itself, until it tells of the end or falls silent."""
        arguments = stream.arguments(self._job.scope(self._job_id, self._model))
        listening = self.session.listen(stream.operation, **arguments)
        failure = None
        try:
            async with aclosing(listening) as messages:
                async for message in messages:
                    status, progress = _news(self._job, message.data)
                    if self._job.state(status) in FINAL:
                        return
                    yield Polled(self._job_id, status, self._elapsed(), 0.0, progress)
        except errors.RedenLabError as error:
            failure = error
        if failure is not None:
            yield PollFailed(self._job_id, failure.message, 0.0)

    async def _look(self) -> Event:
        begun = self.session.io.now()
        self._looks += 1
        until = self.session.deadline
        if self._final:
            until = max(until, begun + LAST_LOOK)
        try:
            seen = await look(self.session.until(until), self._job, self._job_id, self._model)
        except errors.RedenLabError as error:
            failure = error
        else:
            return self._succeeded(seen, self.session.io.now() - begun)
        return self._failed(failure)

    def _succeeded(self, seen: Snapshot[Any], seconds: float) -> Event:
        self._slowest = max(self._slowest, seconds)
        self._invisible_since = None
        self._last = seen
        settled = self._job.poll.settled or _always
        if seen.state in FINAL and settled(seen):
            return Finished(self._job_id, seen.status, self._elapsed())
        self._plan()
        progress = _progress(self._job, seen)
        return Polled(self._job_id, seen.status, self._elapsed(), self._pause, progress)

    def _failed(self, error: errors.RedenLabError) -> Event:
        """A refusal, a lasting 404 and an unreadable end are final; everything else may pass."""
        if isinstance(error, errors.AuthenticationError | errors.InputError) or self._ended(error):
            raise error
        if isinstance(error, errors.NotFound) and not self._tolerated(error):
            raise error
        if error.retry_after is not None and error.retry_after > self.session.left():
            raise self._timeout(error.retry_after)  # looking earlier would cut its wish short
        self._plan(error.retry_after or 0.0)
        return PollFailed(self._job_id, error.message, self._pause)

    def _ended(self, error: errors.RedenLabError) -> bool:
        """Whether what the service says will not be readable later either."""
        if not isinstance(error, errors.UnexpectedAnswer) or error.document is None:
            return False
        status = Scope(response={"body": error.document}).value(self._job.poll.status)
        state = self._job.state(str(status))
        return state in FINAL or (state is None and self._job.poll.unknown == "fail")

    def _tolerated(self, error: errors.NotFound) -> bool:
        now = self.session.io.now()
        if self._invisible_since is None:
            self._invisible_since = now
        poll = self._job.poll
        return error.status in poll.grace and now - self._invisible_since < poll.grace_seconds

    def _plan(self, floor: float = 0.0) -> None:
        """Set the next pause; the last one leaves room for a look that ends by the deadline."""
        left = max(self.session.left(), 0.0)
        pause = max(self._poll.pause(self._looks, self._elapsed()), floor)
        room = left - min(2 * self._slowest, left / 2)
        self._final = pause >= room
        self._pause = min(pause, room)

    def _timeout(self, retry_after: float | None = None) -> errors.JobTimeout:
        status = f" (last seen: {self._last.status})" if self._last else ""
        return errors.JobTimeout(
            f"job {self._job_id} has not ended in time{status}",
            hint="it goes on; wait for it again with the job of this error, or with its id",
            job_id=self._job_id,
            attempts=self._looks,
            retry_after=retry_after,
        )


def _news(job: JobDescription[Any], data: str) -> tuple[str, Any]:
    """Status and progress in an event, empty where it says nothing of them."""
    try:
        body: Any = Answer(200, {}, data.encode()).json()
    except DecodeError:
        return "", data
    scope = Scope(response={"body": body})
    status = scope.value(job.poll.status)
    source = job.poll.progress
    progress = scope.value(source) if isinstance(source, str) else body
    return (status if isinstance(status, str) else "", None if progress is MISSING else progress)


def _always(_: Snapshot[Any]) -> bool:
    return True


def _progress(job: JobDescription[Any], seen: Snapshot[Any]) -> Any:
    """What the service says of its progress, or what a hook derives from what it says."""
    source = job.poll.progress
    if source is None or not isinstance(source, str):
        return source and source(seen)
    found = Scope(response={"body": dict(seen)}).value(source)
    return None if found is MISSING else found


async def control(
    session: Session, job: JobDescription[Any], wish: Control, job_id: str, model: str | None
) -> None:
    """Ask the service to cancel, pause or resume a job.

    Raises:
        InputError: The service does not offer that for this kind of job.
        APIError: See `redenlab.core.session.Session.call`.
    """
    link = job.controls.get(wish)
    if link is None:
        raise errors.InputError(
            f"the service offers no way to {wish} a {job.name} job", job_id=job_id
        )
    arguments = link.arguments(job.scope(job_id, model))
    try:
        await session.call(link.operation, **arguments)
    except errors.RedenLabError as error:
        failure = error.about(job_id=job_id)
    else:
        return
    raise failure


async def final(session: Session, job: JobDescription[Any], job_id: str, model: str | None) -> Any:
    """Look once, and give the typed result of a job that has ended; raises as `result` does."""
    return await result(session, job, model, await look(session, job, job_id, model))


async def result(
    session: Session, job: JobDescription[Any], model: str | None, seen: Snapshot[Any]
) -> Any:
    """The typed result of a job that has ended.

    Raises:
        JobFailed: The service gave up on it.
        JobCancelled: Somebody cancelled it.
        JobRunning: It has not ended.
        UnexpectedAnswer: The result has not the documented shape.
    """
    scope = Scope(response={"body": dict(seen)})
    reason = scope.value(job.poll.error) if job.poll.error else MISSING
    text = clean(str(reason)) if reason and reason is not MISSING else ""
    if seen.state == "cancelled":
        raise errors.JobCancelled(
            f"job {seen.job_id} was cancelled: {text or seen.status}",
            job_id=seen.job_id,
            code=seen.status,
        )
    if seen.state == "failed":
        raise errors.JobFailed(
            f"job {seen.job_id} failed: {text or 'Unknown error'}",
            job_id=seen.job_id,
            code=seen.status,
        )
    if seen.state != "succeeded":
        raise errors.JobRunning(
            f"job {seen.job_id} has not ended (status: {seen.status})",
            hint="wait for it, or look again later",
            job_id=seen.job_id,
            retryable=True,
        )
    value = await _value(session, job, model, seen)
    schema = job.result.models.get(model or "", job.result.schema)
    typed = value if schema is None else _typed(job.read(schema), value, seen.job_id)
    return job.finished(seen.job_id, seen.status, seen.state, seen.envelope, dict(seen), typed)


def _typed(read: Reader, value: Any, job_id: str) -> Any:
    try:
        return read(value)
    except SchemaError as error:
        problem = error.problem
    raise errors.UnexpectedAnswer(
        f"the result of job {job_id} has {problem}",
        hint="it is still there: get_status(job_id) gives it as it was sent",
        job_id=job_id,
    )


async def _value(
    session: Session, job: JobDescription[Any], model: str | None, seen: Snapshot[Any]
) -> Any:
    """The result as JSON, wherever it is; ``None`` when there is none."""
    inline = Scope(response={"body": dict(seen)})
    if job.result.source is not None:
        link = job.result.source
        scope = job.scope(seen.job_id, model)
        _, answer = await session.call(link.operation, **link.arguments(scope))
        inline = Scope(response={"body": answer.json()})
    parts = [_part(inline, value) for value in job.result.values]
    if job.result.url is not None and inline.value(job.result.url) not in {MISSING, None}:
        parts.append(await _fetched(session, job, model, seen))
    return _joined([part for part in parts if part is not MISSING])


def _part(scope: Scope, value: str | Mapping[str, str]) -> Any:
    return scope.value(value) if isinstance(value, str) else scope.values(value) or MISSING


def _joined(parts: list[Any]) -> Any:
    """The fields of all objects in one; what is no object stands alone, the last one if several."""
    if len(parts) > 1 and all(isinstance(part, dict) for part in parts):
        return {name: value for part in parts for name, value in part.items()}
    return parts[-1] if parts else None


async def _fetched(
    session: Session, job: JobDescription[Any], model: str | None, seen: Snapshot[Any]
) -> Any:
    """What is behind a link, which is renewed by looking at the job again."""
    renewals = 0
    while True:
        url = Secret(str(Scope(response={"body": dict(seen)}).value(str(job.result.url))))
        try:
            return await storage.get(session, url)
        except errors.LinkExpired as error:
            failure = error.about(job_id=seen.job_id)
        if renewals == RENEWALS:
            raise failure
        renewals += 1
        seen = await look(session, job, seen.job_id, model)
