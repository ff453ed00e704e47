"""Connections of the async driver to one host: each exchange owns one until it is over.

See `redenlab.core.transport.sync_pool`. A task may be cancelled at any await, so the connection of
an exchange that did not come to its end is closed, whatever state it is in.
"""

import contextlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any, NamedTuple, cast

import anyio
import httpcore
import httpx

from redenlab.core.transport import pools
from redenlab.core.transport.aio_network import AsyncNetwork, AsyncStream
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.resolver import Resolver


class Transport(httpx.AsyncHTTPTransport):
    """httpx's transport over connections of ours.

    Callers beyond the number of connections wait on the semaphore `slots`.
    """

    def __init__(self, tls: ssl.SSLContext, proxy: str | None, resolver: Resolver) -> None:
        """Connect nothing yet."""
        # httpx makes its pool in its constructor, and offers no other way to choose the network.
        self._pool: Any = Connections(tls, proxy, resolver)
        self.slots: anyio.Semaphore = anyio.Semaphore(pools.MAX_CONNECTIONS)


class _Link(NamedTuple):
    """A connection, and its socket, which it may not have got to know."""

    connection: httpcore.AsyncConnectionInterface
    network: AsyncNetwork


class Connections:
    """Those that no exchange has; it stands where httpx has its pool."""

    def __init__(self, tls: ssl.SSLContext, proxy: str | None, resolver: Resolver) -> None:
        self._make = partial(httpcore.AsyncConnectionPool, **pools.pool_options(tls, proxy))
        self._resolver = resolver
        self._idle: list[_Link] = []
        self._used: set[_Link] = set()
        self._is_closed = False

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection of its own."""
        link = await self._taken() or self._made(request.url.origin)
        self._used.add(link)
        try:
            response = await link.connection.handle_async_request(request)
        except BaseException:
            await self._drop(link)
            raise
        ends = partial(self._give_back, link, response), partial(self._drop, link)
        response.stream = _Body(response.stream, *ends)
        return response

    async def aclose(self) -> None:
        """Close all of them; the exchanges that use one break."""
        self._is_closed = True
        for link in (*self._idle, *self._used):
            await link.network.aclose()
        self._idle.clear()

    def _made(self, origin: httpcore.Origin) -> _Link:
        network = AsyncNetwork(self._resolver)
        pool = self._make(network_backend=network)
        return _Link(pool.create_connection(origin), network)

    async def _taken(self) -> _Link | None:
        """The one that was used last, if it is still good."""
        if self._idle and self._idle[0].connection.has_expired():
            await self._idle.pop(0).network.aclose()
        while self._idle:
            link = self._idle.pop()
            if not link.connection.has_expired():
                return link
            await link.network.aclose()
        return None

    async def _give_back(self, link: _Link, response: httpcore.Response) -> None:
        """Keep a connection for the next exchange, if its response was read to its exact end."""
        self._used.discard(link)
        stream = cast("Any", response).extensions.get("network_stream")
        is_clean = isinstance(stream, AsyncStream) and stream.framing.is_over
        if is_clean and link.connection.is_idle() and not self._is_closed:
            self._idle.append(link)
        else:
            await link.network.aclose()

    async def _drop(self, link: _Link) -> None:
        """Close a connection whose exchange broke."""
        self._used.discard(link)
        await link.network.aclose()


class _Body:
    """The body of a response, with what happens to its connection."""

    def __init__(
        self,
        body: Any,
        give_back: Callable[[], Awaitable[None]],
        drop: Callable[[], Awaitable[None]],
    ) -> None:
        self._body = body
        self._give_back = give_back
        self._drop = drop
        self._is_closed = False

    def __aiter__(self) -> AsyncIterator[bytes]:
        found: AsyncIterator[bytes] = aiter(self._body)
        return found

    async def aclose(self) -> None:
        if self._is_closed:
            return
        self._is_closed = True
        try:
            await self._body.aclose()
        except BaseException:
            await self._drop()
            raise
        await self._give_back()


@contextlib.asynccontextmanager
async def connection_slot(
    transport: httpx.AsyncBaseTransport, request: OutgoingRequest, seconds: float
) -> AsyncGenerator[None]:
    """Use one of the connections of our own transports; others manage their own."""
    if not isinstance(transport, Transport):
        yield
        return
    if not await acquired(transport.slots, seconds):
        raise failed("no time", pools.host(request))
    try:
        yield
    finally:
        transport.slots.release()


async def acquired(semaphore: anyio.Semaphore, seconds: float) -> bool:
    """Acquire a semaphore within `seconds`, after those who have waited for longer."""
    try:
        semaphore.acquire_nowait()
    except anyio.WouldBlock:
        with anyio.move_on_after(max(seconds, 0)) as waiting:
            await semaphore.acquire()
        return not waiting.cancelled_caught
    return True
