"""The async `Io`: for asyncio, and for trio through anyio.

Cancellation ends a request at its deadline, whatever the server does. Connections belong to the
event loop that opened them, so each loop has its own pools and a client survives a second
``asyncio.run``.
"""

import contextlib
import random
import time
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    Callable,
    Generator,
)
from functools import partial
from typing import ParamSpec, TypeVar, cast

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx

from redenlab.core.errors import RequestTimeout
from redenlab.core.transport import pools
from redenlab.core.transport.aio_network import Sending, sending
from redenlab.core.transport.aio_pool import Transport, acquired, connection_slot
from redenlab.core.transport.aio_readers import result
from redenlab.core.transport.io import TURNS, OutgoingRequest, Stream
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.readers import readers
from redenlab.core.transport.route import Route
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

P = ParamSpec("P")
T = TypeVar("T")

LINGER = 0.05
"""Seconds for the rest of a stream whose reader has gone."""


class AsyncIo:
    """The network and the clock, for event loops."""

    def __init__(self, route: Route, transport: httpx.AsyncBaseTransport | None = None) -> None:
        """Connect nothing yet; `transport` replaces the network."""
        self.route = route
        self._transport = transport
        self._loop_pools = anyio.lowlevel.RunVar[pools.Pools](f"redenlab-{id(self)}")
        self._loop_lock = anyio.lowlevel.RunVar[anyio.Lock](f"redenlab-lock-{id(self)}")
        self._loop_turns = anyio.lowlevel.RunVar[anyio.Semaphore](f"redenlab-turns-{id(self)}")

    def now(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        """Uniform from 0 to 1; the system's source, so that forks differ."""
        return random.SystemRandom().random()

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run."""
        await anyio.sleep(max(seconds, 0))

    async def run_in_thread(
        self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call it in a worker thread."""
        return await anyio.to_thread.run_sync(lambda: function(*args, **kwargs))

    async def read(self, deadline: float, function: Callable[[], T]) -> T:
        reading = readers().start(function)
        return cast("T", await result(reading, deadline - self.now()))

    def lock(self) -> anyio.Lock:
        """See `redenlab.core.transport.io.Io`; each event loop has its own."""
        return _of_loop(self._loop_lock, anyio.Lock)

    @contextlib.asynccontextmanager
    async def turn(self, deadline: float) -> AsyncGenerator[None, None]:
        turns = _of_loop(self._loop_turns, partial(anyio.Semaphore, TURNS))
        if not await acquired(turns, deadline - self.now()):
            raise failed("no time", "a poll")
        try:
            yield
        finally:
            turns.release()

    def shield(self, seconds: float) -> anyio.CancelScope:
        return anyio.move_on_after(seconds, shield=True)

    async def send(
        self, request: OutgoingRequest, deadline: float, seconds: float | None = None
    ) -> RawResponse:
        if not isinstance(request.content, Stream):
            return await self._exchange(request, None, deadline, seconds)
        async with contextlib.aclosing(_read_ahead(request.content)) as chunks:
            return await self._exchange(request, _Body(chunks), deadline, seconds)

    async def stream(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        transport = self._pool(request)
        chunks = contextlib.aclosing(self._streamed(transport, request, deadline))
        slot = connection_slot(transport, request, deadline - self.now())
        async with slot, chunks as found:
            async for chunk in found:
                yield chunk

    async def _streamed(
        self, transport: httpx.AsyncBaseTransport, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        prepared = pools.to_httpx(request, deadline - self.now())
        host = prepared.url.host
        step = partial(self._with_deadline, deadline, host)
        response = await step(transport.handle_async_request(prepared))
        chunks: AsyncIterator[bytes] | None = None
        try:
            if not response.is_success:
                content = await step(_read(response, host))
                raise ApiError(response.status_code, response.headers, content)
            pools.refuse_compressed(response)
            chunks = aiter(cast("AsyncIterable[bytes]", response.stream))
            while chunk := await step(_next(chunks)):
                yield chunk
        finally:
            with anyio.CancelScope(shield=True):
                await _finish(chunks)
                await response.aclose()

    async def aclose(self) -> None:
        """Close the connections of the running loop; the next call opens new ones."""
        for pool in self._pools().drain():
            await pool.aclose()
        if self._transport is not None:
            await self._transport.aclose()

    def _pools(self) -> pools.Pools:
        return _of_loop(self._loop_pools, partial(pools.Pools, self.route, Transport))

    def _pool(self, request: OutgoingRequest) -> httpx.AsyncBaseTransport:
        if self._transport is not None:
            return self._transport
        found = self._pools().get(pools.purpose(request), request.url, request.named_by)
        return cast("httpx.AsyncBaseTransport", found)

    async def _exchange(
        self,
        request: OutgoingRequest,
        body: httpx.AsyncByteStream | None,
        deadline: float,
        seconds: float | None,
    ) -> RawResponse:
        """One request, one response."""
        transport = self._pool(request)
        async with connection_slot(transport, request, deadline - self.now()):
            until = pools.until(deadline, self.now(), seconds)
            prepared = pools.to_httpx(request, until - self.now(), body)
            host = prepared.url.host

            async def exchange() -> RawResponse:
                response = await transport.handle_async_request(prepared)
                return pools.raw_response(response, await _read(response, host))

            with _watched(transport) as progress:
                return await self._with_deadline(until, host, exchange(), progress)

    async def _with_deadline(
        self, deadline: float, host: str, step: Awaitable[T], progress: Sending | None = None
    ) -> T:
        """Run a step of an exchange with `host`, until `deadline` at most."""
        try:
            with anyio.fail_after(max(deadline - self.now(), 0)):
                return await step
        except (httpx.HTTPError, httpx.StreamError) as error:
            raise pools.failure(error, host) from None
        except TimeoutError as error:
            if isinstance(error, RequestTimeout):
                raise
            is_sent = progress is None or progress.has_begun
            raise failed("timeout" if is_sent else "connect timeout", host) from None


@contextlib.contextmanager
def _watched(transport: httpx.AsyncBaseTransport) -> Generator[Sending | None]:
    """What becomes of a request, as far as the transport is ours."""
    if not isinstance(transport, Transport):
        yield None
        return
    token = sending.set(Sending())
    try:
        yield sending.get()
    finally:
        sending.reset(token)


def _of_loop(variable: anyio.lowlevel.RunVar[T], make: Callable[[], T]) -> T:
    """What belongs to the running event loop, made when first needed."""
    try:
        return variable.get()
    except LookupError:
        made = make()
        variable.set(made)
        return made


async def _finish(chunks: AsyncIterator[bytes] | None) -> None:
    """Finish a stream whose reader has gone.

    What has come by now is thrown away, which often is all of it, and keeps the connection. The
    cancellation unwinds the generators of the HTTP library; left to the garbage collector, they
    would complain on trio.
    """
    if chunks is not None:
        with anyio.move_on_after(LINGER), contextlib.suppress(httpx.HTTPError, httpx.StreamError):
            while await _next(chunks):
                pass


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    return await anext(chunks, b"")


async def _read(response: httpx.Response, host: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in cast("AsyncIterable[bytes]", response.stream):
            size += len(part)
            if size > pools.MAX_RESPONSE_BYTES:
                raise failed("too large", host, pools.MAX_RESPONSE_BYTES)
            parts.append(part)
    finally:
        await response.aclose()
    return b"".join(parts)


async def _read_ahead(body: Stream) -> AsyncGenerator[bytes]:
    """The chunks of a body; where that may take long, a thread reads one while one is sent."""
    ahead = readers().start_ahead(body.chunks)
    try:
        while chunk := next(body.chunks, b"") if ahead is None else await result(ahead):
            ahead = readers().start_ahead(body.chunks)
            yield chunk
            body.on_sent(len(chunk))
    finally:
        if ahead is not None:
            readers().leave(ahead)


class _Body(httpx.AsyncByteStream):
    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks
