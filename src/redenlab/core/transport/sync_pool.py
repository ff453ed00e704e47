"""Connections of the sync driver to one host: each exchange owns one until it is over.

httpcore's own pool shares its connections between requests, threads and cancellations, and loses
some of them. So it makes the connections here, and nothing else: what an exchange has taken, no
other one can see, and it comes back only if the response was read to its exact end.
"""

import contextlib
import ssl
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from typing import Any, cast

import httpcore
import httpx

from redenlab.core.transport import pools
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.resolver import Resolver
from redenlab.core.transport.sync_network import SyncNetwork, SyncStream


class Transport(httpx.HTTPTransport):
    """httpx's transport over connections of ours.

    Callers beyond the number of connections wait on the semaphore `slots`.
    """

    def __init__(self, tls: ssl.SSLContext, proxy: str | None, resolver: Resolver) -> None:
        """Connect nothing yet."""
        # httpx makes its pool in its constructor, and offers no other way to choose the network.
        self._pool: Any = Connections(tls, proxy, resolver)
        self.slots: threading.BoundedSemaphore = threading.BoundedSemaphore(pools.MAX_CONNECTIONS)


class Connections:
    """Those that no exchange has; it stands where httpx has its pool."""

    def __init__(self, tls: ssl.SSLContext, proxy: str | None, resolver: Resolver) -> None:
        self._make = partial(httpcore.ConnectionPool, **pools.pool_options(tls, proxy))
        self._resolver = resolver
        self._lock = threading.Lock()
        self._idle: list[httpcore.ConnectionInterface] = []
        self._is_closed = False

    def handle_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request on a connection of its own."""
        connection = self._taken() or self._made(request.url.origin)
        try:
            response = connection.handle_request(request)
        except BaseException:
            connection.close()
            raise
        body = cast("Iterable[bytes]", response.stream)
        response.stream = _Body(body, partial(self._give_back, connection, response))
        return response

    def close(self) -> None:
        """Close those at rest; each of the others is closed when its exchange is over."""
        with self._lock:
            self._is_closed = True
            while self._idle:
                self._idle.pop().close()

    def _made(self, origin: httpcore.Origin) -> httpcore.ConnectionInterface:
        pool = self._make(network_backend=SyncNetwork(self._resolver))
        return pool.create_connection(origin)

    def _taken(self) -> httpcore.ConnectionInterface | None:
        """The one that was used last, if it is still good."""
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if not connection.has_expired():
                    self._close_expired()
                    return connection
                connection.close()
        return None

    def _close_expired(self) -> None:
        """Close the one that was at rest for longest, if its time is over."""
        if self._idle and self._idle[0].has_expired():
            self._idle.pop(0).close()

    def _give_back(
        self, connection: httpcore.ConnectionInterface, response: httpcore.Response
    ) -> None:
        """Keep a connection for the next exchange, if its response was read to its exact end."""
        stream = cast("Any", response).extensions.get("network_stream")
        is_clean = isinstance(stream, SyncStream) and stream.framing.is_over
        with self._lock:
            if is_clean and connection.is_idle() and not self._is_closed:
                self._idle.append(connection)
                return
        connection.close()


class _Body:
    """The body of a response, with what happens to its connection."""

    def __init__(self, body: Iterable[bytes], give_back: Callable[[], None]) -> None:
        self._body: Any = body
        self._give_back = give_back
        self._is_closed = False

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self._body.close()
            self._give_back()


@contextlib.contextmanager
def connection_slot(
    transport: httpx.BaseTransport, request: OutgoingRequest, deadline: float
) -> Generator[None]:
    """Use one of the connections of our own transports; others manage their own."""
    if not isinstance(transport, Transport):
        yield
        return
    with held(transport.slots, deadline, pools.host(request)):
        yield


@contextlib.contextmanager
def held(semaphore: threading.Semaphore, deadline: float, whom: str) -> Generator[None]:
    """Hold a semaphore, of which `whom` is told if it is not free by `deadline`."""
    if not semaphore.acquire(timeout=max(deadline - time.monotonic(), 0)):
        raise failed("no time", whom)
    try:
        yield
    finally:
        semaphore.release()
