"""From an order to a running job: upload what there is to upload, and start it exactly once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from redenlab.core import assets, errors
from redenlab.core.assets import Asset, Supply
from redenlab.core.descriptions import JobDescription
from redenlab.core.events import Retrying, Submitted
from redenlab.core.expressions import Scope, place
from redenlab.core.results import Snapshot
from redenlab.core.session import Session, may_have_acted
from redenlab.core.vigil import look, snapshot
from redenlab_api.codec import plain
from redenlab_api.errors import SchemaError
from redenlab_api.types import Answer, File


@dataclass(frozen=True, slots=True)
class Ticket:
    """What names a job from now on; all that a token needs to hold.

    Attributes:
        model: What the caller asked for; ``None`` where the job has no models.
        end: The end of the job, where the submit's answer already had it.
    """

    job_id: str
    model: str | None
    status: str
    end: Snapshot[Any] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to run: the model, its parameters, and the recording where the job takes one.

    Attributes:
        open: Is told how to get to a host, and how many seconds are left.
    """

    model: str | None
    parameters: Mapping[str, Any]
    recording: Supply | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """A job that the service has; the answer is ``None`` when it was found by looking."""

    ticket: Ticket
    answer: Answer | None


async def submit(session: Session, job: JobDescription[Any], order: Order) -> Ticket:
    """Upload what there is to upload, and start the job exactly once.

    Raises:
        InputError: The recording or a parameter is unusable; nothing was sent.
        UploadError: Storage did not take the recording; nothing was submitted.
        SubmitUncertain: Whether the job runs could not be found out.
        JobTimeout: The deadline passed after the recording had arrived; see its job.
        APIError: See `redenlab.core.session.Session.call`.
    """
    parts = _parts(job, order)
    if order.recording is None or not job.takes_recording:
        return await _begin(session, job, order, None, parts)
    if job.file is None:
        asset = await assets.upload(session, job, order.recording)
        for pointer, value in asset.bound.items():
            place(parts[1], pointer, value)
        return await _begin(session, job, order, asset, parts)
    if isinstance(order.recording, Asset):
        raise errors.InputError(f"a {job.name} job takes a recording, not an upload")
    recording = await assets.opened(session, order.recording)
    try:
        file = File(recording.name, recording.content_type, recording.size, recording.chunks)
        place(parts[1], job.file.partition("#")[2], file)
        return await _begin(session, job, order, None, parts)
    finally:
        recording.close()  # at once, so that a cancelled task closes it as well


async def _begin(
    session: Session,
    job: JobDescription[Any],
    order: Order,
    asset: Asset | None,
    parts: tuple[dict[str, Any], dict[str, Any]],
) -> Ticket:
    """Submit, start where that is a call of its own, and take the end where it came at once."""
    accepted = await _Submission(session, job, order, asset, parts).run()
    ticket, answer = accepted.ticket, accepted.answer
    try:
        if answer is not None and answer.status_code in job.inline:
            return _ended(session, job, ticket, answer)
        if job.start is not None and not _starts_itself(job, parts[1]):
            scope = job.scope(ticket.job_id, ticket.model)
            await session.call(job.start.link.operation, **job.start.link.arguments(scope))
    except errors.RedenLabError as error:
        failure = error.about(job_id=ticket.job_id)
    else:
        return ticket
    raise failure


def _ended(session: Session, job: JobDescription[Any], ticket: Ticket, answer: Answer) -> Ticket:
    """The ticket of a job whose end came with the answer to its submit."""
    look = Answer(200, answer.headers, answer.content)
    outcome = session.read(job.poll.look.operation, look)
    if isinstance(outcome, errors.RedenLabError):
        raise outcome
    end = snapshot(job, ticket.job_id, outcome[0], look)
    return Ticket(ticket.job_id, ticket.model, end.status, end)


def _starts_itself(job: JobDescription[Any], body: Mapping[str, Any]) -> bool:
    start = job.start
    if start is None or start.unless is None:
        return False
    if job.submit.body is not None:  # the schema's defaults count as well
        body = job.submit.body(body).to_dict()
    return Scope(request={"body": body}).value(start.unless) is True


def _parts(job: JobDescription[Any], order: Order) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arguments of the submit and its body, as far as the caller decides on them."""
    arguments: dict[str, Any] = {}
    body: dict[str, Any] = {}
    places = {**job.parameters, **job.model_parameters.get(order.model or "", {})}
    strict = order.model is None or order.model in job.result.models
    for name, value in order.parameters.items():
        if name in job.arguments:
            arguments[name] = value
        elif name in places or not strict:
            place(body, places.get(name, f"/{name}"), plain(value))
        else:
            known = ", ".join(sorted({*places, *job.arguments})) or "none"
            raise errors.InputError(
                f"{order.model or job.name} has no parameter {name!r}", hint=f"it knows: {known}"
            )
    for name, value in job.defaults.get(order.model or "", {}).items():
        if name not in order.parameters:
            place(body, places[name], value)
    missing = [n for n in job.required.get(order.model or "", ()) if n not in order.parameters]
    if missing:
        raise errors.InputError(f"{order.model} needs the parameter {missing[0]!r}")
    _check_parameters(job, order, body)
    if job.model is not None and order.model is None:
        raise errors.InputError("no model is named", hint="give model_name")
    if job.model is not None and job.model.startswith("$request.path."):
        arguments[job.model.removeprefix("$request.path.")] = order.model
    elif job.model is not None:
        place(body, job.model.partition("#")[2], order.model)
    return arguments, body


def _check_parameters(job: JobDescription[Any], order: Order, body: Mapping[str, Any]) -> None:
    """Find a parameter of the wrong type, or beyond its limits, before anything is sent."""
    schema = job.parameter_schemas.get(order.model or "")
    if schema is None:
        return
    names = {place.removeprefix("/") for place in job.model_parameters[order.model or ""].values()}
    problem = next(_beyond(job, order), None)
    try:
        job.read(schema)({name: value for name, value in body.items() if name in names})
    except SchemaError as error:
        problem = error.problem
    if problem is not None:
        raise errors.InputError(f"{order.model}: {problem}")


def _beyond(job: JobDescription[Any], order: Order) -> Iterator[str]:
    """What is wrong with each number that is too small or too large."""
    for name, (least, most) in job.limits.get(order.model or "", {}).items():
        value = order.parameters.get(name)
        if isinstance(value, int | float):
            if least is not None and value < least:
                yield f"{name} is {value}, and has to be {least} or more"
            if most is not None and value > most:
                yield f"{name} is {value}, and has to be {most} or less"


class _Submission:
    """One submit, sent until the service has accepted it once."""

    def __init__(
        self,
        session: Session,
        job: JobDescription[Any],
        order: Order,
        asset: Asset | None,
        parts: tuple[dict[str, Any], dict[str, Any]],
    ) -> None:
        self._session = session
        self._job = job
        self._order = order
        self._asset = asset
        self._arguments, self._body = parts
        self._known_id = asset.job_id if asset else None
        self._waits = iter(job.upload.pending.waits if job.upload else ())
        self._lost = 0

    async def run(self) -> Accepted:
        """Send; wait while the upload is pending; look before sending again."""
        while True:
            try:
                answer = await self._send()
            except errors.RedenLabError as error:
                failure = error.about(job_id=self._known_id)
            else:
                return self._accepted(answer)
            accepted = await self._after(failure)
            if accepted is not None:
                return accepted

    async def _send(self) -> Answer:
        _, answer = await self._session.step(self._job.submit, self._body, self._arguments)
        return answer

    async def _after(self, failure: errors.RedenLabError) -> Accepted | None:
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

    async def _reconcile(self, failure: errors.RedenLabError) -> Accepted | None:
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

    async def _look(self, failure: errors.RedenLabError) -> Accepted | None:
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

    def _accepted(self, answer: Answer) -> Accepted:
        scope = Scope(response={"body": answer.json()})
        job_id = _text(scope.value(self._job.id)) or self._known_id
        if not job_id:
            raise errors.UnexpectedAnswer(
                "the service accepted the job without naming it", status=answer.status_code
            )
        status = _text(scope.value(self._job.poll.status)) or ""
        return self._announce(Ticket(job_id, self._order.model, status), answer)

    def _announce(self, ticket: Ticket, answer: Answer | None = None) -> Accepted:
        self._session.emit(Submitted(ticket.job_id))
        return Accepted(ticket, answer)

    def _uncertain(self, failure: errors.RedenLabError) -> errors.SubmitUncertain:
        uncertain = errors.SubmitUncertain(
            f"nobody knows whether the job was started: {failure.message}",
            hint="look for the job before you submit its asset again; the recording is uploaded"
            if self._asset
            else "look for the job before you submit it again",
            status=failure.status,
            request_id=failure.request_id,
            job_id=self._known_id,
            attempts=failure.attempts,
        )
        uncertain.model_name, uncertain.asset = self._order.model, self._asset
        return uncertain

    def _late(self, failure: errors.RedenLabError) -> errors.JobTimeout:
        return errors.JobTimeout(
            f"out of time while submitting: {failure.message}",
            hint="wait for the job again: whether it was accepted shows there",
            job_id=self._known_id,
            attempts=failure.attempts,
        )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
