"""Sockets of the async driver, for httpcore; the scope of the call ends their waits."""

import contextlib
import errno
import os
import ssl
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any, cast

import anyio
import anyio.abc
import anyio.streams.tls
import httpcore

from redenlab.core.transport.aio_readers import result
from redenlab.core.transport.framing import Framing
from redenlab.core.transport.readers import readers
from redenlab.core.transport.resolver import STAGGER, Resolver, is_address
from redenlab.core.transport.sync_network import is_readable


class Sending:
    """Whether the request of the running task has begun to be sent.

    Attributes:
        has_begun: If not, the server cannot have seen it.
    """

    def __init__(self) -> None:
        self.has_begun: bool = False


sending: ContextVar[Sending] = ContextVar("redenlab_sending")


class AsyncStream(httpcore.AsyncNetworkStream):
    """A socket, which counts the bytes of the response that it reads.

    Attributes:
        framing: Of the last response.
    """

    def __init__(self, connected: anyio.abc.ByteStream) -> None:
        self._stream = connected
        self._is_read = False
        self.framing: Framing = Framing()

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Up to `max_bytes`; none at the end."""
        self._is_read = True
        try:
            with _within(timeout):
                data = await self._stream.receive(max_bytes)
        except anyio.EndOfStream:
            return b""
        except TimeoutError as error:
            raise httpcore.ReadTimeout(error) from error
        except _BROKEN as error:
            raise httpcore.ReadError(error) from error
        self.framing.feed(data)
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of `buffer`."""
        if self._is_read:  # the response was read, so another request begins
            self._is_read = False
            self.framing.restart()
        sending.get(_NOBODY).has_begun = True
        try:
            with _within(timeout):
                await self._stream.send(buffer)
        except TimeoutError as error:
            raise httpcore.WriteTimeout(error) from error
        except _BROKEN as error:
            raise httpcore.WriteError(error) from error

    async def aclose(self) -> None:
        """Close the socket."""
        with anyio.CancelScope(shield=True):
            await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> "AsyncStream":
        """The same connection inside TLS."""
        try:
            with _within(timeout):
                wrapped = await anyio.streams.tls.TLSStream.wrap(
                    self._stream,
                    hostname=server_hostname,
                    ssl_context=ssl_context,
                    standard_compatible=False,
                    server_side=False,
                )
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except (*_BROKEN, anyio.EndOfStream) as error:
            raise httpcore.ConnectError(error) from error
        return AsyncStream(wrapped)

    def get_extra_info(self, info: str) -> Any:
        """The socket, or whether it can be read, which a connection at rest can when it is over."""
        found = self._stream.extra(anyio.abc.SocketAttribute.raw_socket, None)  # noqa: S610 - no Django
        match info:
            case "socket":
                return found
            case "is_readable":
                return found is None or is_readable(found.fileno())
            case _:
                return None


_NOBODY = Sending()
_BROKEN = (anyio.BrokenResourceError, anyio.ClosedResourceError, OSError)


def _within(timeout: float | None) -> contextlib.AbstractContextManager[object]:
    """A block that may take `timeout`; without one it costs nothing."""
    return contextlib.nullcontext() if timeout is None else anyio.fail_after(timeout)


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """Opens the socket of one connection, at an address that the resolver found."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._stream: AsyncStream | None = None

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - none is given
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - the same
    ) -> AsyncStream:
        """Connect to `host`."""
        try:
            with _within(timeout):
                connected = await connect(await self._addresses(host), port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(error) from error
        except OSError as error:
            raise httpcore.ConnectError(error) from error
        self._stream = AsyncStream(connected)
        return self._stream

    async def aclose(self) -> None:
        """Close the socket, whatever became of the connection."""
        if self._stream is not None:
            await self._stream.aclose()

    async def _addresses(self, host: str) -> Sequence[str]:
        """See `Resolver.addresses`; a name server that says nothing is not waited for for ever."""
        resolve = partial(self._resolver.addresses, host)
        if is_address(host):
            return resolve()
        return cast("Sequence[str]", await result(readers().start(resolve, "the name server")))


async def connect(addresses: Sequence[str], port: int) -> anyio.abc.SocketStream:
    """A socket that is connected to one of `addresses`: the first that answers.

    Raises:
        OSError: None of them does.
    """
    if len(addresses) == 1:
        return await anyio.connect_tcp(addresses[0], port)
    race = _Race(port)
    try:
        return await race.run(addresses)
    except BaseException:
        await race.aclose()
        raise


class _Race:
    """Connections that are tried side by side, each a moment after the one before (RFC 8305)."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connected: list[anyio.abc.SocketStream] = []
        self._error: OSError = OSError(errno.EHOSTUNREACH, os.strerror(errno.EHOSTUNREACH))

    async def run(self, addresses: Sequence[str]) -> anyio.abc.SocketStream:
        async with anyio.create_task_group() as attempts:
            for address in addresses:
                over = anyio.Event()
                attempts.start_soon(self._try, address, over, attempts.cancel_scope)
                with anyio.move_on_after(STAGGER):
                    await over.wait()
        if not self._connected:
            raise self._error
        winner = self._connected.pop(0)
        await self.aclose()
        return winner

    async def _try(self, address: str, over: anyio.Event, attempts: anyio.CancelScope) -> None:
        try:
            self._connected.append(await anyio.connect_tcp(address, self._port))
            attempts.cancel()
        except OSError as error:
            self._error = error
        finally:
            over.set()

    async def aclose(self) -> None:
        """Close the connections that came too late."""
        while self._connected:
            with anyio.CancelScope(shield=True):
                await self._connected.pop().aclose()
