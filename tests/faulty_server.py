"""A server that misbehaves on purpose, byte by byte, on a real socket."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from typing import Self

PATIENCE = 60.0
"""Seconds after which a server ends that waits for the other side: tests fail, and do not hang."""

DONE = b'{"job_id":"j","status":"completed","result":{"intelligibility_score":0.85}}'
"""The body of an answer: the end of the job ``j``."""

Behaviour = Callable[[socket.socket, bytes], None]
"""Is given the connection and the request as far as its headers go."""


class FaultyServer:
    """Serves each connection with the next behaviour; the last one repeats.

    Attributes:
        requests: What arrived: request line and headers of each request.
        reached: Set when the first request has arrived.
    """

    def __init__(self, *behaviours: Behaviour) -> None:
        self._behaviours = list(behaviours)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._done = threading.Event()
        self.requests: list[bytes] = []
        self.connections = 0
        self.reached = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return self._socket.getsockname()[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/prod"

    def close(self) -> None:
        self._done.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(PATIENCE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _serve(self) -> None:
        while not self._done.is_set():
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            while head := read_head(connection):
                self.requests.append(head)
                self.reached.set()
                behave = self._behaviours[0]
                if len(self._behaviours) > 1:
                    del self._behaviours[0]
                behave(connection, head)
                if connection.fileno() < 0:
                    return


def read_head(connection: socket.socket) -> bytes:
    """The request line and headers, with what came of the body behind them."""
    head = b""
    while b"\r\n\r\n" not in head:
        part = connection.recv(65536)
        if not part:
            return b""
        head += part
    return head


def response(body: bytes = b"{}", status: str = "200 OK", headers: str = "") -> bytes:
    """A whole answer."""
    head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def says(data: bytes) -> Behaviour:
    """Send `data`, whatever it is, and keep the connection."""
    return lambda connection, _: connection.sendall(data)


def says_and_closes(data: bytes) -> Behaviour:
    """Send `data` and end the connection."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(data)
        connection.close()

    return behave


def resets(connection: socket.socket, _: bytes) -> None:
    """End the connection with an RST."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def drips(data: bytes, pause: float = 0.1) -> Behaviour:
    """Send a byte every `pause` seconds, and then nothing, until the other side gives up."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.settimeout(pause)
        for byte in data:
            connection.sendall(bytes([byte]))
            with contextlib.suppress(TimeoutError):
                if not connection.recv(1):
                    return
        silent(connection, b"")

    return behave


def silent(connection: socket.socket, _: bytes) -> None:
    """Say nothing until the other side gives up."""
    connection.settimeout(PATIENCE)
    connection.recv(1)
    connection.close()


def floods(head: bytes, chunk: bytes, chunks: int) -> Behaviour:
    """Send `piece` very often."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(head)
        for _ in range(chunks):
            connection.sendall(chunk)

    return behave


@contextlib.contextmanager
def closed_port() -> Iterator[int]:
    """A port of this machine without a listener."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        yield holder.getsockname()[1]
