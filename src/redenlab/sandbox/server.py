"""HTTP servers in threads: sockets that only this machine can reach, each with its own app."""

import asyncio
import ipaddress
import socket
import threading

import uvicorn
from starlette.types import ASGIApp

from redenlab.core.errors import ConfigurationError

HIGHEST_PORT = 65_535


def listen(host: str, port: int) -> socket.socket:
    """A socket on `port`, or on any free one for 0.

    Raises:
        ConfigurationError: `host` is not this machine alone, or the port is taken or none.
    """
    if not 0 <= port <= HIGHEST_PORT:
        raise ConfigurationError(f"{port} is no port; they go from 0 to {HIGHEST_PORT}")
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise ConfigurationError(f"'{host}' is no address to listen on") from None
    if not ipaddress.ip_address(address[0]).is_loopback:
        raise ConfigurationError(
            f"the sandbox does not listen on {host}",
            hint="it is for this machine alone; use 127.0.0.1 or ::1",
        )
    try:
        listener = socket.create_server(address[:2], family=family)
    except OSError as error:
        raise ConfigurationError(
            f"cannot listen on port {port}: {error.strerror}", hint="name another one, or 0"
        ) from None
    # Connections inherit this. Without it every answer waits 40 ms for an acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def origin(listener: socket.socket) -> str:
    """The URL of a socket, without a path."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server:
    """One application on one socket, in a thread that does not keep the process alive."""

    def __init__(self, app: ASGIApp, listener: socket.socket, name: str) -> None:
        """Start, and return when it answers."""
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,  # leave the logging of the host program alone
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=1,
        )
        self._server = _Announcing(config)
        self._thread = threading.Thread(
            target=self._run, args=(listener,), name=f"redenlab-sandbox-{name}", daemon=True
        )
        self._thread.start()
        self._server.answering.wait()

    def stop(self) -> None:
        """Ask for the end, without waiting for it."""
        self._server.should_exit = True

    def join(self) -> None:
        """Stop, and return when nothing is left."""
        self.stop()
        self._thread.join()

    def _run(self, listener: socket.socket) -> None:
        try:
            asyncio.run(self._server.serve([listener]))
        finally:
            self._server.answering.set()  # so that a failed start ends the wait too


class _Announcing(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.answering = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.answering.set()
