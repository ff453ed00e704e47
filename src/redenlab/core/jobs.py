"""Handles: what a caller holds while a job runs.

`Job` and `AsyncJob` have the same words; what they do stands once, in `Handle`.
"""

import base64
import binascii
import dataclasses
import json
from collections.abc import AsyncIterator, Iterator
from typing import Any, Generic, Self, TypeVar, cast

from redenlab.core import submission, vigil
from redenlab.core.client import AsyncClient, BlockingClient, Client
from redenlab.core.descriptions import Control, JobDescription
from redenlab.core.errors import ConfigurationError, InputError, JobRunning, JobTimeout
from redenlab.core.events import Event, Listener
from redenlab.core.io import run
from redenlab.core.results import FINAL, Snapshot
from redenlab.core.session import Session
from redenlab.core.submission import Order, Ticket
from redenlab.core.vigil import Vigil

C = TypeVar("C", bound=Client)
F = TypeVar("F")
H = TypeVar("H", bound="Handle[Any, Any]")

TOKEN_VERSION = 1


class Handle(Generic[C, F]):
    """One job of the service.

    It pickles without its client, and so without a key; `attach` gives it one again.

    Attributes:
        id: The service's name for the job.
        model_name: The model it was submitted to; ``None`` where the job has no models.
        status: The service's last known word; ask `done` for the truth.
    """

    def __init__(self, client: C | None, service: str, job: str, ticket: Ticket) -> None:
        """Take over a submitted job; without a client, `attach` one later.

        Args:
            client: Runs the waits.
            service: The backend that the job belongs to.
            job: The name of its kind there.
            ticket: What names the job itself.
        """
        self.id: str = ticket.job_id
        self.model_name: str | None = ticket.model
        self.status: str = ticket.status
        self._service = service
        self._kind = job
        self._client = client
        self._end: Snapshot[Any] | None = ticket.end

    def __repr__(self) -> str:
        """Name the job and what is known of it."""
        model = f", model={self.model_name!r}" if self.model_name else ""
        return f"{type(self).__name__}(id={self.id!r}{model}, status={self.status!r})"

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave the client behind."""
        ticket = Ticket(self.id, self.model_name, self.status)
        return type(self), (None, self._service, self._kind, ticket)

    @property
    def token(self) -> str:
        """A short text that finds this job again, in any process; it holds no secret."""
        content = {
            "v": TOKEN_VERSION,
            "service": self._service,
            "job": self._kind,
            "model": self.model_name,
            "id": self.id,
        }
        text = json.dumps(content, separators=(",", ":")).encode()
        return base64.urlsafe_b64encode(text).decode().rstrip("=")

    @property
    def end(self) -> Snapshot[Any]:
        """The look that found the job ended, well or badly.

        Raises:
            JobRunning: None has yet; `wait` for one.
        """
        if self._end is None:
            raise JobRunning(f"job {self.id} was not seen to end", job_id=self.id)
        return self._end

    @classmethod
    def from_token(cls, token: str, client: C) -> Self:
        """Take up the job that `token` names.

        Raises:
            InputError: It is no token, or one of another service or of a newer version.
        """
        content = _content(token)
        model = content.get("model")
        service, job, job_id = (str(content.get(key, "")) for key in ("service", "job", "id"))
        if not job_id or not isinstance(model, str | None):
            raise InputError("the job token is damaged")
        handle = cls(client, service, job, Ticket(job_id, model, ""))
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
    def _job(self) -> JobDescription[Any]:
        job = self._attached.jobs.get(self._kind)
        if job is None or job.service != self._service:
            raise InputError(
                f"the job belongs to {self._service} ({self._kind}), not to {self._attached}"
            )
        return job

    def _session(
        self, call: str, timeout: float | None = None, on_event: Listener | None = None
    ) -> Session:
        return self._attached.session(f"job.{call}", timeout, on_event)

    def _vigil(self, session: Session) -> Vigil:
        poll = self._attached.poll or self._job.poll.schedule
        return Vigil(session, self._job, self.id, self.model_name, poll)

    def _note(self, seen: Snapshot[Any]) -> None:
        self.status = seen.status
        if self._end is None and seen.state in FINAL:  # the first end that was seen is the end
            self._end = seen

    async def _done(self, session: Session) -> bool:
        if self._end is None:
            self._note(await vigil.look(session, self._job, self.id, self.model_name))
        return self._end is not None

    async def _events(self, session: Session) -> AsyncIterator[Event]:
        watch = self._vigil(session)
        try:
            async for event in watch.events():
                yield event
            self._note(watch.seen())
        except JobTimeout as error:
            error.job = self
            raise

    async def _wait(self, session: Session) -> None:
        if self._end is None:
            async for event in self._events(session):
                session.emit(event)

    async def ended(self, session: Session) -> F:
        """The workflow behind `result`, within the deadline of `session`."""
        await self._wait(session)
        return cast("F", await vigil.result(session, self._job, self.model_name, self.end))

    async def _control(self, session: Session, wish: Control) -> Self:
        await vigil.control(session, self._job, wish, self.id, self.model_name)
        return self


def _content(token: str) -> dict[str, Any]:
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        content = json.loads(text)
    except (ValueError, binascii.Error, RecursionError):
        raise InputError("this is not a job token", hint="a token comes from job.token") from None
    if not isinstance(content, dict):
        raise InputError("this is not a job token", hint="a token comes from job.token")
    fields = cast("dict[str, Any]", content)
    if fields.get("v") != TOKEN_VERSION:
        raise InputError("the job token is of another version of this SDK", hint="upgrade redenlab")
    return fields


class Job(Handle[BlockingClient, F]):
    """A job, for threads; see `Handle` for its attributes."""

    def done(self) -> bool:
        """Ask the service whether the job has ended, well or badly.

        Raises:
            RedenLabError: The service could not be asked.
        """
        session = self._session("done")
        return self._attached.finish(session, self._done(session))

    def wait(self, timeout: float | None = None, *, on_event: Listener | None = None) -> Self:
        """Wait for the end, good or bad.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            on_event: Told what each look finds.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("wait", timeout, on_event)
        self._attached.finish(session, self._wait(session))
        return self

    def result(self, timeout: float | None = None, *, on_event: Listener | None = None) -> F:
        """Wait for the end and give the typed result.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            on_event: Told what each look finds.

        Raises:
            JobFailed: The service gave up on the job.
            JobCancelled: Somebody cancelled it.
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("result", timeout, on_event)
        return self._attached.finish(session, self.ended(session))

    def events(self, timeout: float | None = None) -> Iterator[Event]:
        """Wait for the end, telling what each look finds; `Finished` comes last.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("events", timeout)
        events = self._events(session)
        with session.watch.watched():
            while (event := run(anext(events, None))) is not None:
                session.emit(event)
                yield event

    def cancel(self) -> Self:
        """Ask the service to stop the job; wait for it to see whether it did.

        Raises:
            InputError: The service offers no way to cancel this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("cancel")
        return self._attached.finish(session, self._control(session, "cancel"))

    def pause(self) -> Self:
        """Ask the service to halt the job until it is resumed.

        Raises:
            InputError: The service offers no way to pause this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("pause")
        return self._attached.finish(session, self._control(session, "pause"))

    def resume(self) -> Self:
        """Ask the service to go on with a job that was paused.

        Raises:
            InputError: The service offers no way to resume this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("resume")
        return self._attached.finish(session, self._control(session, "resume"))


class AsyncJob(Handle[AsyncClient, F]):
    """A job, for event loops; see `Handle` for its attributes."""

    async def done(self) -> bool:
        """Ask the service whether the job has ended, well or badly.

        Raises:
            RedenLabError: The service could not be asked.
        """
        session = self._session("done")
        return await self._attached.finish(session, self._done(session))

    async def wait(self, timeout: float | None = None, *, on_event: Listener | None = None) -> Self:
        """Wait for the end, good or bad.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            on_event: Told what each look finds.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("wait", timeout, on_event)
        await self._attached.finish(session, self._wait(session))
        return self

    async def result(self, timeout: float | None = None, *, on_event: Listener | None = None) -> F:
        """Wait for the end and give the typed result.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.
            on_event: Told what each look finds.

        Raises:
            JobFailed: The service gave up on the job.
            JobCancelled: Somebody cancelled it.
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("result", timeout, on_event)
        return await self._attached.finish(session, self.ended(session))

    async def events(self, timeout: float | None = None) -> AsyncIterator[Event]:
        """Wait for the end, telling what each look finds; `Finished` comes last.

        Args:
            timeout: Seconds from now; ``None`` takes the client's.

        Raises:
            JobTimeout: The job still runs; waiting again is fine.
        """
        session = self._session("events", timeout)
        with session.watch.watched():
            async for event in self._events(session):
                session.emit(event)
                yield event

    async def cancel(self) -> Self:
        """Ask the service to stop the job; wait for it to see whether it did.

        Raises:
            InputError: The service offers no way to cancel this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("cancel")
        return await self._attached.finish(session, self._control(session, "cancel"))

    async def pause(self) -> Self:
        """Ask the service to halt the job until it is resumed.

        Raises:
            InputError: The service offers no way to pause this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("pause")
        return await self._attached.finish(session, self._control(session, "pause"))

    async def resume(self) -> Self:
        """Ask the service to go on with a job that was paused.

        Raises:
            InputError: The service offers no way to resume this kind of job.
            APIError: It refused, for instance because the job has ended.
        """
        session = self._session("resume")
        return await self._attached.finish(session, self._control(session, "resume"))


async def start(
    session: Session, client: Client, kind: type[H], job: JobDescription[Any], order: Order
) -> H:
    """Submit, and hand out the handle; see `redenlab.core.submission.submit` for what it raises."""
    order = dataclasses.replace(order, parameters=await client.prepared(session, order.parameters))
    try:
        ticket = await submission.submit(session, job, order)
    except JobTimeout as error:
        late = Ticket(error.job_id or "", order.model, "")
        error.job = kind(client, job.service, job.name, late)
        raise
    return kind(client, job.service, job.name, ticket)


async def perform(
    session: Session,
    client: Client,
    kind: type[Handle[Any, F]],
    job: JobDescription[Any],
    order: Order,
) -> F:
    """Submit and wait for the result, all within one deadline."""
    handle = await start(session, client, kind, job, order)
    return await handle.ended(session)
