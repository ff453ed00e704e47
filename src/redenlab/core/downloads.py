"""A recording behind an https address, read as it comes: no key, no cookie, no file in between.

It blocks, and is meant for the threads that read recordings. Every wait ends at the deadline of
the call that the recording is for.
"""

import contextlib
import socket
import time
from types import MappingProxyType
from typing import Any, Final, cast
from urllib.parse import unquote, urlsplit

import httpx

from redenlab.core import blocking, links, network
from redenlab.core.auth import Secret
from redenlab.core.errors import FileChanged, InputError, NetworkError, RequestTimeout
from redenlab.core.io import Message
from redenlab.version import __version__

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_HEADERS: Final = MappingProxyType(
    {"User-Agent": f"redenlab/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
)
_REFUSALS: Final = MappingProxyType(
    {
        401: "access was refused",
        403: "access was refused",
        404: "there is nothing there",
        410: "there is nothing there any more",
    }
)
_MAY_PASS = frozenset({408, 425, 429})


class Download:
    """A file on a web server. It has no other way back than to its beginning, by asking again.

    Attributes:
        name: Base name in the address; empty when there is none.
        size: Length in bytes; ``None`` when the server does not say.
        content_type: As the server says, without parameters; may be empty.
    """

    def __init__(self, url: Secret, route: network.Route, seconds: float) -> None:
        """Ask for it, and read the headers.

        Args:
            url: https, or http on this machine.
            route: How to get to its host.
            seconds: Time for all of it, reading included.

        Raises:
            InputError: The address is unusable or leads to no file; the message has no query.
            RequestTimeout: The server did not answer in time.
        """
        self._url = url
        self._shown = links.shown(url.reveal())
        problem = links.refusal(url.reveal(), url.reveal())
        if problem is not None:
            raise InputError(f"{self._shown} {problem}", hint="it looks like https://host/a.wav")
        self.name: str = unquote(urlsplit(url.reveal()).path).rpartition("/")[2]
        self._deadline = time.monotonic() + seconds
        self._pools = network.Pools(route, blocking.Transport)
        self._at = 0
        self._rest = b""
        self._pieces = iter(list[bytes]())
        self._begin()
        headers = self._response.headers
        self.size: int | None = _length(headers)
        self.content_type: str = headers.get("content-type", "").partition(";")[0].strip().lower()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, as they come; none at the end.

        Raises:
            NetworkError: The connection broke, or ended before the announced length.
            RequestTimeout: The server fell silent, or the time is over.
        """
        if not self._rest:
            host = self._response.request.url.host
            self._rest = blocking.guarded(self._deadline, host, lambda: next(self._pieces, b""))
        piece, self._rest = self._rest[:size], self._rest[size:]
        self._at += len(piece)
        return piece

    def seekable(self) -> bool:
        """Only to the beginning, which does not count."""
        return False

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at

    def seek(self, at: int) -> int:
        """Go back to the beginning, which is where `at` has to be.

        Raises:
            FileChanged: The server has another file there now.
            InputError: It has none any more.
        """
        if at != self._at:
            before = _version(self._response.headers)
            self._hang_up()
            self._begin()
            if _version(self._response.headers) != before:
                raise FileChanged(f"{self._shown} changed while it was read")
            self._at = 0
        return at

    def close(self) -> None:
        """End the connection, and the wait of a thread that still reads."""
        self._hang_up()
        self._forget()

    def _begin(self) -> None:
        try:
            self._response = self._answer()
            self._rest = b""
            self._pieces = iter(cast("httpx.SyncByteStream", self._response.stream))
            self._refuse_strange()
        except BaseException:
            self._forget()
            raise

    def _answer(self) -> httpx.Response:
        """What the address, or the one that it redirects to, answers."""
        url = self._url
        for _ in range(MOST_REDIRECTS + 1):
            response = self._ask(url)
            if response.status_code not in REDIRECTS:
                return response
            response.close()
            url = self._next(url, response)
        raise self._unreadable(f"it redirects more than {MOST_REDIRECTS} times")

    def _ask(self, url: Secret) -> httpx.Response:
        left = self._deadline - time.monotonic()
        message = Message("GET", url.reveal(), _HEADERS)
        request = network.request(network.STORAGE, message, httpx.ByteStream(b""), left)
        transport: httpx.BaseTransport = self._pools.get(network.STORAGE, url.reveal())
        try:
            response = blocking.guarded(
                self._deadline, request.url.host, lambda: transport.handle_request(request)
            )
        except RequestTimeout as error:
            error.sent = False  # nothing was, to the service
            failure: RequestTimeout | InputError = error
        except NetworkError as error:
            failure = self._unreadable(error.message, retryable=error.retryable)
        else:
            response.request = request
            return response
        raise failure.with_traceback(None)

    def _next(self, url: Secret, response: httpx.Response) -> Secret:
        """The target of a redirect, if it may be asked."""
        target = _joined(url, response)
        if target is None:
            raise self._unreadable("it redirects to nowhere")
        problem = links.refusal(target.reveal(), url.reveal())
        if problem is None and _is_https(url) and not _is_https(target):
            problem = "is not https any more"
        if problem is not None:
            shown = links.shown(target.reveal())
            raise self._unreadable(f"it redirects to {shown}, which {problem}")
        return target

    def _refuse_strange(self) -> None:
        status, headers = self._response.status_code, self._response.headers
        if not 200 <= status < 300:
            raise self._unreadable(
                _REFUSALS.get(status, "the server failed" if status >= 500 else "it was refused"),
                status=status,
                retryable=status >= 500 or status in _MAY_PASS,
            )
        if headers.get("content-encoding", "identity") != "identity":
            raise self._unreadable("it is compressed in a way that was not asked for")
        if headers.get("content-type", "").startswith("text/html"):
            raise self._unreadable("it is a web page, not a recording")

    def _unreadable(
        self, problem: str, *, status: int | None = None, retryable: bool = False
    ) -> InputError:
        said = f"{problem} ({status})" if status else problem
        return InputError(
            f"cannot read {self._shown}: {said}",
            hint="check the address and your access",
            status=status,
            retryable=retryable,
        )

    def _hang_up(self) -> None:
        stream: Any = self._response.extensions.get("network_stream")
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._response.close()

    def _forget(self) -> None:
        for pool in self._pools.drain():
            pool.close()


def _joined(url: Secret, response: httpx.Response) -> Secret | None:
    try:
        return Secret(str(httpx.URL(url.reveal()).join(response.headers["location"])))
    except (KeyError, httpx.InvalidURL, ValueError):
        return None


def _is_https(url: Secret) -> bool:
    return url.reveal()[:6].lower() == "https:"


def _length(headers: httpx.Headers) -> int | None:
    """The announced length; another framing overrides it (RFC 9112, section 6.3)."""
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() and "transfer-encoding" not in headers else None


def _version(headers: httpx.Headers) -> tuple[str | None, ...]:
    names = ("etag", "last-modified", "content-length")
    return tuple(headers.get(name) for name in names)
