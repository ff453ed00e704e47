"""Faults of the transport in front of an application, and the routes that order faults."""

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from redenlab.core.errors import ConfigurationError
from redenlab.sandbox.faults import Fault, Faults, Kind

PAGE = "<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>"
PIECES = 20
"""Into how many pieces a body is cut that drips."""


class Target(NamedTuple):
    """What a request is about; see `Faults.take`."""

    at: str
    step: str = ""
    model: str | None = None
    file: str | None = None


class Connection(H11Protocol):
    """A connection of the server; the state of each request on it has it as ``connection``."""

    broken: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin."""
        super().connection_made(transport)
        self._ended = asyncio.Event()
        self.app_state: dict[str, Any] = {**self.app_state, "connection": self}

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        super().connection_lost(exc)
        self._ended.set()

    def shutdown(self) -> None:
        """End after the response to the current request."""
        self._ended.set()
        super().shutdown()

    def break_off(self, *, reset: bool) -> None:
        """End now: with an RST, or after what was sent."""
        if reset and not self.broken:
            peer = self.transport.get_extra_info("socket")
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.transport.abort()
        self.transport.close()
        self.broken = True

    async def wait(self, seconds: float) -> None:
        """Wait, but not longer than the connection or the server lasts."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)


Named = Callable[[Scope], Target | str]
"""What a request is about; one without an operation meets no fault. It is asked again when the
response begins: the application may have stored in the scope what the body said."""


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
            connection.break_off(reset=True)
        else:
            await _response(instead)(scope, receive, send)
        while connection.broken and (await receive())["type"] != "http.disconnect":
            pass  # the server logs applications that end before their connection does

    return serve


class _Spoiled:
    """Sends a response, or what a fault leaves of it."""

    def __init__(
        self, connection: Connection, send: Send, taken: Callable[..., Fault | None]
    ) -> None:
        self._connection, self._send, self._taken = connection, send, taken
        self._start: Message = {}
        self._fault: Fault | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start, self._fault = message, self._taken("reset-after", "drip", "cut")
        body, fault = message.get("body", b""), self._fault
        if self._connection.broken:
            return
        if fault and fault.kind == "reset-after":
            self._connection.break_off(reset=True)
        elif fault and fault.kind == "cut":
            if message is not self._start:
                await self._cut(message, body)
        elif fault and body:
            await self._drip(message, body, fault.seconds)
        else:
            await self._send(message)

    async def _cut(self, message: Message, body: bytes) -> None:
        """Send half of the first part of the body; nothing of a response without a body."""
        if body:
            await self._send(self._start)
            await self._send({**message, "body": body[: len(body) // 2], "more_body": True})
        self._connection.break_off(reset=False)

    async def _drip(self, message: Message, body: bytes, seconds: float) -> None:
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
    """Routes that list, add and cancel orders; docs/sandbox.md describes them."""

    def shown() -> list[dict[str, Any]]:
        return [asdict(order) | {"order": str(order.fault)} for order in faults.listed()]

    async def listed(_: Request) -> Response:
        return JSONResponse(shown())

    async def add(request: Request) -> Response:
        try:
            fields = await request.json()
            number = faults.add(fields.pop("order", None) or fields.pop("kind", ""), **fields)
        except ConfigurationError as error:
            return JSONResponse({"error": error.message, "hint": error.hint}, 422)
        except (ValueError, TypeError, AttributeError):
            said = {"error": "the body is no order", "hint": 'write {"order": "status=503"}'}
            return JSONResponse(said, 422)
        return JSONResponse(next(one for one in shown() if one["number"] == number), 201)

    async def remove(request: Request) -> Response:
        if faults.remove(number := request.path_params["number"]):
            return Response(status_code=204)
        return JSONResponse({"error": f"there is no order {number}", "hint": "list them"}, 404)

    async def clear(_: Request) -> Response:
        faults.clear()
        return Response(status_code=204)

    path = "/_sandbox/faults"
    return [
        Route(path, listed, methods=["GET"]),
        Route(path, add, methods=["POST"]),
        Route(path, clear, methods=["DELETE"]),
        Route(f"{path}/{{number:int}}", remove, methods=["DELETE"]),
    ]
