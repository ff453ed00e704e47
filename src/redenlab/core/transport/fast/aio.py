"""The async driver on pyreqwest, for asyncio and uvloop; trio is left to httpx."""

import asyncio
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final, TypeVar

import anyio
import anyio.lowlevel
from pyreqwest.client import Client, ClientBuilder
from pyreqwest.exceptions import PyreqwestError
from pyreqwest.request import BaseRequestBuilder, StreamRequest
from pyreqwest.response import Response

from redenlab.core.errors import InputError
from redenlab.core.transport import pools
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.egress import Lookup
from redenlab.core.transport.fast import answers
from redenlab.core.transport.fast.attempts import attempted
from redenlab.core.transport.fast.bodies import Body, Streamed, body_of
from redenlab.core.transport.fast.clients import Origins
from redenlab.core.transport.fast.targets import (
    Key,
    LeftToHttpx,
    Target,
    key_of,
    say_once,
    stream_key,
    target,
)
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.pools import MAX_CONNECTIONS, MAX_RESPONSE_BYTES
from redenlab.core.transport.resolver import lookup
from redenlab.core.transport.route import Route
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

R = TypeVar("R", bound=BaseRequestBuilder)

AHEAD: Final = 64 * 1024
"""Bytes of a response that are read with its headers, so that most are read in one step."""


class FastAsyncIo(AsyncIo):
    """The network by pyreqwest, the clock by `AsyncIo`."""

    def __init__(self, route: Route, lookup: Lookup = lookup) -> None:
        """Connect nothing yet; `lookup` returns the addresses of a name."""
        super().__init__(route)
        self._origins = Origins[Client](route, ClientBuilder, lookup)
        self._fast_slots = anyio.lowlevel.RunVar[dict[tuple[str, str], anyio.Semaphore]](
            f"fast-{id(self)}"
        )

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
        check_loop()
        to = target(request)
        key = key_of(request, to)
        origin = self._origins.of(key)
        slots = await self._fast_slot(key, to.host, deadline)
        body = body_of(request.content)
        try:
            until = pools.until(deadline, self.now(), seconds)
            once = partial(exchange, request, to, body, until)
            return await attempted(self, origin, to.host, until, once)
        finally:
            slots.release()
            if body is not None:
                body.close()

    async def stream(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        """See `redenlab.core.transport.io.Io`."""
        try:
            chunks = await self._stream_fast(request, deadline)
        except LeftToHttpx as reason:
            say_once(str(reason))
            chunks = super().stream(request, deadline)
        async with aclosing(chunks):
            async for chunk in chunks:
                yield chunk

    async def _stream_fast(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        """The chunks of a stream whose headers have come; it has to be begun, and closed."""
        check_loop()
        to = target(request)
        key = stream_key(request, to)
        origin = self._origins.of(key)
        slots = await self._fast_slot(key, to.host, deadline)
        try:
            once = partial(_opened, request, to, deadline)
            opened = await attempted(self, origin, to.host, deadline, once)
        except BaseException:
            slots.release()
            raise
        return _chunks(opened, slots, to.host)

    async def aclose(self) -> None:
        """Close every connection; the next call opens new ones."""
        for client in self._origins.drain():
            await client.close()
        await super().aclose()

    async def _fast_slot(self, key: Key, host: str, deadline: float) -> anyio.Semaphore:
        """One of the connections that the running loop may have to an origin; release it."""
        try:
            gates = self._fast_slots.get()
        except LookupError:
            gates = dict[tuple[str, str], anyio.Semaphore]()
            self._fast_slots.set(gates)
        slots = gates.get(key.shared)
        if slots is None:
            slots = gates[key.shared] = anyio.Semaphore(MAX_CONNECTIONS)
        try:
            slots.acquire_nowait()
        except anyio.WouldBlock:
            with anyio.move_on_after(max(deadline - self.now(), 0)) as waiting:
                await slots.acquire()
            if waiting.cancelled_caught:
                raise failed("no time", host) from None
        return slots


def check_loop() -> None:
    """Refuse event loops that pyreqwest does not know.

    Raises:
        LeftToHttpx: The running one is not of asyncio.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        raise LeftToHttpx("it runs on asyncio alone, not on trio") from None


def prepared(builder: R, request: OutgoingRequest, left: float, host: str) -> R:
    """A request with its own headers, that ends by itself after `left` seconds."""
    if left <= 0:
        raise failed("no time", host)
    try:
        return builder.headers(request.headers).timeout(timedelta(seconds=left))
    except ValueError:  # its text has the header
        pass
    raise InputError("a header of the request has characters that cannot be sent")


async def exchange(
    request: OutgoingRequest, to: Target, body: Body | None, until: float, client: Client
) -> RawResponse:
    """One request, one response."""
    try:
        async with _sending(request, to, body, until, client) as response:
            found = await _read(response, to.host)
    except PyreqwestError as error:
        problem = answers.failure(error, to.host, begun=body is None or body.begun)
    else:
        if isinstance(body, Streamed) and found.status_code < 300:
            body.finish()
        return found
    raise problem


def _sending(  # noqa: PLR0913 - what is sent, where, until when
    request: OutgoingRequest,
    to: Target,
    body: Body | None,
    until: float,
    client: Client,
    *,
    ahead: int = AHEAD,
) -> StreamRequest:
    builder = client.request(request.method, to.url).streamed_read_buffer_limit(ahead)
    ready = prepared(builder, request, until - time.monotonic(), to.host)
    return (ready if body is None else ready.body_stream(body)).build_streamed()


@dataclass(frozen=True, slots=True)
class _Opened:
    """An event stream whose headers have come.

    Attributes:
        end: Ends it.
    """

    response: Response
    end: Callable[[], Awaitable[None]] = field(repr=False)


async def _opened(request: OutgoingRequest, to: Target, until: float, client: Client) -> _Opened:
    body = body_of(request.content)
    try:
        async with AsyncExitStack() as stack:
            sending = _sending(request, to, body, until, client, ahead=0)
            return _Opened(await stack.enter_async_context(sending), stack.pop_all().aclose)
    except PyreqwestError as error:
        problem = answers.failure(error, to.host, begun=body is None or body.begun)
    raise problem


async def _chunks(
    opened: _Opened, slots: anyio.Semaphore, host: str
) -> AsyncGenerator[bytes, None]:
    """The body of a success as it comes."""
    try:
        await _check_success(opened.response, host)
        while chunk := await _next(opened.response, host):
            yield chunk
    finally:
        slots.release()
        await opened.end()


async def _check_success(response: Response, host: str) -> None:
    found = answers.headers(response)
    if 200 <= response.status < 300:
        answers.refuse_compressed(found)
        return
    try:
        content = await _content(response, found, host)
    except PyreqwestError as error:
        problem: Exception = answers.failure(error, host)
    else:
        problem = ApiError(response.status, found, content)
    raise problem


async def _next(response: Response, host: str) -> bytes:
    """The next chunk of a stream; none at its end."""
    try:
        while (chunk := await response.body_reader.read_chunk()) is not None:
            if chunk:
                return chunk.to_bytes()
        return b""
    except PyreqwestError as error:
        problem = answers.failure(error, host)
    raise problem


async def _read(response: Response, host: str) -> RawResponse:
    found = answers.headers(response)
    answers.refuse_compressed(found)
    return RawResponse(response.status, found, await _content(response, found, host))


async def _content(response: Response, found: Mapping[str, str], host: str) -> bytes:
    if answers.fits(found, host):
        return (await response.bytes()).to_bytes()
    parts: list[bytes] = []
    left = MAX_RESPONSE_BYTES
    while (part := await response.body_reader.read_chunk()) is not None:
        left -= len(part)
        if left < 0:
            raise answers.too_large(host)
        parts.append(part.to_bytes())
    return b"".join(parts)
