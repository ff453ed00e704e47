"""What arrives at a server: a relay in front of it that writes every request down."""

import contextlib
import socket
import threading
from typing import Self
from urllib.parse import urlsplit

from faulty_server import PATIENCE


class Front:
    """Passes bytes on in both directions, unchanged.

    Attributes:
        host: Its address and port.
        url: Another address of the server.
        received: What each connection brought, to the last byte.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._target = (parts.hostname or "", parts.port or 0)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self.url = f"http://{self.host}"
        self._threads: list[threading.Thread] = []
        self.received: list[bytearray] = []
        self._start(self._accept)

    @property
    def head(self) -> bytes:
        """The request line and headers of the only request."""
        (request,) = self.received
        return bytes(request).partition(b"\r\n\r\n")[0]

    @property
    def headers(self) -> dict[str, str]:
        """The headers of the only request, with names in lower case."""
        lines = self.head.decode("ascii").split("\r\n")[1:]
        return {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for thread in self._threads:
            thread.join(5)

    def _start(self, target: object, *arguments: object) -> None:
        thread = threading.Thread(target=target, args=arguments, daemon=True)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            far = socket.create_connection(self._target)
            self.received.append(bytearray())
            self._start(self._talk, near, far, self.received[-1])

    def _talk(self, near: socket.socket, far: socket.socket, seen: bytearray) -> None:
        back = threading.Thread(target=_pass_on, args=(far, near, bytearray()), daemon=True)
        with near, far:
            back.start()
            _pass_on(near, far, seen)
            back.join(PATIENCE)


def _pass_on(source: socket.socket, sink: socket.socket, seen: bytearray) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            seen += chunk
            sink.sendall(chunk)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
