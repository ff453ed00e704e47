"""The blocking `Io`: every method returns before it suspends, which is what `run` relies on.

A per-read timeout cannot end an answer that drips, so every read and write of a socket is clamped
to what is left of the call's deadline, response headers included.
"""

import contextlib
import os
import random
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar, cast

import httpcore
import httpx

from redenlab.core import network
from redenlab.core.io import Message, Upload
from redenlab_api.errors import ApiError
from redenlab_api.types import Answer

P = ParamSpec("P")
T = TypeVar("T")

PIECE = 256 * 1024
"""Bytes per socket write: small enough to notice a deadline, large enough to cost nothing."""

_deadline: ContextVar[float] = ContextVar("redenlab_deadline", default=float("inf"))


class BlockingIo:
    """The network and the clock, for threads."""

    def __init__(self, route: network.Route, transport: httpx.BaseTransport | None = None) -> None:
        """Connect nothing yet; `transport` replaces the network."""
        self.route = route
        self._transport = transport
        self._renew()

    def _renew(self) -> None:
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._process = os.getpid()
        self._pools = network.Pools(self.route, Transport)

    def now(self) -> float:
        """Monotonic seconds."""
        return time.monotonic()

    def random(self) -> float:
        """Uniform from 0 to 1; the system's source, so that forks differ."""
        return random.SystemRandom().random()

    async def sleep(self, seconds: float) -> None:
        """Block the thread."""
        time.sleep(max(seconds, 0))

    async def offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it: a blocking client may block."""
        return function(*args, **kwargs)

    @contextlib.asynccontextmanager
    async def alone(self) -> AsyncGenerator[None]:
        """See `redenlab.core.io.Io`."""
        self._notice_fork()
        with self._turn:
            yield

    async def send(self, message: Message, deadline: float) -> Answer:
        """See `redenlab.core.io.Io`."""
        body = httpx.ByteStream(message.content)
        return self._exchange(network.API, message, body, deadline)

    async def put(self, upload: Upload, deadline: float) -> Answer:
        """See `redenlab.core.io.Io`. A thread reads the next piece while the last one is sent."""
        reader = ThreadPoolExecutor(1, "redenlab-upload")
        try:
            body = _Body(_told(upload, reader))
            purpose = network.API if upload.to_api else network.STORAGE
            return self._exchange(purpose, upload, body, deadline)
        finally:
            reader.shutdown(wait=True, cancel_futures=True)

    async def listen(self, message: Message, deadline: float) -> AsyncGenerator[bytes, None]:
        """See `redenlab.core.io.Io`."""
        body = httpx.ByteStream(message.content)
        purpose = network.API if message.to_api else network.STORAGE
        request = network.request(purpose, message, body, deadline - self.now())
        transport = self._pool(purpose, message.url)
        host = request.url.host
        response = guarded(deadline, host, lambda: transport.handle_request(request))
        with contextlib.closing(response):
            if not response.is_success:
                content = guarded(deadline, host, lambda: _read(response))
                raise ApiError(response.status_code, response.headers, content)
            network.refuse_compressed(response)
            pieces = iter(cast("Iterable[bytes]", response.stream))
            while piece := guarded(deadline, host, lambda: next(pieces, b"")):
                yield piece
            _settle(response)

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        for pool in self._pools.drain():
            pool.close()
        if self._transport is not None:
            self._transport.close()

    def _pool(self, purpose: network.Purpose, url: str) -> httpx.BaseTransport:
        if self._transport is not None:
            return self._transport
        self._notice_fork()
        with self._lock:
            return cast("httpx.BaseTransport", self._pools.get(purpose, url))

    def _notice_fork(self) -> None:
        if self._process != os.getpid():  # sockets shared across a fork mix up answers, and a
            self._renew()  # lock that was held then is never released here

    def _exchange(
        self,
        purpose: network.Purpose,
        message: Message | Upload,
        body: httpx.SyncByteStream,
        deadline: float,
    ) -> Answer:
        """One request, one answer. Failures are raised anew, outside the frames that failed."""
        request = network.request(purpose, message, body, deadline - self.now())
        transport = self._pool(purpose, message.url)

        def exchange() -> Answer:
            with _turn(transport):
                response = transport.handle_request(request)
                return network.answer(response, _read(response))

        return guarded(deadline, request.url.host, exchange)


def guarded(deadline: float, host: str, step: Callable[[], T]) -> T:
    """A step of an exchange, held to the deadline; its failure is raised anew, without frames."""
    token = _deadline.set(deadline)
    try:
        return step()
    except (httpx.HTTPError, httpx.StreamError) as error:
        failure = network.failure(error, host)
    finally:
        _deadline.reset(token)
    raise failure


class Transport(httpx.HTTPTransport):
    """Ends every read and write at the deadline of `guarded`; a pool in which nobody queues.

    A request that has to wait in httpcore's pool may make it close a connection that has just
    become idle, even while another thread begins to use it. So whoever has no connection to come
    waits here, outside.
    """

    def __init__(self, *, limits: httpx.Limits, **options: Any) -> None:
        super().__init__(limits=limits, **options)
        size = limits.max_connections or 1
        self.turns: threading.BoundedSemaphore = threading.BoundedSemaphore(size)
        # httpcore takes a network backend, httpx does not pass one on: its pool is the only way.
        pool: Any = self._pool
        pool._network_backend = _Backend(pool._network_backend)  # noqa: SLF001


@contextlib.contextmanager
def _turn(transport: httpx.BaseTransport) -> Generator[None]:
    """Use one of the connections of `transport`; others' transports look after themselves."""
    if not isinstance(transport, Transport):
        yield
        return
    if not transport.turns.acquire(timeout=max(_deadline.get() - time.monotonic(), 0)):
        raise httpx.PoolTimeout("deadline")
    try:
        yield
    finally:
        transport.turns.release()


def _read(response: httpx.Response) -> bytes:
    parts: list[bytes] = []
    size = 0
    with contextlib.closing(response):
        for part in cast("Iterable[bytes]", response.stream):
            size += len(part)
            if size > network.MOST_ANSWER_BYTES:
                raise network.too_large()
            if time.monotonic() > _deadline.get():  # transports of others know no deadline
                raise httpx.ReadTimeout("deadline")
            parts.append(part)
        _settle(response)
    return b"".join(parts)


def _settle(response: httpx.Response) -> None:
    """The response was read: its connection is free for the next one, or of no more use."""
    stream = getattr(network.connection(response), "_network_stream", None)
    if isinstance(stream, _Stream):
        stream.answering = False
    if (connection := network.tainted(response)) is not None:
        connection.close()


def _told(upload: Upload, reader: Executor) -> Iterator[bytes]:
    ahead = reader.submit(next, upload.chunks, b"")
    while chunk := ahead.result():
        ahead = reader.submit(next, upload.chunks, b"")
        yield chunk
        upload.sent(len(chunk))


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
        answering: Whether a request was written whose answer has not been read. What can be read
            then is that answer. httpcore takes a readable connection that was idle a moment ago
            for one that the server has closed, and closes it under the thread that has just
            begun to use it.
    """

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner
        self.answering: bool = False
        self._writes = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.answering = True
        self._writes += 1
        view: Any = memoryview(buffer)  # slices of it, and of what the socket left over, are free
        for start in range(0, len(view), PIECE):
            self._inner.write(view[start : start + PIECE], _left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        answering, writes = self.answering, self._writes
        found = self._inner.get_extra_info(info)
        busy = answering or writes != self._writes  # another thread's request came in between
        return False if info == "is_readable" and busy else found


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
