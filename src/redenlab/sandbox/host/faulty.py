"""Faults of the transport in front of an application, and the routes that order faults."""

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from redenlab.core.errors import ConfigurationError
from redenlab.sandbox.faults import COMMON, KINDS, Fault, Faults, Kind, Ordered
from redenlab.sandbox.host.local import local

PAGE = "<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>"
PIECES = 20
"""Into how many pieces a body is cut that drips."""


class Target(NamedTuple):
    """What a request is about; see `Faults.take`."""

    at: str
    step: str = ""
    model: str | None = None
    file: str | None = None


class Connection:
    """The connection of a request."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self.broken = False
        self.ended = asyncio.Event()

    def reset(self) -> None:
        """End it with an RST."""
        peer = self._transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._transport.abort()
        self.broken = True

    def close(self) -> None:
        """End it after what was sent."""
        self._transport.close()
        self.broken = True

    async def wait(self, seconds: float) -> None:
        """Wait, but not longer than the connection or the server lasts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), seconds)


class Protocol(H11Protocol):
    """HTTP of uvicorn; the state of each request has its `Connection`."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        super().connection_made(transport)
        self._connection = Connection(transport)
        self.app_state = {**self.app_state, "connection": self._connection}

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        super().connection_lost(exc)
        self._connection.ended.set()

    def shutdown(self) -> None:
        """End when the current request has been responded to."""
        self._connection.ended.set()
        super().shutdown()


Named = Callable[[Scope], Target | str]
"""The operation of a request, or what else it is about; an empty name is never at fault. It is asked
again when the application begins to respond, and may have stored in the scope what it is about."""


Taken = Callable[..., Fault | None]


def faulty(
    app: ASGIApp, faults: Faults, named: Named, noted: Callable[[Scope, Fault], None]
) -> ASGIApp:
    """`app`, with the faults of the transport that are ordered; each is reported to `noted`."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        def taken(*kinds: Kind) -> Fault | None:
            target = named(scope)
            target = Target(target) if isinstance(target, str) else target
            fault = faults.take(kinds, **target._asdict()) if target.at else None
            if fault is not None:
                noted(scope, fault)
            return fault

        connection: Connection = scope["state"]["connection"]
        if delay := taken("delay"):
            await connection.wait(delay.seconds)
        instead = taken("status", "reset", "html")
        if instead is None:
            await app(scope, receive, _Spoiled(connection, send, taken))
        elif instead.kind == "reset":
            connection.reset()
        else:
            await _response(instead)(scope, receive, send)
        while connection.broken and (await receive())["type"] != "http.disconnect":
            pass  # the server logs applications that end before their connection does

    return serve


class _Spoiled:
    """Sends a response, or what a fault leaves of it."""

    def __init__(self, connection: Connection, send: Send, taken: Taken) -> None:
        self._connection, self._send, self._taken = connection, send, taken
        self._start: Message = {}
        self._fault: Fault | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start, self._fault = message, self._taken("reset-after", "drip", "cut")
        kind = self._fault and self._fault.kind
        if kind == "reset-after" and not self._connection.broken:
            self._connection.reset()
        elif kind == "cut":
            await self._cut(message)
        elif kind == "drip" and self._fault and message.get("body"):
            await self._drip(message, self._fault.seconds)
        elif not self._connection.broken:
            await self._send(message)

    async def _cut(self, message: Message) -> None:
        """Close in the middle of the first part of the body; before the response if it is empty."""
        body = message.get("body", b"")
        if message is self._start or self._connection.broken:
            return
        if body:
            await self._send(self._start)
            await self._send({**message, "body": body[: len(body) // 2], "more_body": True})
        self._connection.close()

    async def _drip(self, message: Message, seconds: float) -> None:
        body = message["body"]
        length = int(dict(self._start["headers"]).get(b"content-length", len(body)))
        size = -(-length // PIECES)
        for begin in range(0, len(body), size):
            piece = body[begin : begin + size]
            more = message.get("more_body", False) or begin + size < len(body)
            await self._connection.wait(seconds * len(piece) / length)
            await self._send({**message, "body": piece, "more_body": more})


def _response(fault: Fault) -> Response:
    """The response of ``status`` and ``html``."""
    if fault.kind == "html":
        return Response(fault.text or PAGE, media_type="text/html")
    text = "" if fault.status in {204, 304} else fault.text
    form = {"{": "application/json", "[": "application/json", "<": "text/html"}
    wait = {"Retry-After": f"{fault.seconds:g}"} if fault.seconds else {}
    media_type = form.get(text[:1], "text/plain")
    return Response(text, fault.status, {**wait, **fault.headers}, media_type)


def fault_routes(faults: Faults) -> list[Route]:
    """Routes that list, add and cancel orders; see docs/sandbox.md."""

    async def listed(_: Request) -> Response:
        return JSONResponse([_shown(order) for order in faults.listed()])

    async def add(request: Request) -> Response:
        try:
            fields = await request.json()
            order = fields.pop("order", None) or fields.pop("kind", "")
            number = faults.add(order, **fields)
        except ConfigurationError as error:
            return JSONResponse({"error": error.message, "hint": error.hint}, 422)
        except (ValueError, TypeError, AttributeError):
            hint = 'write {"order": "status=503 times=3"} or {"kind": "status", "times": 3}'
            return JSONResponse({"error": "the body is no order", "hint": hint}, 422)
        return JSONResponse(
            next(_shown(one) for one in faults.listed() if one.number == number), 201
        )

    async def remove(request: Request) -> Response:
        number = request.path_params["number"]
        if faults.remove(number):
            return Response(status_code=204)
        return JSONResponse({"error": f"there is no order {number}", "hint": "list them"}, 404)

    async def clear(_: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    one, path = "/_sandbox/faults/{number:int}", "/_sandbox/faults"
    table = (
        (path, listed, "GET"),
        (path, add, "POST"),
        (path, clear, "DELETE"),
        (one, remove, "DELETE"),
    )
    return [Route(at, local(endpoint), methods=[method]) for at, endpoint, method in table]


def _shown(order: Ordered) -> dict[str, Any]:
    fault = order.fault
    settings = {name: getattr(fault, name) for name in (*KINDS[fault.kind].settings, *COMMON)}
    counts = {"number": order.number, "matched": order.matched, "met": order.met}
    return {**counts, "kind": fault.kind, "order": str(fault), "at": fault.at, "settings": settings}
