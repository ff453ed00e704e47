"""An HTTP server in a thread, on loopback sockets."""

import asyncio
import ipaddress
import socket
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from redenlab.core.errors import ConfigurationError
from redenlab.sandbox.host.faulty import Connection

MAX_PORT = 65_535

Beside = Callable[[], Coroutine[Any, Any, None]]
"""Runs in the event loop of a server until that stops."""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on `port`, or on any free port for 0.

    Raises:
        ConfigurationError: `host` is not loopback, or the port is in use or out of range.
    """
    if not 0 <= port <= MAX_PORT:
        raise ConfigurationError(f"{port} is no port; ports are 0 to {MAX_PORT}")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise ConfigurationError(f"'{host}' is no address to listen on") from None
    if not ipaddress.ip_address(address[0]).is_loopback:
        raise ConfigurationError(
            f"the sandbox does not listen on {host}",
            hint="it listens on loopback only; use 127.0.0.1 or ::1",
        )
    try:
        listener = socket.create_server(address[:2], family=family)
    except OSError as error:
        raise ConfigurationError(
            f"cannot listen on port {port}: {error.strerror}",
            hint="choose another port, or 0 for any free one",
        ) from None
    # Connections inherit this. Without it every response waits 40 ms for a delayed ACK.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def origin(listener: socket.socket) -> str:
    """The URL of a socket, without a path."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server:
    """One application on some sockets, in a daemon thread."""

    def __init__(
        self,
        app: ASGIApp,
        listeners: Sequence[socket.socket],
        beside: Sequence[Beside] = (),
    ) -> None:
        """Start, and return when the server accepts requests; run `beside` until it stops."""
        config = uvicorn.Config(
            app,
            http=Connection,
            ws="auto",
            loop="asyncio",
            lifespan="off",
            log_config=None,  # do not change the logging of the host program
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
            timeout_keep_alive=75,  # longer than clients keep connections, as usual proxies have it
        )
        self._server = _EventServer(config)
        self._thread = threading.Thread(
            target=self._run, args=(listeners, beside), name="redenlab-sandbox", daemon=True
        )
        self._thread.start()
        self._server.started_event.wait()

    def stop(self) -> None:
        """Request shutdown without waiting for it."""
        self._server.should_exit = True

    def join(self) -> None:
        """Stop, and wait for the thread to end."""
        self.stop()
        self._thread.join()

    def _run(
        self,
        listeners: Sequence[socket.socket],
        beside: Sequence[Beside],
    ) -> None:
        async def main() -> None:
            tasks = [asyncio.create_task(each()) for each in beside]
            await self._server.serve([*listeners])
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        try:
            asyncio.run(main())
        finally:
            self._server.started_event.set()  # so that a failed start ends the wait as well


class _EventServer(uvicorn.Server):
    """A server that sets an event when it accepts requests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.started_event = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.started_event.set()
