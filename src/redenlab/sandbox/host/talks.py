"""WebSockets of the backends, and the faults that they meet."""

import asyncio
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from redenlab.core.spec.expressions import Headers
from redenlab.sandbox.engine.messages import Received, Refused
from redenlab.sandbox.engine.talk import Close, Said, Talk
from redenlab.sandbox.faults import Fault, Faults, Kind
from redenlab.sandbox.host.recorder import Recorder
from redenlab.sandbox.host.served import Served


class Talks:
    """The sockets of every backend, each below its own path."""

    def __init__(self, served: Sequence[Served], faults: Faults, recorder: Recorder) -> None:
        """Let orders be met that are for ``<backend>/<name of the socket>``."""
        self._served: Mapping[str, Served] = {each.name: each for each in served}
        self._faults = faults
        self._recorder = recorder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection (ASGI)."""
        socket = WebSocket(scope, receive, send)
        served = self._served.get(scope["path"].split("/")[1])
        path = served.address(scope["path"]).removeprefix(served.url) if served else ""
        name = served.backend.sockets.get(path) if served else None
        if served is None or name is None:
            await socket.close()  # before it is accepted: 403
            return
        await _Connection(served, name, socket, self._faults, self._recorder).serve()


class _Connection:
    """One connection to one socket of a backend."""

    def __init__(
        self, served: Served, name: str, socket: WebSocket, faults: Faults, recorder: Recorder
    ) -> None:
        self._served, self._name, self._socket = served, name, socket
        self._faults, self._recorder = faults, recorder

    async def serve(self) -> None:
        begun, at = time.monotonic(), time.time()
        fault = self._taken("delay")
        if fault is not None:
            await asyncio.sleep(fault.seconds)
        fault = self._taken("status", "stuck") or fault
        talk = self._talk(fault)
        self._recorder.note(
            at=at,
            seconds=time.monotonic() - begun,
            backend=self._served.name,
            operation=self._name,
            job=None,
            method="GET",
            url=str(self._socket.url),
            headers=dict(self._socket.headers),
            body=b"",
            status=101 if talk is not None else 403,
            fault=fault.kind if fault else "",
            size=0,
        )
        if talk is None:
            await self._socket.close()
            return
        with suppress(WebSocketDisconnect):
            try:
                await self._socket.accept()
                await self._converse(talk, mute=fault is not None and fault.kind == "stuck")
            finally:
                self._do(talk.lost)

    def _talk(self, fault: Fault | None) -> Talk | None:
        """What is said; ``None`` refuses the handshake."""
        status = fault.status if fault is not None and fault.kind == "status" else None
        url = self._served.address(self._socket.scope["path"])
        url += f"?{self._socket.scope['query_string'].decode('latin-1')}"
        request = Received("GET", url, Headers(dict(self._socket.headers)))
        served = self._served
        if not served.engine.keys.is_in(request):
            return None
        with suppress(Refused), served.lock:
            return served.backend.talk(served.engine.service, self._name, request, status)
        return None

    async def _converse(self, talk: Talk, *, mute: bool) -> None:
        going = mute or await self._say(self._do(talk.begin))
        while going:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect
            text: str | None = message.get("text")
            frame: str | bytes = message["bytes"] if text is None else text
            if isinstance(frame, bytes) and self._taken("reset"):
                await self._say([Close()])
                return
            if not mute:
                going = await self._say(self._do(talk.hear, frame))

    async def _say(self, said: Iterable[Said]) -> bool:
        """Send frames; false after the end."""
        for each in said:
            if isinstance(each, str):
                await self._socket.send_text(each)
            elif each.code is not None:
                await self._socket.close(each.code)
                return False
            else:
                self._socket.scope["state"]["connection"].break_off(reset=False)
                while (await self._socket.receive())["type"] != "websocket.disconnect":
                    pass
                return False
        return True

    def _do(self, step: Any, *arguments: Any) -> list[Said]:
        """A step of the talk, which no other request sees half done."""
        with self._served.lock:
            return list(step(*arguments) or ())

    def _taken(self, *kinds: Kind) -> Fault | None:
        return self._faults.take(kinds, f"{self._served.name}/{self._name}")
