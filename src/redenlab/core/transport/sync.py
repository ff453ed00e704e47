"""The sync `Io`: every method returns before it suspends, which is what `run` relies on."""

import contextlib
import os
import random
import threading
import time
from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator
from typing import Any, ParamSpec, TypeVar, cast

import httpx

from redenlab.core.transport import pools
from redenlab.core.transport.deadlines import seconds_left, with_deadline
from redenlab.core.transport.io import TURNS, OutgoingRequest, Stream
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.readers import SETTLE, Reading, readers
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync_pool import Transport, connection_slot, held
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

P = ParamSpec("P")
T = TypeVar("T")


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
        with held(self._turns, deadline, "a poll"):
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
        transport = self._pool(request)
        chunks = contextlib.closing(self._streamed(transport, request, deadline))
        with connection_slot(transport, request, deadline), chunks as found:
            for chunk in found:
                yield chunk

    def _streamed(
        self, transport: httpx.BaseTransport, request: OutgoingRequest, deadline: float
    ) -> Generator[bytes]:
        prepared = pools.to_httpx(request, deadline - self.now())
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
            found = self._pools.get(pools.purpose(request), request.url, request.named_by)
            return cast("httpx.BaseTransport", found)

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
        with connection_slot(transport, request, deadline):
            until = pools.until(deadline, self.now(), seconds)
            prepared = pools.to_httpx(request, until - self.now(), body)
            host = prepared.url.host

            def exchange() -> RawResponse:
                response = transport.handle_request(prepared)
                return pools.raw_response(response, _read(response, host))

            return with_deadline(until, host, exchange)


def _read(response: httpx.Response, host: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    with contextlib.closing(response):
        for part in cast("Iterable[bytes]", response.stream):
            size += len(part)
            if size > pools.MAX_RESPONSE_BYTES:
                raise failed("too large", host, pools.MAX_RESPONSE_BYTES)
            if seconds_left() < 0:  # the transport of a caller knows no deadline
                raise httpx.ReadTimeout("deadline")
            parts.append(part)
    return b"".join(parts)


def _read_ahead(body: Stream, deadline: float) -> Iterator[bytes]:
    """The chunks of a body; where that may take long, a thread reads one while one is sent."""
    ahead = readers().start_ahead(body.chunks)
    try:
        while chunk := next(body.chunks, b"") if ahead is None else _result(ahead, deadline):
            ahead = readers().start_ahead(body.chunks)
            yield chunk
            body.on_sent(len(chunk))
    finally:
        if ahead is not None:
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
