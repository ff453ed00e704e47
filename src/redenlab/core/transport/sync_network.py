"""Sockets of the sync driver, for httpcore; each of their waits ends at the deadline."""

import errno
import os
import select
import selectors
import socket
import ssl
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any, Final, Self, cast

import httpcore

from redenlab.core.transport.deadlines import limited
from redenlab.core.transport.framing import Framing
from redenlab.core.transport.readers import readers
from redenlab.core.transport.resolver import STAGGER, Resolver, is_address
from redenlab.core.transport.tls_in_tls import TlsInTls

WRITE_BYTES: Final = 256 * 1024
"""Bytes per socket write: small enough to notice a deadline, large enough to cost nothing."""


class SyncStream(httpcore.NetworkStream):
    """A socket, which counts the bytes of the response that it reads.

    Attributes:
        framing: Of the last response.
    """

    def __init__(self, connected: socket.socket | TlsInTls) -> None:
        self._socket = connected
        self._is_read = False
        self.framing: Framing = Framing()

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`; none at the end."""
        self._is_read = True
        try:
            self._socket.settimeout(limited(timeout))
            data: bytes = self._socket.recv(max_bytes)
        except TimeoutError as error:
            raise httpcore.ReadTimeout(error) from error
        except OSError as error:
            raise httpcore.ReadError(error) from error
        self.framing.feed(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of `buffer`."""
        if self._is_read:  # the response was read, so another request begins
            self._is_read = False
            self.framing.restart()
        left = memoryview(buffer)  # slices of a view copy nothing
        try:
            while left:
                self._socket.settimeout(limited(timeout, httpcore.WriteTimeout))
                left = left[self._socket.send(left[:WRITE_BYTES]) :]
        except TimeoutError as error:
            raise httpcore.WriteTimeout(error) from error
        except OSError as error:
            raise httpcore.WriteError(error) from error

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "SyncStream":
        """The same connection inside TLS."""
        inner: Any = self._socket
        wrap = TlsInTls if isinstance(inner, ssl.SSLSocket) else _wrapped
        try:
            self._socket.settimeout(limited(timeout, httpcore.ConnectTimeout))
            return SyncStream(wrap(inner, ssl_context, server_hostname))
        except TimeoutError as error:
            self.close()
            raise httpcore.ConnectTimeout(error) from error
        except OSError as error:
            self.close()
            raise httpcore.ConnectError(error) from error
        except BaseException:
            self.close()
            raise

    def get_extra_info(self, info: str) -> Any:
        """The socket, or whether it can be read, which a connection at rest can when it is over."""
        match info:
            case "socket":
                return self._socket
            case "is_readable":
                return is_readable(self._socket.fileno())
            case _:
                return None


def is_readable(descriptor: int) -> bool:
    """Whether a socket has bytes, or its end; one that is closed has."""
    if descriptor < 0:
        return True
    if not hasattr(select, "poll"):
        return bool(select.select([descriptor], [], [], 0)[0])
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(0))


def _wrapped(plain: socket.socket, context: ssl.SSLContext, hostname: str | None) -> socket.socket:
    return context.wrap_socket(plain, server_hostname=hostname)


class SyncNetwork(httpcore.NetworkBackend):
    """Opens the socket of one connection, at an address that the resolver found."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - none is given
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> SyncStream:
        """Connect to `host`."""
        try:
            connected = connect(self._addresses(host, timeout), port, timeout)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except OSError as error:
            raise httpcore.ConnectError(error) from error
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return SyncStream(connected)

    def _addresses(self, host: str, timeout: float | None) -> Sequence[str]:
        """See `Resolver.addresses`; a name server that says nothing is not waited for for ever."""
        resolve = partial(self._resolver.addresses, host)
        if is_address(host):
            return resolve()
        reading = readers().start(resolve, "the name server")
        try:
            limit = limited(timeout, httpcore.ConnectTimeout)
            return cast("Sequence[str]", reading.result(limit))
        finally:
            readers().leave(reading)


def connect(addresses: Sequence[str], port: int, timeout: float | None) -> socket.socket:
    """A socket that is connected to one of `addresses`: the first that answers.

    Raises:
        OSError: None of them does, or none in time.
    """
    if len(addresses) == 1:
        limit = limited(timeout, httpcore.ConnectTimeout)
        return socket.create_connection((addresses[0], port), limit)
    with _Race(port) as race:
        return race.run(addresses, timeout)


class _Race:
    """Connections that are tried side by side, each a moment after the one before (RFC 8305)."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._selector = selectors.DefaultSelector()
        self._error: OSError = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for key in list(self._selector.get_map().values()):
            cast("socket.socket", key.fileobj).close()
        self._selector.close()

    def run(self, addresses: Sequence[str], timeout: float | None) -> socket.socket:
        waiting = list(addresses)
        limit = None if timeout is None else time.monotonic() + timeout
        while waiting or self._selector.get_map():
            if waiting:
                self._start(waiting.pop(0))
            more = None if limit is None else limit - time.monotonic()
            left = limited(more, httpcore.ConnectTimeout)
            pause = STAGGER if left is None else min(STAGGER, left)
            for key, _ in self._selector.select(pause if waiting else left):
                connected = self._ended(cast("socket.socket", key.fileobj))
                if connected is not None:
                    return connected
        raise self._error

    def _start(self, address: str) -> None:
        family, kind, protocol, _, target = socket.getaddrinfo(
            address, self._port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST
        )[0]
        try:
            connecting = socket.socket(family, kind, protocol)
        except OSError as error:  # a family that this machine does not have
            self._error = error
            return
        connecting.settimeout(0)
        code = connecting.connect_ex(target)
        if code in _UNDER_WAY:
            self._selector.register(connecting, selectors.EVENT_WRITE)
        else:
            connecting.close()
            self._error = OSError(code, os.strerror(code))

    def _ended(self, tried: socket.socket) -> socket.socket | None:
        self._selector.unregister(tried)
        code = tried.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
        if code == 0:
            return tried
        tried.close()
        self._error = OSError(code, os.strerror(code))
        return None


_UNDER_WAY: Final = frozenset({0, errno.EINPROGRESS, errno.EWOULDBLOCK})
