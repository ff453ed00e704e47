"""What one public call may use, and until when: the only place where requests are retried."""

import dataclasses
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar, cast

from redenlab.core import errors
from redenlab.core.calls.api_client import ApiClient
from redenlab.core.calls.extras import NONE, Extras
from redenlab.core.calls.instrumentation import Call
from redenlab.core.events import Attempted, Event, Retrying
from redenlab.core.spec.operations import BoundOperation, Operation
from redenlab.core.text import Redact
from redenlab.core.transport import gate, sse
from redenlab.core.transport.io import Io, OutgoingRequest, prefer_wait_seconds
from redenlab.core.transport.outcomes import Peer, failed, may_have_acted
from redenlab.lowlevel.errors import ApiError, SchemaError
from redenlab.lowlevel.types import File, RawResponse, Request

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CallContext:
    """One public call.

    Attributes:
        deadline: Monotonic seconds at which the whole call has to be over.
        instrumentation: Everyone who is told about the call.
        extras: What the caller adds to its requests.
        paced: Whether its requests are polls of a wait, which have to take turns.
    """

    api: ApiClient
    deadline: float
    instrumentation: Call = field(default_factory=Call)
    extras: Extras = NONE
    paced: bool = False

    @property
    def io(self) -> Io:
        """The outside world."""
        return self.api.io

    def emit(self, event: Event) -> None:
        """Notify all observers and the listener."""
        self.instrumentation.on_event(event)

    def left(self) -> float:
        """Seconds until the deadline; negative when it has passed."""
        return self.deadline - self.io.now()

    def limit(self, extra: float = 0.0) -> float:
        """Monotonic seconds at which a request that begins now has to be over."""
        return min(self.deadline, self.io.now() + self.api.http_timeout + extra)

    def with_deadline(self, deadline: float) -> "CallContext":
        """This call with another deadline."""
        return dataclasses.replace(self, deadline=deadline)

    def redact(self, text: str) -> str:
        """`text` without the client's credential."""
        return self.api.auth.redact(text)

    async def call(
        self, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, RawResponse]:
        """Send one operation, again where that is safe and may help.

        Returns:
            The typed body, and the response that it came in.
        """
        return await self._call(operation, built(operation, *args, **kwargs))

    async def call_json(
        self,
        bound: BoundOperation,
        body: Mapping[str, Any] | None = None,
        arguments: Mapping[str, Any] | None = None,
    ) -> tuple[Any, RawResponse]:
        """Call an operation with arguments and a body as JSON, under the names of the wire.

        The extra body of the call, if there is one, is for this request.
        """
        request = built(bound.operation, **given(bound, body, arguments or {}))
        return await self._call(bound.operation, self.extras.in_body(request))

    async def _call(self, operation: Operation[..., T], request: Request) -> tuple[T, RawResponse]:
        def read(response: RawResponse) -> T:
            return gate.parsed(operation, response, self.redact)

        return await self.send(request, read, idempotent=operation.IDEMPOTENT)

    async def send(
        self,
        request: Request,
        read: Callable[[RawResponse], T],
        *,
        idempotent: bool,
        hold: float = 0.0,
    ) -> tuple[T, RawResponse]:
        """Send a request, again where that is safe and may help.

        Args:
            request: Without the credential, and without what the caller adds to every request.
            read: What is made of the response; raises an error of ours for one that is no success.
            idempotent: Whether it may be sent twice.
            hold: Seconds for which the service may hold its response back.

        Returns:
            What was read, and the response.
        """
        request = self.extras.added(request)

        async def attempt() -> tuple[T, RawResponse]:
            response = await self._exchange(request, hold)
            try:
                return read(response), response
            except errors.AuthenticationError as error:
                if error.status != 401 or not (request.secured and await self.api.auth.renew()):
                    raise
            response = await self._exchange(request, hold)
            return read(response), response

        return await self.with_retries(request.operation, attempt, idempotent=idempotent)

    async def with_retries(
        self,
        name: str,
        attempt: Callable[[], Awaitable[T]],
        *,
        idempotent: bool,
        repeat: bool = True,
    ) -> T:
        """Make an attempt, and further ones where that is safe and may help.

        Args:
            name: What listeners are told is retried.
            attempt: Sends the request once.
            idempotent: Whether it may be sent twice.
            repeat: Whether there may be further ones at all.
        """
        attempts, failures, limited = 0, 0, 0
        while True:
            attempts += 1
            begun = self.io.now()
            try:
                result = await (self._in_turn(attempt) if self.paced else attempt())
            except errors.RedenLabError as error:
                failure = errors.stripped(error)
            else:
                spent = self.io.now() - begun
                self.emit(attempted(name, attempts, spent, result, self.redact))
                self.api.bucket.succeeded()
                return result
            self.emit(attempted(name, attempts, self.io.now() - begun, failure, self.redact))
            free = self.api.retry.wait_out_429 and isinstance(failure, errors.RateLimited)
            failures, limited = failures + (not free), limited + free
            failure.attempts = attempts
            count = limited if free else failures
            wait = self._wait(failure, count, idempotent=idempotent, free=free) if repeat else None
            if wait is None:
                raise failure
            self.emit(Retrying(name, failure.message, wait, failure.template))
            await self.io.sleep(wait)

    async def _in_turn(self, attempt: Callable[[], Awaitable[T]]) -> T:
        """Make an attempt once the other polls of the client, and the service, leave room."""
        pace = self.api.pace
        while True:
            async with self.io.turn(self.deadline):
                if not (pause := pace.pause(self.io.now())):
                    try:
                        return await attempt()
                    except errors.RedenLabError as error:
                        pace.heed(error, self.io.now())
                        raise
            if pause >= self.left():
                problem = "the service has asked for a pause"
                raise errors.RateLimited(problem, retry_after=pause)
            await self.io.sleep(pause)

    async def stream(
        self, operation: Operation[P, Any], /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[sse.ServerSentEvent, None]:
        """The server-sent events of an operation, until the stream ends; requested once."""
        async for event in self.listen(built(operation, *args, **kwargs)):
            yield event

    async def listen(self, request: Request) -> AsyncGenerator[sse.ServerSentEvent, None]:
        """The server-sent events that `request` is answered with; requested once."""
        outgoing = await self.signed(request, sse.ACCEPT)
        decoder = sse.Decoder()
        async with aclosing(self.chunks(outgoing)) as chunks:
            async for chunk in chunks:
                for event in decoder.feed(chunk):
                    yield event

    async def signed(self, request: Request, accept: str = "*/*") -> OutgoingRequest:
        """`request` as it is sent, with the credential, for a response that is streamed."""
        limit = self.limit()
        base_url = await self.api.resolve_base_url(limit)
        request = self.api.translated(self.extras.added(request))
        outgoing = self.api.addressed(request, base_url, accept)
        return await self.api.sign(outgoing, limit, secured=request.secured)

    async def chunks(self, request: OutgoingRequest) -> AsyncGenerator[bytes, None]:
        """The body of the response to `request`, as it comes; requested once."""
        try:
            async with aclosing(self.io.stream(request, self.deadline)) as chunks:
                async for chunk in chunks:
                    yield chunk
        except ApiError as error:
            response = RawResponse(error.status_code, error.headers, error.content)
            peer: Peer = "api" if request.to_api else "storage"
            raise gate.refused(response, peer, self.redact) from None

    async def _exchange(self, request: Request, hold: float) -> RawResponse:
        """Send a request once."""
        if self.left() <= 0:
            raise failed("no time", request.operation)
        limit = self.limit(max(hold, prefer_wait_seconds(request.headers)))
        return await self.api.exchange(request, self.emit, limit, self.deadline)

    def _wait(
        self, error: errors.RedenLabError, failures: int, *, idempotent: bool, free: bool
    ) -> float | None:
        """Seconds before the next attempt; ``None`` when there must be none.

        `failures` counts those of its kind; a `free` one costs no retry, so that only the deadline
        ends it.
        """
        retry = self.api.retry
        safe = idempotent or not may_have_acted(error)
        if not (error.retryable and safe) or not (free or failures <= retry.retries):
            return None
        wait = retry.wait(failures, self.io.random(), error.retry_after)
        if wait >= self.left() or not (free or self.api.bucket.take()):
            return None
        return wait


def attempted(
    name: str, attempt: int, seconds: float, outcome: Any, redact: Redact | None = None
) -> Attempted:
    """What listeners are told of an attempt that ended in an error or a response."""
    if isinstance(outcome, errors.RedenLabError):
        status, request = outcome.status, outcome.request_id
        texts = (outcome.message, outcome.template)
        return Attempted(name, attempt, seconds, status, request, *texts)
    response = cast("Any", outcome)[1] if isinstance(outcome, tuple) else outcome
    if not isinstance(response, RawResponse):
        return Attempted(name, attempt, seconds)
    request = gate.request_id(response.headers, redact)
    return Attempted(name, attempt, seconds, response.status_code, request)


def built(operation: Operation[P, Any], /, *args: P.args, **kwargs: P.kwargs) -> Request:
    """The request of an operation; an argument that it cannot have is an `InputError`."""
    try:
        return operation.build(*args, **kwargs)
    except (TypeError, ValueError) as error:  # not JSON, or not possible in a path
        raise errors.InputError(f"{operation.OPERATION}: {error}") from None


def given(bound: BoundOperation, body: Any, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `build`, from a body and arguments under the names of the wire."""
    found = bound.arguments(arguments)
    if isinstance(body, File):
        return {**found, "body": body}
    if bound.body is not None:
        try:
            found["body"] = bound.body(body or {})
        except SchemaError as error:
            problem = f"{bound.operation.OPERATION}: {error.problem}"
            raise errors.InputError(problem) from None
    return found
