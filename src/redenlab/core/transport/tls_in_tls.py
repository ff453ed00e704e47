"""TLS to a server through a proxy that is spoken to by TLS itself: ssl has no socket for it."""

import ssl
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from redenlab.core.transport.deadlines import limited

T = TypeVar("T")

READ_BYTES: Final = 64 * 1024


class TlsInTls:
    """As much of a socket as a connection needs."""

    def __init__(self, outer: ssl.SSLSocket, context: ssl.SSLContext, hostname: str | None) -> None:
        """Shake hands, inside `outer`."""
        self._outer = outer
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=hostname)
        self._run(self._tls.do_handshake)

    def settimeout(self, seconds: float | None) -> None:
        """Limit each read and write of the outer socket."""
        self._outer.settimeout(seconds)

    def recv(self, size: int) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            return self._run(partial(self._tls.read, size))
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            return b""

    def send(self, data: memoryview) -> int:
        """Send the first bytes of `data`; returns how many."""
        return self._run(partial(self._tls.write, data))

    def shutdown(self, how: int) -> None:
        """End what is under way, in any thread."""
        self._outer.shutdown(how)

    def fileno(self) -> int:
        """The descriptor of the outer socket."""
        return self._outer.fileno()

    def close(self) -> None:
        """Close the outer socket."""
        self._outer.close()

    def _run(self, step: Callable[[], T]) -> T:
        while True:
            try:
                found = step()
            except ssl.SSLWantReadError:
                self._outer.sendall(self._outgoing.read())
                self._outer.settimeout(limited(self._outer.gettimeout()))
                data = self._outer.recv(READ_BYTES)
                if data:
                    self._incoming.write(data)
                else:
                    self._incoming.write_eof()
            else:
                self._outer.sendall(self._outgoing.read())
                return found
