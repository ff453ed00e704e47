"""The sync `Io`: every method returns before it suspends, which is what `run` relies on.

A per-read timeout cannot end a response that drips, so every read and write of a socket is clamped
to the time left of the call's deadline, response headers included.
"""

import contextlib
import os
import random
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from contextvars import ContextVar
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

import httpcore
import httpx

from redenlab.core.transport import pools
from redenlab.core.transport.io import TURNS, OutgoingRequest, Stream
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.readers import SETTLE, Reading, readers
from redenlab.core.transport.route import Route
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

P = ParamSpec("P")
T = TypeVar("T")

WRITE_BYTES = 256 * 1024
"""Bytes per socket write: small enough to notice a deadline, large enough to cost nothing."""

_deadline: ContextVar[float] = ContextVar("redenlab_deadline", default=float("inf"))


class BlockingIo:
    """The network and the clock, for threads."""

    def __init__(self, route: Route, transport: httpx.BaseTransport | None = None) -> None:
        """Connect nothing yet; `transport` replaces the network."""
        self.route = route
        self._transport = transport
        self._renew()

    def _renew(self) -> None:
        self._pools_lock = threading.Lock()
        self._call_lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(TURNS)
        self._process = os.getpid()
        self._pools = pools.Pools(self.route, Transport)

    def now(self) -> float:
        return time.monotonic()

    def random(self) -> float:
        """Uniform from 0 to 1; the system's source, so that forks differ."""
        return random.SystemRandom().random()

    async def sleep(self, seconds: float) -> None:
        """Block the thread."""
        time.sleep(max(seconds, 0))

    async def run_in_thread(
        self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call it here: a sync client may block."""
        return function(*args, **kwargs)

    async def read(self, deadline: float, function: Callable[[], T]) -> T:
        reading = readers().start(function)
        return cast("T", _result(reading, deadline))

    @contextlib.asynccontextmanager
    async def lock(self) -> AsyncGenerator[None]:
        self._notice_fork()
        with self._call_lock:
            yield

    @contextlib.asynccontextmanager
    async def turn(self, deadline: float) -> AsyncGenerator[None]:
        self._notice_fork()
        with _acquired(self._turns, deadline, "a poll"):
            yield

    def shield(self, seconds: float) -> contextlib.AbstractContextManager[float]:
        return contextlib.nullcontext(seconds)  # there are no tasks

    async def send(
        self, request: OutgoingRequest, deadline: float, seconds: float | None = None
    ) -> RawResponse:
        if not isinstance(request.content, Stream):
            return self._exchange(request, None, deadline, seconds)
        body = _Body(_read_ahead(request.content, deadline))
        return self._exchange(request, body, deadline, seconds)

    async def stream(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        prepared = pools.to_httpx(request, deadline - self.now())
        transport = self._pool(request)
        host = prepared.url.host
        response = with_deadline(deadline, host, lambda: transport.handle_request(prepared))
        with contextlib.closing(response):
            if not response.is_success:
                content = with_deadline(deadline, host, lambda: _read(response, host))
                raise ApiError(response.status_code, response.headers, content)
            pools.refuse_compressed(response)
            chunks = iter(cast("Iterable[bytes]", response.stream))
            while chunk := with_deadline(deadline, host, lambda: next(chunks, b"")):
                yield chunk
            _release(response)

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        for pool in self._pools.drain():
            pool.close()
        if self._transport is not None:
            self._transport.close()

    def _pool(self, request: OutgoingRequest) -> httpx.BaseTransport:
        if self._transport is not None:
            return self._transport
        self._notice_fork()
        with self._pools_lock:
            return cast("httpx.BaseTransport", self._pools.get(pools.purpose(request), request.url))

    def _notice_fork(self) -> None:
        # Sockets that are shared across a fork mix up responses, and a lock that was held at the
        # fork is never released in the child.
        if self._process != os.getpid():
            self._renew()

    def _exchange(
        self,
        request: OutgoingRequest,
        body: httpx.SyncByteStream | None,
        deadline: float,
        seconds: float | None,
    ) -> RawResponse:
        """One request, one response."""
        transport = self._pool(request)
        with _connection_slot(transport, request, deadline):
            until = pools.until(deadline, self.now(), seconds)
            prepared = pools.to_httpx(request, until - self.now(), body)
            host = prepared.url.host

            def exchange() -> RawResponse:
                response = transport.handle_request(prepared)
                return pools.raw_response(response, _read(response, host))

            return with_deadline(until, host, exchange)


def with_deadline(deadline: float, host: str, step: Callable[[], T]) -> T:
    """Run a step of an exchange with `host`, until `deadline` at most."""
    token = _deadline.set(deadline)
    try:
        return step()
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise pools.failure(error, host) from None
    finally:
        _deadline.reset(token)


class Transport(httpx.HTTPTransport):
    """Ends every read and write at the deadline; its pool never has a queue.

    A request that waits in httpcore's pool may make it close a connection that has just become
    idle, even while another thread begins to use it. So callers beyond the pool size wait on the
    semaphore `slots`.
    """

    def __init__(self, *, limits: httpx.Limits, **options: Any) -> None:
        super().__init__(limits=limits, **options)
        size = limits.max_connections or 1
        self.slots: threading.BoundedSemaphore = threading.BoundedSemaphore(size)
        # httpcore takes a network backend, httpx does not pass one on: its pool is the only way.
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001


@contextlib.contextmanager
def _connection_slot(
    transport: httpx.BaseTransport, request: OutgoingRequest, deadline: float
) -> Generator[None]:
    """Use one of the connections of our own transports; others manage their own."""
    if not isinstance(transport, Transport):
        yield
        return
    with _acquired(transport.slots, deadline, pools.host(request)):
        yield


@contextlib.contextmanager
def _acquired(semaphore: threading.Semaphore, deadline: float, whom: str) -> Generator[None]:
    """Hold a semaphore, of which `whom` is told if it is not free by `deadline`."""
    if not semaphore.acquire(timeout=max(deadline - time.monotonic(), 0)):
        raise failed("no time", whom)
    try:
        yield
    finally:
        semaphore.release()


def _read(response: httpx.Response, host: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    with contextlib.closing(response):
        for part in cast("Iterable[bytes]", response.stream):
            size += len(part)
            if size > pools.MAX_RESPONSE_BYTES:
                raise failed("too large", host, pools.MAX_RESPONSE_BYTES)
            if time.monotonic() > _deadline.get():  # the transport of a caller knows no deadline
                raise httpx.ReadTimeout("deadline")
            parts.append(part)
        _release(response)
    return b"".join(parts)


def _release(response: httpx.Response) -> None:
    """After the body was read: mark the connection as idle, or close it over surplus bytes."""
    stream = getattr(pools.connection(response), "_network_stream", None)
    if isinstance(stream, _Stream):
        stream.busy = False
    if (connection := pools.surplus_connection(response)) is not None:
        connection.close()


def _read_ahead(body: Stream, deadline: float) -> Iterator[bytes]:
    """The chunks of a body; a thread reads the next one while one is sent."""
    ahead = readers().start(partial(next, body.chunks, b""))
    try:
        while chunk := _result(ahead, deadline):
            ahead = readers().start(partial(next, body.chunks, b""))
            yield chunk
            body.on_sent(len(chunk))
    finally:
        _settle(ahead)


def _result(reading: Reading, deadline: float) -> Any:
    try:
        return reading.result(max(deadline - time.monotonic(), 0))
    except TimeoutError:
        if reading.done():
            raise  # by the source itself
        readers().leave(reading)
        raise failed("stalled", "the recording") from None
    except BaseException:  # such as Ctrl-C
        readers().leave(reading)
        raise


def _settle(reading: Reading) -> None:
    """Give the last read of a body that was given up a moment: its source is closed next."""
    with contextlib.suppress(Exception):
        reading.exception(SETTLE)
    readers().leave(reading)


class _Body(httpx.SyncByteStream):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks

    def __iter__(self) -> Iterator[bytes]:
        return self._chunks


def _left(
    timeout: float | None, error: type[httpcore.TimeoutException] = httpcore.ReadTimeout
) -> float:
    left = _deadline.get() - time.monotonic()
    if left <= 0:
        raise error("deadline")
    return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A socket whose every read and write ends at the deadline.

    Attributes:
        busy: Whether a request was written whose response has not been read. httpcore takes a
            readable connection that was idle a moment ago for one that the server has closed, and
            closes it under the thread that has just begun to use it.
    """

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self.busy: bool = False
        self._writes = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.busy = True
        self._writes += 1
        if len(buffer) <= WRITE_BYTES:
            self._inner.write(buffer, _left(timeout))
            return
        view: Any = memoryview(buffer)  # slices of a view copy nothing
        for start in range(0, len(view), WRITE_BYTES):
            self._inner.write(view[start : start + WRITE_BYTES], _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        busy, writes = self.busy, self._writes
        found = self._inner.get_extra_info(info)
        used = busy or writes != self._writes  # another thread's request came in between
        return False if info == "is_readable" and used else found


class _Backend(httpcore.NetworkBackend):
    """Opens sockets that know the deadline."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.connect_tcp(host, port, left, local_address, socket_options))

    def sleep(self, seconds: float) -> None:
        self._inner.sleep(_left(seconds))
