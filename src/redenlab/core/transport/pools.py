"""What the two drivers share: connection pools, requests, and failures of httpx.

The drivers use httpx at its transport seam. That skips cookies, ``.netrc``, redirects and the log
line that prints whole URLs, and costs about half of `httpx.Client` per request.
"""

import ssl
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Literal

import httpcore
import httpx

from redenlab.core.errors import InputError, NetworkError
from redenlab.core.transport.io import OutgoingRequest, prefer_wait_seconds
from redenlab.core.transport.outcomes import Failure, failed
from redenlab.core.transport.resolver import Resolver
from redenlab.core.transport.route import Route
from redenlab.lowlevel.types import RawResponse

MAX_RESPONSE_BYTES = 32 * 1024 * 1024
MAX_CONNECTIONS = 8
"""To one host, of one client."""

KEEP_ALIVE = 30.0
"""Seconds for which a connection at rest is kept."""

STALL = 30.0
"""Seconds without a byte after which a connection counts as dead."""

WRITE_STALL = 120.0
"""Seconds for one chunk of an upload, 1 MiB at most: a line of 10 kB/s is slow, not dead."""

Purpose = Literal["api", "storage"]


def purpose(request: OutgoingRequest) -> Purpose:
    """Which of the two pools a request uses."""
    return "api" if request.to_api else "storage"


MakeTransport = Callable[[ssl.SSLContext, str | None, Resolver], Any]
"""Makes a transport of certificates, a proxy if any, and a resolver."""


class Pools:
    """Connection pools of one client in one process and event loop, made when first needed.

    The API and the storage each have their own, but one TLS context.
    """

    def __init__(self, route: Route, make: MakeTransport) -> None:
        """Connect nothing yet; `make` is the class of a transport."""
        self._route = route
        self._make = make
        self._tls: ssl.SSLContext | None = None
        self._pools: dict[tuple[Purpose, str, str, str | None], Any] = {}

    def get(self, purpose: Purpose, url: str, named_by: str | None = None) -> Any:
        """The transport for `url`; see `OutgoingRequest` for who named it."""
        scheme, _, rest = url.partition("://")
        key = (purpose, scheme, rest.partition("/")[0], named_by)
        pool = self._pools.get(key)
        if pool is None:
            proxy = self._route.proxy_for(url)
            context = self._context(scheme == "https" or proxy is not None)
            # It is the proxy that resolves the names; the user named the proxy.
            resolver = Resolver(self._route.egress, named_by) if proxy is None else Resolver()
            pool = self._make(context, proxy, resolver)
            self._pools[key] = pool
        return pool

    def drain(self) -> list[Any]:
        """Every transport made so far, for closing; the next use makes new ones."""
        pools = list(self._pools.values())
        self._pools.clear()
        return pools

    def _context(self, needed: bool) -> ssl.SSLContext:
        if not needed:  # plain http to loopback: load no certificates
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._tls is None:
            self._tls = self._route.tls_context()
        return self._tls


def address(url: str) -> httpx.URL:
    """The URL of a request.

    Raises:
        InputError: It cannot be used.
    """
    try:
        return httpx.URL(url)
    except httpx.InvalidURL as error:  # its text has no part of the URL but a port or a host
        raise InputError(f"the address of the request cannot be used: {error}") from None


_api_address = lru_cache(maxsize=256)(address)
"""Parsed once: a job is polled by the same URL again and again. No API URL is a secret."""


def pool_options(tls: ssl.SSLContext, proxy: str | None) -> dict[str, Any]:
    """Arguments of httpcore's pools, which make connections for ours."""
    options: dict[str, Any] = {"ssl_context": tls, "keepalive_expiry": KEEP_ALIVE}
    if proxy is not None:
        given = httpx.Proxy(proxy)  # reads the password of the URL
        address = given.url
        target = httpcore.URL(
            scheme=address.raw_scheme,
            host=address.raw_host,
            port=address.port,
            target=address.raw_path,
        )
        own = tls if address.scheme == "https" else None
        options["proxy"] = httpcore.Proxy(target, given.raw_auth, ssl_context=own)
    return options


def host(request: OutgoingRequest) -> str:
    """The host that a request is for."""
    return httpx.URL(request.url).host


def until(deadline: float, now: float, seconds: float | None) -> float:
    """When an exchange that begins now has to be over; see `Io.send`."""
    return deadline if seconds is None else min(deadline, now + seconds)


class _Request(httpx.Request):
    """Leaves its URL, which may be signed, out of its repr."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r})>"


def to_httpx(
    request: OutgoingRequest,
    seconds: float,
    body: httpx.SyncByteStream | httpx.AsyncByteStream | None = None,
) -> httpx.Request:
    """A request for the transport seam, which adds nothing by itself; it has `seconds` in all.

    `body` is for content that is streamed.
    """
    content = request.content if isinstance(request.content, bytes) else b""
    stall = max(min(STALL + prefer_wait_seconds(request.headers), seconds), 0.001)
    timeout = dict.fromkeys(("connect", "read", "pool"), stall) | {"write": WRITE_STALL}
    url = _api_address(request.url) if request.to_api else address(request.url)
    return _Request(
        request.method,
        url,
        headers={"Host": url.netloc.decode("ascii"), **request.headers},
        stream=body or httpx.ByteStream(content),
        extensions={"timeout": timeout},
    )


def raw_response(response: httpx.Response, body: bytes) -> RawResponse:
    """The parts of a response that outlive the connection."""
    refuse_compressed(response)
    return RawResponse(response.status_code, response.headers, body)


def refuse_compressed(response: httpx.Response) -> None:
    """Accept only the encoding that was requested."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise failed("compressed", "the server")


_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def failure(error: Exception, host: str) -> NetworkError:
    """Our error for one of httpx's, which hold headers and cannot be pickled."""
    return failed(_kind(error), host, str(error) or type(error).__name__)


def _kind(error: Exception) -> Failure:
    unsent = isinstance(error, _UNSENT)
    if isinstance(error, httpx.TimeoutException):
        return "connect timeout" if unsent else "timeout"
    if isinstance(error, httpx.ProxyError):
        return "proxy"  # its text may hold the proxy's address and password
    if _is_tls(error):
        return "untrusted" if unsent else "insecure"
    return "unreachable" if unsent else "lost"


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
