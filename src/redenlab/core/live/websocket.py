"""WebSockets by the library ``websockets``, on asyncio."""

import logging
import socket
import ssl
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, cast
from urllib.parse import urlsplit

import httpcore
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as connecting
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidStatus,
    ProxyError,
)

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import AuthenticationError, RedenLabError, UnexpectedResponse
from redenlab.core.live.socket import ABNORMAL, Closed, Frame
from redenlab.core.transport import gate, sync_network
from redenlab.core.transport.aio_readers import result
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import Failure, failed
from redenlab.core.transport.readers import readers
from redenlab.core.transport.resolver import Resolver
from redenlab.core.transport.route import Route
from redenlab.lowlevel.types import RawResponse, Request

MAX_MESSAGE_BYTES: Final = 16 * 1024 * 1024
"""The whole transcript of a long session is one message."""

MAX_FRAMES: Final = 16
"""Frames that wait to be read; then the socket is not read any more."""

PING: Final = 20.0
"""Seconds between two pings, and for the answer to one."""

CLOSE: Final = 2.0
"""Seconds for the other side to close as well."""

_OWN: Final[Mapping[int, Failure | str]] = {
    1002: "the service sent something that is no WebSocket frame",
    1007: "the service sent a text that is not UTF-8",
    1009: "too large",
    1011: "timeout",
}
"""Why this side closes, by the code that it sends: a row of `FAILURES`, or what is unexpected."""

_SILENT: Final = logging.Logger("websockets", logging.CRITICAL + 1)  # noqa: LOG001 - no other has it
"""The library would log every header."""


class _Connecting(connecting):
    """Follows no redirect: neither the key nor audio is sent along one."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        return exc


class WebSocket:
    """A connection of the library as a `redenlab.core.live.socket.Socket`."""

    def __init__(self, connection: ClientConnection, host: str) -> None:
        self._connection = connection
        self._host = host

    async def send(self, frame: Frame) -> None:
        """See `Socket`."""
        try:
            await self._connection.send(frame)
        except ConnectionClosed as error:
            raise self._closed(error) from None

    async def recv(self) -> Frame:
        """See `Socket`."""
        try:
            return await self._connection.recv()
        except ConnectionClosed as error:
            raise self._closed(error) from None

    async def close(self) -> None:
        """See `Socket`."""
        await self._connection.close()

    def _closed(self, error: ConnectionClosed) -> Closed:
        received, sent = error.rcvd, error.sent
        problem: RedenLabError | None = None
        if sent is not None and not error.rcvd_then_sent and sent.code in _OWN:
            problem = _problem(_OWN[sent.code], self._host)
        if received is None:
            return Closed(ABNORMAL, "", problem)
        return Closed(received.code, received.reason, problem)


def _problem(what: Failure | str, host: str) -> RedenLabError:
    match what:
        case "too large" | "timeout":
            return failed(what, host, MAX_MESSAGE_BYTES)
        case _:
            return UnexpectedResponse(what)


@lru_cache(maxsize=8)
def _tls_context(route: Route) -> ssl.SSLContext:
    """Made once for all sessions over a route, since it takes long."""
    return route.tls_context()


async def connect(context: CallContext, request: Request) -> WebSocket:
    """See `redenlab.core.live.socket.connect`."""
    try:
        return await _connected(context, request)
    except AuthenticationError as error:
        if error.status != 401 or not await context.api.auth.renew():
            raise
    return await _connected(context, request)


async def _socket(route: Route, outgoing: OutgoingRequest, seconds: float) -> socket.socket:
    """A connection to one of the addresses that the resolver finds.

    Raises:
        OSError: There is none, or none in time.
    """
    parts = urlsplit(outgoing.url)
    port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    resolver = Resolver(route.egress, outgoing.named_by)

    def dial() -> socket.socket:
        return sync_network.connect(resolver.addresses(parts.hostname or ""), port, seconds)

    return cast("socket.socket", await result(readers().start(dial, "the network"), seconds))


async def _connected(context: CallContext, request: Request) -> WebSocket:
    outgoing = await context.signed(request)
    host = urlsplit(outgoing.url).hostname or ""
    route = context.io.route
    until = context.limit()
    proxy = route.proxy_for(outgoing.url)
    try:
        connected = None
        if proxy is None:
            connected = await _socket(route, outgoing, max(until - context.io.now(), 0.001))
        connection = await _Connecting(
            f"ws{outgoing.url.removeprefix('http')}",
            additional_headers=outgoing.headers,
            user_agent_header=None,  # it is among the headers
            proxy=proxy,
            sock=connected,
            ssl=_tls_context(route) if outgoing.url.startswith("https:") else None,
            compression=None,  # audio does not get smaller, and what came could get much larger
            open_timeout=max(until - context.io.now(), 0.001),
            ping_interval=PING,
            ping_timeout=PING,
            close_timeout=CLOSE,
            max_size=MAX_MESSAGE_BYTES,
            max_queue=MAX_FRAMES,
            logger=_SILENT,
        )
    except InvalidStatus as error:
        response = error.response
        raw = RawResponse(response.status_code, response.headers, bytes(response.body or b""))
        raise gate.refused(raw, redact=context.redact) from None
    except (TimeoutError, httpcore.ConnectTimeout):
        raise failed("connect timeout", host) from None
    except ProxyError:
        raise failed("proxy", host) from None
    except ssl.SSLError as error:
        raise failed("untrusted", host, error.reason) from None
    except OSError as error:
        raise failed("unreachable", host, error.strerror or type(error).__name__) from None
    except InvalidHandshake as error:
        raise failed("unreachable", host, f"no WebSocket ({type(error).__name__})") from None
    return WebSocket(connection, host)
