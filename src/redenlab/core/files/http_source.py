"""A recording behind an https URL, read as it comes: no key, no cookie, no file in between.

It blocks, and is meant for the threads that read recordings. Every wait ends at the deadline of
the call that the recording is for.
"""

import contextlib
import http.client
import socket
import time
from types import MappingProxyType
from typing import Any, Final, cast
from urllib.parse import unquote, urlsplit

import httpx

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import FileChanged, InputError, NetworkError, RequestTimeout, UntrustedURL
from redenlab.core.files.names import place
from redenlab.core.transport import pools
from redenlab.core.transport.deadlines import with_deadline
from redenlab.core.transport.egress import HINT
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import outcome
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync_pool import Transport
from redenlab.version import __version__

MAX_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})

_HEADERS: Final = MappingProxyType(
    {"User-Agent": f"redenlab/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"}
)


class HttpFile:
    """A file on a web server. It can seek to its beginning alone, by a second request.

    Attributes:
        name: Base name in the URL; empty when there is none.
        size: Length in bytes; ``None`` when the server does not say.
        content_type: As the server says, without parameters; may be empty.
    """

    def __init__(
        self, url: Secret, route: Route, seconds: float, named_by: str | None = None
    ) -> None:
        """Request it, and read the headers.

        Args:
            url: https, or http on this machine.
            route: How to reach its host.
            seconds: Time for all of it, reading included.
            named_by: See `redenlab.core.transport.egress.Egress.problem_with`.
        """
        self._url = url
        self._shown = place(url.reveal())
        self._egress, self._named_by = route.egress, named_by
        problem = route.egress.problem_with(url.reveal(), named_by)
        if problem is not None:
            raise InputError(
                f"{self._shown} {problem}", hint=f"it looks like https://host/a.wav; {HINT}"
            )
        self.name: str = unquote(urlsplit(url.reveal()).path).rpartition("/")[2]
        self._deadline = time.monotonic() + seconds
        self._pools = pools.Pools(route, Transport)
        self._at = 0
        self._rest = b""
        self._chunks = iter(list[bytes]())
        self._begin()
        headers = self._response.headers
        self.size: int | None = _length(headers)
        self.content_type: str = headers.get("content-type", "").partition(";")[0].strip().lower()

    def read(self, size: int) -> bytes:
        """Up to `size` bytes, as they come; none at the end."""
        if not self._rest:
            host = self._response.request.url.host
            self._rest = with_deadline(self._deadline, host, lambda: next(self._chunks, b""))
        chunk, self._rest = self._rest[:size], self._rest[size:]
        self._at += len(chunk)
        return chunk

    def seekable(self) -> bool:
        """False: it can seek to its beginning alone."""
        return False

    def tell(self) -> int:
        """Bytes read so far."""
        return self._at

    def seek(self, at: int) -> int:
        """Go back to the beginning, which is where `at` has to be."""
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
        self._close_pools()

    def _begin(self) -> None:
        try:
            self._response = self._follow()
        except BaseException:
            self._close_pools()
            raise
        self._rest = b""
        self._chunks = iter(cast("httpx.SyncByteStream", self._response.stream))
        try:
            self._check()
        except BaseException:
            self.close()
            raise

    def _follow(self) -> httpx.Response:
        """The response of the URL, or of the one that it redirects to."""
        url, named_by = self._url, self._named_by
        for _ in range(MAX_REDIRECTS + 1):
            response = self._get(url, named_by)
            if response.status_code not in REDIRECTS:
                return response
            response.close()
            named_by, url = url.reveal(), self._target(url, response)
        raise self._unreadable(f"it redirects more than {MAX_REDIRECTS} times")

    def _get(self, url: Secret, named_by: str | None) -> httpx.Response:
        left = self._deadline - time.monotonic()
        request = OutgoingRequest("GET", url.reveal(), _HEADERS, to_api=False)
        prepared = pools.to_httpx(request, left)
        transport: httpx.BaseTransport = self._pools.get("storage", url.reveal(), named_by)
        try:
            response = with_deadline(
                self._deadline, prepared.url.host, lambda: transport.handle_request(prepared)
            )
        except RequestTimeout as error:
            error.sent = False  # the service was sent nothing yet
            raise
        except NetworkError as error:
            raise self._unreadable(error.message, retryable=error.retryable) from None
        except UntrustedURL as error:
            raise self._unreadable(error.message, hint=error.hint) from None
        response.request = prepared
        return response

    def _target(self, url: Secret, response: httpx.Response) -> Secret:
        """The target of a redirect, if it may be requested."""
        try:
            target = Secret(str(httpx.URL(url.reveal()).join(response.headers["location"])))
        except (KeyError, httpx.InvalidURL, ValueError):
            raise self._unreadable("it redirects to no URL") from None
        problem = self._egress.problem_with(target.reveal(), url.reveal())
        if problem is None and _is_https(url) and not _is_https(target):
            problem = "is not https any more"
        if problem is not None:
            shown = place(target.reveal())
            raise self._unreadable(f"it redirects to {shown}, which {problem}")
        return target

    def _check(self) -> None:
        status, headers = self._response.status_code, self._response.headers
        if not 200 <= status < 300:
            phrase = http.client.responses.get(status, "")
            retryable = outcome(status).retryable
            raise self._unreadable(f"{status} {phrase}", status=status, retryable=retryable)
        if headers.get("content-encoding", "identity") != "identity":
            raise self._unreadable("it is compressed in a way that was not requested")
        if headers.get("content-type", "").startswith("text/html"):
            raise self._unreadable("it is a web page, not a recording")

    def _unreadable(
        self,
        problem: str,
        *,
        status: int | None = None,
        retryable: bool = False,
        hint: str = "check the URL and your access to it",
    ) -> InputError:
        return InputError(
            f"cannot read {self._shown}: {problem.rstrip()}",
            hint=hint,
            status=status,
            retryable=retryable,
        )

    def _hang_up(self) -> None:
        stream: Any = self._response.extensions.get("network_stream")
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        self._response.close()

    def _close_pools(self) -> None:
        for pool in self._pools.drain():
            pool.close()


def _is_https(url: Secret) -> bool:
    return url.reveal()[:6].lower() == "https:"


def _length(headers: httpx.Headers) -> int | None:
    """The announced length; another framing overrides it (RFC 9112, section 6.3)."""
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() and "transfer-encoding" not in headers else None


def _version(headers: httpx.Headers) -> tuple[str | None, ...]:
    names = ("etag", "last-modified", "content-length")
    return tuple(headers.get(name) for name in names)
