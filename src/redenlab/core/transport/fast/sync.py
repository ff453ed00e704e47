"""The sync driver on pyreqwest."""

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

from pyreqwest.client import Client, ClientBuilder, SyncClient, SyncClientBuilder
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.request import SyncStreamRequest
from pyreqwest.response import SyncResponse

from redenlab.core.transport import pools
from redenlab.core.transport.egress import Lookup
from redenlab.core.transport.fast import aio, answers
from redenlab.core.transport.fast.attempts import attempted
from redenlab.core.transport.fast.bodies import Held, Streamed
from redenlab.core.transport.fast.clients import (
    Origin,
    Origins,
)
from redenlab.core.transport.fast.interruption import interruptible
from redenlab.core.transport.fast.targets import (
    Key,
    LeftToHttpx,
    Target,
    key_of,
    say_once,
    stream_key,
    target,
)
from redenlab.core.transport.io import OutgoingRequest, Stream
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.pools import MAX_CONNECTIONS, MAX_RESPONSE_BYTES, STALL
from redenlab.core.transport.readers import readers
from redenlab.core.transport.resolver import lookup
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

T = TypeVar("T")

QUICK: Final = 0.005
"""Seconds; what is answered within them, as the call before was, need not be interruptible.

The thread that makes a call interruptible takes a fifth of the time of a call on loopback.
"""


class FastBlockingIo(BlockingIo):
    """The network by pyreqwest, the clock by `BlockingIo`."""

    def __init__(self, route: Route, lookup: Lookup = lookup) -> None:
        """Connect nothing yet; `lookup` returns the addresses of a name."""
        super().__init__(route)
        self._calls = Origins[SyncClient](route, SyncClientBuilder, lookup)
        self._uploads = Origins[Client](route, ClientBuilder, lookup)
        self._fast_slots: dict[tuple[str, str], SimpleQueue[None]] = {}

    async def send(
        self, request: OutgoingRequest, deadline: float, seconds: float | None = None
    ) -> RawResponse:
        """See `redenlab.core.transport.io.Io`."""
        try:
            return await self._send_fast(request, deadline, seconds)
        except LeftToHttpx as reason:  # before anything was sent
            say_once(str(reason))
        return await super().send(request, deadline, seconds)

    async def _send_fast(
        self, request: OutgoingRequest, deadline: float, seconds: float | None
    ) -> RawResponse:
        to = target(request)
        key = key_of(request, to)
        origin = self._calls.of(key)
        slots = self._fast_slot(key, to.host, deadline)
        try:
            until = pools.until(deadline, self.now(), seconds)
            if isinstance(request.content, Stream):
                return await self._upload_fast(request, request.content, key, to, until)
            once = partial(_exchange, request, to, until, origin)
            return await attempted(self, origin, to.host, until, once)
        finally:
            slots.put(None)

    async def _upload_fast(
        self, request: OutgoingRequest, content: Stream, key: Key, to: Target, until: float
    ) -> RawResponse:
        """Send a body that has to be read, which an event loop hands out; see `bodies`."""
        body = Streamed(content)

        async def once(client: Client) -> RawResponse:
            return _in_a_loop(lambda: aio.exchange(request, to, body, until, client), until)

        origin = self._uploads.of(key)
        try:
            return await attempted(self, origin, to.host, until, once)
        finally:
            body.close()

    async def stream(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        """See `redenlab.core.transport.io.Io`."""
        with contextlib.ExitStack() as stack:
            try:
                chunks = await self._stream_fast(request, deadline, stack)
            except LeftToHttpx as reason:
                say_once(str(reason))
                chunks = super().stream(request, deadline)
            async with contextlib.aclosing(chunks):
                async for chunk in chunks:
                    yield chunk

    async def _stream_fast(
        self, request: OutgoingRequest, deadline: float, stack: contextlib.ExitStack
    ) -> AsyncGenerator[bytes, None]:
        """The chunks of a stream whose headers have come; `stack` ends it."""
        to = target(request)
        key = stream_key(request, to)
        origin = self._calls.of(key)
        stack.callback(self._fast_slot(key, to.host, deadline).put, None)
        once = partial(_opened, request, to, deadline)
        opened = await attempted(self, origin, to.host, deadline, once)
        stack.callback(opened.end)
        return _chunks(opened, to.host)

    def close(self) -> None:
        """Close every connection; the next call opens new ones."""
        for client in self._calls.drain():
            client.close()
        uploads = self._uploads.drain()
        if uploads:
            _in_a_loop(partial(_closed, uploads), self.now() + STALL)
        super().close()

    def _fast_slot(self, key: Key, host: str, deadline: float) -> SimpleQueue[None]:
        """One of the connections to an origin: what was taken has to be put back."""
        slots = self._fast_slots.get(key.shared)
        if slots is None:
            slots = self._fast_slots.setdefault(key.shared, _slots())
        try:
            slots.get(timeout=max(deadline - time.monotonic(), 0))
        except Empty:
            raise failed("no time", host) from None
        return slots


def _slots() -> SimpleQueue[None]:
    """A semaphore, at a tenth of its price."""
    slots = SimpleQueue[None]()
    for _ in range(MAX_CONNECTIONS):
        slots.put(None)
    return slots


async def _exchange(
    request: OutgoingRequest,
    to: Target,
    until: float,
    origin: Origin[SyncClient],
    client: SyncClient,
) -> RawResponse:
    """One request, one response."""
    begun, quick = time.monotonic(), origin.quick
    origin.quick = False
    if quick:
        found = _received(request, to, until, client)
    else:
        found = interruptible(partial(_received, request, to, until, client))
    origin.quick = time.monotonic() - begun < QUICK
    return found


def _held(request: OutgoingRequest) -> Held | None:
    assert isinstance(request.content, bytes)  # noqa: S101 - streams are uploads
    return Held(request.content) if request.content else None


def _sending(  # noqa: PLR0913 - what is sent, where, until when
    request: OutgoingRequest,
    to: Target,
    body: Held | None,
    until: float,
    client: SyncClient,
    *,
    ahead: int = aio.AHEAD,
) -> SyncStreamRequest:
    builder = client.request(request.method, to.url).streamed_read_buffer_limit(ahead)
    ready = aio.prepared(builder, request, until - time.monotonic(), to.host)
    return (ready if body is None else ready.body_stream(body)).build_streamed()


def _received(
    request: OutgoingRequest, to: Target, until: float, client: SyncClient
) -> RawResponse:
    body = _held(request)
    try:
        with _sending(request, to, body, until, client) as response:
            found = answers.headers(response)
            answers.refuse_compressed(found)
            return RawResponse(response.status, found, _content(response, found, to.host))
    except PyreqwestError as error:
        problem = answers.failure(error, to.host, begun=body is None or body.begun)
    raise problem


def _content(response: SyncResponse, found: Mapping[str, str], host: str) -> bytes:
    if answers.fits(found, host):
        return response.bytes().to_bytes()
    parts: list[bytes] = []
    left = MAX_RESPONSE_BYTES
    while (part := response.body_reader.read_chunk()) is not None:
        left -= len(part)
        if left < 0:
            raise answers.too_large(host)
        parts.append(part.to_bytes())
    return b"".join(parts)


@dataclass(frozen=True, slots=True)
class _Opened:
    """An event stream whose headers have come.

    Attributes:
        end: Ends it.
    """

    response: SyncResponse
    end: Callable[[], object] = field(repr=False)


async def _opened(
    request: OutgoingRequest, to: Target, until: float, client: SyncClient
) -> _Opened:
    return interruptible(partial(_entered, request, to, until, client))


def _entered(request: OutgoingRequest, to: Target, until: float, client: SyncClient) -> _Opened:
    body = _held(request)
    try:
        with contextlib.ExitStack() as stack:
            sending = _sending(request, to, body, until, client, ahead=0)
            return _Opened(stack.enter_context(sending), stack.pop_all().close)
    except PyreqwestError as error:
        problem = answers.failure(error, to.host, begun=body is None or body.begun)
    raise problem


async def _chunks(opened: _Opened, host: str) -> AsyncGenerator[bytes, None]:
    if not 200 <= opened.response.status < 300:
        raise interruptible(partial(_refused, opened.response, host))
    answers.refuse_compressed(answers.headers(opened.response))
    while chunk := interruptible(partial(_chunk, opened.response, host)):
        yield chunk


def _refused(response: SyncResponse, host: str) -> ApiError:
    found = answers.headers(response)
    try:
        return ApiError(response.status, found, _content(response, found, host))
    except PyreqwestError as error:
        problem = answers.failure(error, host)
    raise problem


def _chunk(response: SyncResponse, host: str) -> bytes:
    """The next chunk of a stream; none at its end."""
    try:
        while (chunk := response.body_reader.read_chunk()) is not None:
            if chunk:
                return chunk.to_bytes()
        return b""
    except PyreqwestError as error:
        problem = answers.failure(error, host)
    raise problem


async def _closed(clients: list[Client]) -> None:
    for client in clients:
        await client.close()


def _in_a_loop(work: Callable[[], Coroutine[Any, Any, T]], until: float) -> T:
    """Finish `work` in an event loop of its own, in another thread where this one runs a loop."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return _finished(work)
    found: T = readers().start(partial(_finished, work)).result(until - time.monotonic() + STALL)
    return found


def _finished(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        return runner.run(work())
