"""The `Io` for event loops: asyncio, and trio through anyio.

Cancellation ends a request at its deadline, whatever the server does. Connections belong to the
loop that opened them, so each loop has its own pools and a client survives a second
``asyncio.run``.
"""

import contextlib
import random
import time
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Awaitable, Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import ParamSpec, TypeVar, cast

import anyio
import anyio.lowlevel
import anyio.to_thread
import httpx

from redenlab.core import network
from redenlab.core.errors import RequestTimeout
from redenlab.core.io import Message, Upload
from redenlab_api.errors import ApiError
from redenlab_api.types import Answer

P = ParamSpec("P")
T = TypeVar("T")


LINGER = 0.05
"""Seconds for the end of a stream that was left."""


class AsyncIo:
    """The network and the clock, for event loops."""

    def __init__(
        self, route: network.Route, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """Connect nothing yet; `transport` replaces the network."""
        self.route = route
        self._transport = transport
        self._loop_pools = anyio.lowlevel.RunVar[network.Pools](f"redenlab-{id(self)}")
        self._loop_turn = anyio.lowlevel.RunVar[anyio.Lock](f"redenlab-turn-{id(self)}")

    def now(self) -> float:
        """Monotonic seconds."""
        return time.monotonic()

    def random(self) -> float:
        """Uniform from 0 to 1; the system's source, so that forks differ."""
        return random.SystemRandom().random()

    async def sleep(self, seconds: float) -> None:
        """Let other tasks run."""
        await anyio.sleep(max(seconds, 0))

    async def offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it in a worker thread."""
        return await anyio.to_thread.run_sync(lambda: function(*args, **kwargs))

    def alone(self) -> anyio.Lock:
        """See `redenlab.core.io.Io`; each event loop has its own."""
        try:
            return self._loop_turn.get()
        except LookupError:
            self._loop_turn.set(anyio.Lock())
            return self._loop_turn.get()

    async def send(self, message: Message, deadline: float) -> Answer:
        """See `redenlab.core.io.Io`."""
        body = httpx.ByteStream(message.content)
        return await self._exchange(network.API, message, body, deadline)

    async def put(self, upload: Upload, deadline: float) -> Answer:
        """See `redenlab.core.io.Io`. The next piece is read while the last one is sent."""
        reader = ThreadPoolExecutor(1, "redenlab-upload")
        try:
            body = _Body(_told(upload, reader))
            purpose = network.API if upload.to_api else network.STORAGE
            return await self._exchange(purpose, upload, body, deadline)
        finally:
            reader.shutdown(wait=False, cancel_futures=True)

    async def listen(self, message: Message, deadline: float) -> AsyncGenerator[bytes, None]:
        """See `redenlab.core.io.Io`."""
        body = httpx.ByteStream(message.content)
        purpose = network.API if message.to_api else network.STORAGE
        request = network.request(purpose, message, body, deadline - self.now())
        transport = self._transport or self._pools().get(purpose, message.url)
        guard = self._guard(deadline, request.url.host)
        response = await guard(transport.handle_async_request(request))
        pieces: AsyncIterator[bytes] | None = None
        try:
            if not response.is_success:
                content = await guard(_body(response))
                raise ApiError(response.status_code, response.headers, content)
            network.refuse_compressed(response)
            pieces = aiter(cast("AsyncIterable[bytes]", response.stream))
            while piece := await guard(_next(pieces)):
                yield piece
        finally:
            with anyio.CancelScope(shield=True):
                await _left_behind(pieces)
                await response.aclose()

    async def aclose(self) -> None:
        """Close the connections of the running loop; the next call opens new ones."""
        for pool in self._pools().drain():
            await pool.aclose()
        if self._transport is not None:
            await self._transport.aclose()

    def _pools(self) -> network.Pools:
        try:
            return self._loop_pools.get()
        except LookupError:
            pools = network.Pools(self.route, httpx.AsyncHTTPTransport)
            self._loop_pools.set(pools)
            return pools

    async def _exchange(
        self,
        purpose: network.Purpose,
        message: Message | Upload,
        body: httpx.AsyncByteStream,
        deadline: float,
    ) -> Answer:
        """One request, one answer. Failures are raised anew, outside the frames that failed."""
        request = network.request(purpose, message, body, deadline - self.now())
        transport = self._transport or self._pools().get(purpose, message.url)

        async def exchange() -> Answer:
            response = await transport.handle_async_request(request)
            return network.answer(response, await _body(response))

        return await self._guard(deadline, request.url.host)(exchange())

    def _guard(self, deadline: float, host: str) -> "_Guard":
        return _Guard(self, deadline, host)


@dataclass(frozen=True, slots=True)
class _Guard:
    """Holds a step of an exchange to the deadline; its failure is raised anew, without frames."""

    io: AsyncIo
    deadline: float
    host: str

    async def __call__(self, step: Awaitable[T]) -> T:
        try:
            with anyio.fail_after(max(self.deadline - self.io.now(), 0)):
                return await step
        except (httpx.HTTPError, httpx.StreamError) as error:
            failure = network.failure(error, self.host)
        except TimeoutError as error:
            if isinstance(error, RequestTimeout):
                raise
            failure = network.failure(httpx.ReadTimeout("deadline"), self.host)
        raise failure


async def _left_behind(pieces: AsyncIterator[bytes] | None) -> None:
    """Finish a stream that nobody listens to any more.

    What has come by now is thrown away, which often is all of it, and keeps the connection. The
    cancelling unwinds the generators of the HTTP library; left to the garbage collector, they
    would complain on trio.
    """
    if pieces is not None:
        with anyio.move_on_after(LINGER), contextlib.suppress(httpx.HTTPError, httpx.StreamError):
            while await _next(pieces):
                pass


async def _next(pieces: AsyncIterator[bytes]) -> bytes:
    return await anext(pieces, b"")


async def _body(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    try:
        async for part in cast("AsyncIterable[bytes]", response.stream):
            size += len(part)
            if size > network.MOST_ANSWER_BYTES:
                raise network.too_large()
            parts.append(part)
        if (connection := network.tainted(response)) is not None:
            await connection.aclose()
    finally:
        await response.aclose()
    return b"".join(parts)


async def _told(upload: Upload, reader: Executor) -> AsyncIterator[bytes]:
    ahead = reader.submit(next, upload.chunks, b"")
    while chunk := await _read(ahead):
        ahead = reader.submit(next, upload.chunks, b"")
        yield chunk
        upload.sent(len(chunk))


async def _read(piece: Future[bytes]) -> bytes:
    """Mostly the disk is faster than the network, and there is nothing to wait for.

    Otherwise the wait can be cancelled: a recording may come over a network as well.
    """
    if piece.done():
        return piece.result()
    return await anyio.to_thread.run_sync(piece.result, abandon_on_cancel=True)


class _Body(httpx.AsyncByteStream):
    def __init__(self, chunks: AsyncIterator[bytes]) -> None:
        self._chunks = chunks

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._chunks
