"""The job engine: upload, submit, wait. One copy for both clients and all backends."""

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from redenlab.core import errors, storage
from redenlab.core.descriptions import JobDescription, Reader, Step
from redenlab.core.events import Event, Finished, Polled, PollFailed, Retrying, Submitted, Uploaded
from redenlab.core.expressions import MISSING, Scope, find, place
from redenlab.core.poll import Poll
from redenlab.core.results import FINAL, Snapshot
from redenlab.core.session import Session, may_have_acted
from redenlab.core.sources import Recording
from redenlab_api.errors import SchemaError
from redenlab_api.types import Answer

LAST_LOOK = 0.2
"""Seconds by which the look at the deadline may overrun it."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What names a job from now on; all that a token needs to hold.

    Attributes:
        model: What the caller asked for; ``None`` where the job has no models.
    """

    job_id: str
    model: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: the model, its parameters, and the recording where the job takes one."""

    model: str | None
    parameters: Mapping[str, Any]
    open: Callable[[], Recording] | None = None


# ---- submit ------------------------------------------------------------------------------------


async def submit(session: Session, job: JobDescription[Any], order: Order) -> Ticket:
    """Upload what there is to upload, and start the job exactly once.

    Raises:
        InputError: The recording or a parameter is unusable; nothing was sent.
        UploadError: Storage did not take the recording; nothing was submitted.
        SubmitUncertain: Whether the job runs could not be found out.
        JobTimeout: The deadline passed after the recording had arrived; see its job.
        APIError: See `redenlab.core.session.Session.call`.
    """
    body = _parameters(job, order)
    scope = Scope(request={"path": {job.model_argument: order.model}})
    if job.upload is not None and order.open is not None:
        recording = await session.io.offload(order.open)
        try:
            scope = await _upload(session, job, recording, scope, body)
        finally:
            await session.io.offload(recording.close)
    return await _Submission(session, job, order, scope, body).run()


def _parameters(job: JobDescription[Any], order: Order) -> dict[str, Any]:
    """The part of the submit body that the caller decides on."""
    places = job.parameters.get(order.model or "", {})
    body: dict[str, Any] = {}
    for name, value in order.parameters.items():
        if order.model in job.models and name not in places:
            known = ", ".join(places) or "none"
            raise errors.InputError(
                f"{order.model} has no parameter {name!r}", hint=f"it knows: {known}"
            )
        place(body, places.get(name, f"/{name}"), value)
    return body


async def _upload(
    session: Session,
    job: JobDescription[Any],
    recording: Recording,
    scope: Scope,
    body: dict[str, Any],
) -> Scope:
    """Bring the recording to storage; complete `body` and the scope with what came of it."""
    upload = job.upload
    assert upload is not None  # noqa: S101 - the caller looked
    file = {
        "name": recording.name,
        "content_type": recording.content_type,
        "size": recording.size,
    }
    scope = scope.having(file=file)
    request: dict[str, Any] = {}
    for pointer, value in scope.values(upload.request).items():
        place(request, pointer, value)
    asked = session.io.now()
    _, answer = await _call(session, upload.ask, request)
    scope = scope.having(response={"body": answer.json()})
    life = scope.value(upload.expires_in) if upload.expires_in else MISSING
    target = storage.Target(
        url=str(scope.value(upload.url)),
        headers={name: str(value) for name, value in scope.values(upload.headers).items()},
        expires=asked + life if isinstance(life, int | float) else None,
        method=upload.method,
    )
    job_id = scope.value(upload.id) if upload.id else MISSING
    if job_id is not MISSING:
        scope = scope.having(job={"id": job_id})
    known = _text(job_id)
    try:
        await storage.put(session, recording, target)
    except errors.RedenLabError as error:
        failure = error.about(job_id=known)
    else:
        session.emit(Uploaded(known, recording.size))
        for pointer, value in scope.values(upload.bind).items():
            place(body, pointer, value)
        return scope
    raise failure


class _Submission:
    """One submit, sent until the service has accepted it once."""

    def __init__(
        self,
        session: Session,
        job: JobDescription[Any],
        order: Order,
        scope: Scope,
        body: dict[str, Any],
    ) -> None:
        self._session = session
        self._job = job
        self._order = order
        self._scope = scope
        self._body = body
        self._known_id = _text(scope.value("$job.id"))
        self._waits = iter(job.upload.pending.waits if job.upload else ())
        self._lost = 0

    async def run(self) -> Ticket:
        """Send; wait while the upload is pending; look before sending again."""
        while True:
            try:
                answer = await self._send()
            except errors.RedenLabError as error:
                failure = error.about(job_id=self._known_id)
            else:
                return self._accepted(answer)
            ticket = await self._after(failure)
            if ticket is not None:
                return ticket

    async def _send(self) -> Answer:
        argument = self._job.model_argument
        arguments = {} if argument is None else {argument: self._order.model}
        _, answer = await _call(self._session, self._job.submit, self._body, arguments)
        return answer

    async def _after(self, failure: errors.RedenLabError) -> Ticket | None:
        """What a failed submit leads to: a job after all, another try (``None``), or an error."""
        if may_have_acted(failure):
            return await self._reconcile(failure)
        pending = self._job.upload.pending.statuses if self._job.upload else frozenset[int]()
        if failure.status not in pending:
            raise failure
        if self._lost and (found := await self._look(failure)) is not None:
            return found
        await self._pause(failure, next(self._waits, None))
        return None

    async def _reconcile(self, failure: errors.RedenLabError) -> Ticket | None:
        if self._job.idempotency == "never" or (
            self._job.idempotency == "reconcile" and self._known_id is None
        ):
            raise self._uncertain(failure)
        self._lost += 1
        if self._job.idempotency == "reconcile":
            if self._session.left() <= 0:
                raise self._late(failure)
            found = await self._look(failure)
            if found is not None:
                return found
        retry = self._session.channel.retry
        if self._lost > retry.retries or not self._session.channel.bucket.take():
            raise failure
        await self._pause(failure, retry.wait(self._lost, self._session.io.random()))
        return None

    async def _look(self, failure: errors.RedenLabError) -> Ticket | None:
        """The job, if the service has it as submitted."""
        assert self._known_id is not None  # noqa: S101 - reconciling needs an id
        try:
            seen = await look(self._session, self._job, self._known_id, self._order.model)
        except errors.AuthenticationError:
            raise
        except errors.RedenLabError:
            seen = None
        if seen is None:
            raise self._uncertain(failure)
        if seen.state == "unsubmitted":
            return None
        return self._announce(Ticket(self._known_id, self._order.model, seen.status))

    async def _pause(self, failure: errors.RedenLabError, wait: float | None) -> None:
        if wait is None or wait >= self._session.left():
            raise failure
        operation = self._job.submit.operation.OPERATION
        self._session.emit(Retrying(operation, failure.message, wait))
        await self._session.io.sleep(wait)

    def _accepted(self, answer: Answer) -> Ticket:
        scope = self._scope.having(response={"body": answer.json()})
        job_id = _text(scope.value(self._job.id)) or self._known_id
        if not job_id:
            raise errors.UnexpectedAnswer(
                "the service accepted the job without naming it", status=answer.status_code
            )
        status = _text(find(answer.json(), "/status")) or ""
        return self._announce(Ticket(job_id, self._order.model, status))

    def _announce(self, ticket: Ticket) -> Ticket:
        self._session.emit(Submitted(ticket.job_id))
        return ticket

    def _uncertain(self, failure: errors.RedenLabError) -> errors.SubmitUncertain:
        return errors.SubmitUncertain(
            f"nobody knows whether the job was started: {failure.message}",
            hint="look for the job before you submit the recording again",
            status=failure.status,
            request_id=failure.request_id,
            job_id=self._known_id,
            attempts=failure.attempts,
        )

    def _late(self, failure: errors.RedenLabError) -> errors.JobTimeout:
        return errors.JobTimeout(
            f"out of time while submitting: {failure.message}",
            hint="wait for the job again: whether it was accepted shows there",
            job_id=self._known_id,
            attempts=failure.attempts,
        )


async def _call(
    session: Session,
    step: Step,
    body: Mapping[str, Any],
    arguments: Mapping[str, Any] | None = None,
) -> tuple[Any, Answer]:
    given = dict(arguments or {})
    if step.body is not None:
        try:
            given["body"] = step.body(body)
        except SchemaError as error:
            problem = f"{step.operation.OPERATION}: {error.problem}"
        else:
            return await session.call(step.operation, **given)
        raise errors.InputError(problem)
    return await session.call(step.operation, **given)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


# ---- wait --------------------------------------------------------------------------------------


async def look(
    session: Session, job: JobDescription[Any], job_id: str, model: str | None
) -> Snapshot[Any]:
    """The job as it stands.

    Raises:
        UnexpectedAnswer: The answer is about another job, and was thrown away.
        APIError: See `redenlab.core.session.Session.call`.
    """
    scope = Scope(request={"path": {job.model_argument: model}}, job={"id": job_id})
    arguments = {k: v for k, v in scope.values(job.poll.parameters).items() if v is not None}
    try:
        envelope, answer = await session.call(job.poll.look.operation, **arguments)
    except errors.RedenLabError as error:
        failure = error.about(job_id=job_id)
    else:
        return _snapshot(job, job_id, envelope, answer)
    raise failure


def _snapshot(
    job: JobDescription[Any], job_id: str, envelope: Any, answer: Answer
) -> Snapshot[Any]:
    raw = answer.json()
    scope = Scope(response={"body": raw})
    if scope.value(job.poll.id) not in {job_id, MISSING}:
        raise errors.UnexpectedAnswer("the answer is about another job", job_id=job_id)
    status = str(scope.value(job.poll.status))
    return job.snapshot(job_id, status, job.states.get(status, "running"), envelope, raw)


async def wait(vigil: "Vigil") -> Snapshot[Any]:
    """Look until the job has ended, and tell the session's listener what is seen.

    Raises:
        JobTimeout: It still runs.
        AuthenticationError: A look was refused.
        NotFound: The job stayed invisible for longer than the spec grants.
    """
    async for event in vigil.events():
        vigil.session.emit(event)
    return vigil.seen()


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
        """What each look finds; `Finished` comes last. Raises as `wait` does."""
        while True:
            final = self._final
            event = await self._look()
            yield event
            if isinstance(event, Finished):
                return
            if final:
                raise self._timeout()
            await self.session.io.sleep(self._pause)

    def seen(self) -> Snapshot[Any]:
        """The last look that succeeded."""
        assert self._last is not None  # noqa: S101 - `events` ended well
        return self._last

    def _elapsed(self) -> float:
        return self.session.io.now() - self._start

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
        if seen.state in FINAL:
            return Finished(self._job_id, seen.status, self._elapsed())
        self._plan()
        return Polled(self._job_id, seen.status, self._elapsed(), self._pause)

    def _failed(self, error: errors.RedenLabError) -> Event:
        """A refusal, a lasting 404 and an unreadable end are final; everything else may pass."""
        if isinstance(error, errors.AuthenticationError) or self._ended(error):
            raise error
        if isinstance(error, errors.NotFound) and not self._tolerated(error):
            raise error
        self._plan(error.retry_after or 0.0)
        return PollFailed(self._job_id, error.message, self._pause)

    def _ended(self, error: errors.RedenLabError) -> bool:
        """Whether the job has ended, but in a shape that will not be readable later either."""
        if not isinstance(error, errors.UnexpectedAnswer) or error.document is None:
            return False
        status = Scope(response={"body": error.document}).value(self._job.poll.status)
        return self._job.states.get(str(status)) in FINAL

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

    def _timeout(self) -> errors.JobTimeout:
        status = f" (last seen: {self._last.status})" if self._last else ""
        return errors.JobTimeout(
            f"job {self._job_id} has not ended in time{status}",
            hint="it goes on; wait for it again with the job of this error, or with its id",
            job_id=self._job_id,
            attempts=self._looks,
        )


# ---- result ------------------------------------------------------------------------------------


def result(job: JobDescription[Any], model: str | None, seen: Snapshot[Any]) -> Any:
    """The typed result of a job that has ended.

    Raises:
        JobFailed: The service gave up on it.
        JobCancelled: Somebody cancelled it.
        JobRunning: It has not ended.
        UnexpectedAnswer: The result has not the documented shape.
    """
    scope = Scope(response={"body": dict(seen)})
    if seen.state == "cancelled":
        raise errors.JobCancelled(f"job {seen.job_id} was cancelled", job_id=seen.job_id)
    if seen.state == "failed":
        reason = scope.value(job.poll.error) if job.poll.error else MISSING
        text = "Unknown error" if reason in {MISSING, None, ""} else str(reason)
        raise errors.JobFailed(
            f"job {seen.job_id} failed: {text}", job_id=seen.job_id, code=seen.status
        )
    if seen.state != "succeeded":
        raise errors.JobRunning(
            f"job {seen.job_id} has not ended (status: {seen.status})",
            hint="wait for it, or look again later",
            job_id=seen.job_id,
            retryable=True,
        )
    value = scope.value(job.result)
    value = None if value is MISSING else value
    schema = job.models.get(model or "")
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
