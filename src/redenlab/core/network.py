"""What both network drivers share: addresses, TLS, proxies, failures.

We speak to httpx at its transport seam. That skips cookies, ``.netrc``, redirects, and the log
line that prints whole URLs, and costs about half of `httpx.Client` per request.
"""

import os
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from redenlab.core.config import is_loopback
from redenlab.core.errors import ConfigurationError, NetworkError, RequestTimeout
from redenlab.core.io import Message, Upload, patience
from redenlab_api.types import Answer

MOST_ANSWER_BYTES = 32 * 1024 * 1024
CONNECTIONS = httpx.Limits(max_connections=8, max_keepalive_connections=8, keepalive_expiry=30)
STALL = 30.0
"""Seconds for which a connection may say nothing."""

WRITE_STALL = 120.0
"""Seconds for one piece of an upload, 1 MiB at most: a line of 10 kB/s is slow, not dead."""


Purpose = Literal["api", "storage"]
API: Purpose = "api"
STORAGE: Purpose = "storage"


@dataclass(frozen=True, slots=True)
class Route:
    """How to get to a host.

    Attributes:
        proxy: Address of a proxy; ``None`` asks the environment (``HTTPS_PROXY``, ``NO_PROXY``).
        ca_bundle: File with the certificates to trust; ``None`` means the usual ones.
    """

    proxy: str | None = field(default=None, repr=False)
    ca_bundle: str | os.PathLike[str] | None = None

    def check(self) -> None:
        """Find mistakes before anything is sent.

        Raises:
            ConfigurationError: The proxy is no http address, or the bundle cannot be read.
        """
        if self.proxy is not None and urlsplit(self.proxy).scheme not in {"http", "https"}:
            raise ConfigurationError("the proxy has to be an http:// or https:// address")
        if self.ca_bundle is not None:
            self.trust()

    def trust(self) -> ssl.SSLContext:
        """What decides whether a host is the one it says; loading it takes about 0.1 s.

        Raises:
            ConfigurationError: The bundle is missing or holds no certificate.
        """
        if self.ca_bundle is None:
            return httpx.create_ssl_context()
        try:
            return ssl.create_default_context(cafile=self.ca_bundle)
        except OSError as error:
            raise ConfigurationError(
                f"the CA bundle {os.fspath(self.ca_bundle)} cannot be used: {error.strerror}"
            ) from None

    def proxy_for(self, url: str) -> str | None:
        """The proxy for `url`, if there is one."""
        if self.proxy is not None:
            return self.proxy
        parts = urlsplit(url)
        if is_loopback(parts.hostname):  # whatever runs here is not behind anybody's proxy
            return None
        if proxy_bypass(parts.netloc.rpartition("@")[2]):
            return None
        proxies = getproxies()
        return proxies.get(parts.scheme) or proxies.get("all")


class Pools:
    """Connection pools of one client in one process and event loop, made when first needed.

    The API and the storage each have their own, but one TLS context.
    """

    def __init__(self, route: Route, make: Callable[..., Any]) -> None:
        """Connect nothing yet."""
        self._route = route
        self._make = make
        self._trust: ssl.SSLContext | None = None
        self._pools: dict[tuple[Purpose, str, str], Any] = {}

    def get(self, purpose: Purpose, url: str) -> Any:
        """The transport for `url`; `purpose` keeps the API and the storage apart."""
        scheme, _, rest = url.partition("://")
        key = (purpose, scheme, rest.partition("/")[0])
        pool = self._pools.get(key)
        if pool is None:
            proxy = self._route.proxy_for(url)
            context = self._context(scheme == "https" or proxy is not None)
            pool = self._make(verify=context, proxy=proxy, limits=CONNECTIONS, trust_env=False)
            self._pools[key] = pool
        return pool

    def drain(self) -> list[Any]:
        """Every transport made so far, for closing; the next use makes new ones."""
        pools = list(self._pools.values())
        self._pools.clear()
        return pools

    def _context(self, needed: bool) -> ssl.SSLContext:
        if not needed:  # plain http to loopback: trust nobody, and load no certificates
            return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._trust is None:
            self._trust = self._route.trust()
        return self._trust


@lru_cache(maxsize=256)
def _api_url(url: str) -> httpx.URL:
    """Parsed once: a job is looked at by the same URL again and again. No API URL is a secret."""
    return httpx.URL(url)


class _Request(httpx.Request):
    """Shows nothing of its URL, which may be signed, in a traceback with locals."""

    def __repr__(self) -> str:
        return f"<Request({self.method!r})>"


def request(
    purpose: Purpose,
    message: Message | Upload,
    stream: httpx.SyncByteStream | httpx.AsyncByteStream,
    seconds: float,
) -> httpx.Request:
    """A request for the transport seam, which adds nothing by itself.

    Raises:
        httpx.InvalidURL: The URL is malformed.
    """
    stall = max(min(STALL + patience(message.headers), seconds), 0.001)
    timeout = dict.fromkeys(("connect", "read", "pool"), stall) | {"write": WRITE_STALL}
    address = _api_url(message.url) if purpose == API else httpx.URL(message.url)
    return _Request(
        message.method,
        address,
        headers={"Host": address.netloc.decode("ascii"), **message.headers},
        stream=stream,
        extensions={"timeout": timeout},
    )


def answer(response: httpx.Response, body: bytes) -> Answer:
    """The parts of a response that outlive the connection.

    Raises:
        NetworkError: The body is compressed, which was not asked for.
    """
    refuse_compressed(response)
    return Answer(response.status_code, response.headers, body)


def refuse_compressed(response: httpx.Response) -> None:
    """Insist on the encoding that was asked for.

    Raises:
        NetworkError: The body is compressed.
    """
    if response.headers.get("content-encoding", "identity") != "identity":
        raise NetworkError("the answer is compressed in a way that was not asked for")


def connection(response: httpx.Response) -> Any | None:
    """The httpcore connection that a response came on; neither httpx nor httpcore shows it."""
    found: Any = response.stream
    for step in ("_httpcore_stream", "_stream", "_connection"):
        found = getattr(found, step, None)
    return found


def tainted(response: httpx.Response) -> Any | None:
    """The connection of a response that has been read, if more than the response came on it.

    Those bytes are an answer to somebody else's question, and would be taken for the answer to
    our next one. Only httpcore's parser knows of them.
    """
    found = connection(response)
    parser = getattr(found, "_h11_state", None)
    return found if parser is not None and parser.trailing_data[0] else None


def too_large() -> NetworkError:
    """The error for an answer that does not end."""
    return NetworkError(f"the answer is larger than {MOST_ANSWER_BYTES} bytes")


_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


def failure(error: Exception, host: str | None) -> NetworkError:
    """Our error for one of httpx's, which hold headers and cannot be pickled.

    The chain behind it is left behind on purpose: its frames hold the signed request.
    """
    kind = RequestTimeout if isinstance(error, httpx.TimeoutException) else NetworkError
    ours = kind(
        f"{_deed(error)} {host}: {_reason(error)}", retryable=not _is_tls(error), hint=_hint(error)
    )
    ours.sent = not isinstance(error, _UNSENT)
    return ours


def _deed(error: Exception) -> str:
    return "cannot reach" if isinstance(error, _UNSENT) else "lost the connection to"


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "timed out"
    if isinstance(error, httpx.ProxyError):
        return "the proxy refused"  # its own words may hold the proxy's address and password
    return str(error) or type(error).__name__


def _hint(error: Exception) -> str | None:
    if _is_tls(error):
        return "check the host name, or pass ca_bundle= if a proxy re-signs its certificates"
    return "check the base URL, the network and the proxy" if isinstance(error, _UNSENT) else None


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
