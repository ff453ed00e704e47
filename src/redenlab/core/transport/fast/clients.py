"""Clients of pyreqwest. Each connects to one address, which our own resolver returned.

A client of pyreqwest takes fixed addresses when it is made, one for each name. So there is one for
every address of an origin; a request is tried with the next one where nothing was sent.
"""

import os
import ssl
import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, Generic, TypeVar
from urllib.parse import unquote, urlsplit

import certifi
from pyreqwest.client import BaseClientBuilder
from pyreqwest.proxy import ProxyBuilder

from redenlab.core.transport.egress import ANY, Lookup
from redenlab.core.transport.fast.targets import Key, LeftToHttpx
from redenlab.core.transport.pools import KEEP_ALIVE, MAX_CONNECTIONS, WRITE_STALL
from redenlab.core.transport.resolver import Resolver, is_address
from redenlab.core.transport.route import Route
from redenlab.version import __version__

C = TypeVar("C")
B = TypeVar("B", bound=BaseClientBuilder)

CONNECT: Final = 10.0
"""Seconds for one address."""

RESOLVED: Final = 30.0
"""Seconds for which the addresses of a name are used."""

_started_in: int | None = None
"""The process that has the threads of pyreqwest."""


def check_process() -> None:
    """Refuse a forked child, which has none of the threads of its parent.

    Raises:
        LeftToHttpx: It is one.
    """
    if _started_in not in {None, os.getpid()}:
        raise LeftToHttpx("this is a forked process")


def configured(builder: B, key: Key, route: Route, proxy: str | None) -> B:
    """A builder whose clients send nothing, and follow nothing, that a request does not say."""
    made = (
        builder.no_proxy()
        .follow_redirects(enable=False)
        .referer(enable=False)
        .gzip(enable=False)
        .brotli(enable=False)
        .zstd(enable=False)
        .deflate(enable=False)
        .user_agent(f"redenlab/{__version__}")
        .connect_timeout(timedelta(seconds=CONNECT))
        .pool_idle_timeout(timedelta(seconds=KEEP_ALIVE))
        .pool_max_idle_per_host(MAX_CONNECTIONS)
    )
    if key.stall is not None:
        made = made.read_timeout(timedelta(seconds=key.stall))
    if sys.platform == "linux":
        made = made.tcp_user_timeout(timedelta(seconds=WRITE_STALL))
    if proxy is not None:
        made = made.proxy(_proxy(proxy))
    if key.origin.startswith("https") or proxy is not None:
        for bundle in _bundles(route):
            made = made.add_root_certificate_pem(bundle)
    return made


def _proxy(url: str) -> ProxyBuilder:
    parts = urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    made = ProxyBuilder.all(bare)
    if parts.username is None:
        return made
    return made.basic_auth(unquote(parts.username), unquote(parts.password or ""))


def _bundles(route: Route) -> list[bytes]:
    """Certificates to trust beside those of the system; as `Route.tls_context` has them."""
    if route.ca_bundle is not None:
        return [Path(route.ca_bundle).read_bytes()]
    named = ssl.get_default_verify_paths()
    if named.openssl_cafile_env in os.environ or named.openssl_capath_env in os.environ:
        return []  # pyreqwest reads these variables itself
    return [Path(certifi.where()).read_bytes()]


class Origin(Generic[C]):
    """The clients of one origin, one for each of its addresses.

    Attributes:
        host: That connections are made to: of the origin, or of the proxy before it.
        resolver: Returns the addresses of that host.
        quick: Whether the last call was answered at once.
    """

    quick: bool = False

    def __init__(self, make: Callable[[str, str | None], C], host: str, resolver: Resolver) -> None:
        """Make no client yet; `make` is given the host, and its address unless it is one."""
        self.host: str = host
        self.resolver: Resolver = resolver
        self._make = make
        self._clients: dict[str | None, C] = {}
        self._order: tuple[C, ...] = ()
        self._until = float("-inf")
        if is_address(host):
            self.renew([None])
            self._until = float("inf")

    def known(self) -> Sequence[C]:
        """Its clients, the one that connected last first; none while its name is not resolved."""
        return self._order if time.monotonic() < self._until else ()

    def renew(self, addresses: Sequence[str | None]) -> Sequence[C]:
        """Its clients for these addresses; those that there are keep their connections."""
        before = self._clients
        self._clients = {
            each: before[each] if each in before else self._make(self.host, each)
            for each in addresses
        }
        new = tuple(self._clients.values())
        kept = tuple(each for each in self._order if each in new)
        self._order = kept + tuple(each for each in new if each not in kept)
        self._until = time.monotonic() + RESOLVED
        return self._order

    def moved(self, client: C) -> None:
        """A client could not connect: begin with the others from now on, and resolve anew."""
        self._order = (*(each for each in self._order if each is not client), client)
        if not is_address(self.host):
            self._until = float("-inf")

    def drain(self) -> Sequence[C]:
        """Every client, for closing."""
        return tuple(self._clients.values())


class Origins(Generic[C]):
    """Every origin that one driver has sent to, made when first needed."""

    def __init__(self, route: Route, builder: Callable[[], Any], lookup: Lookup) -> None:
        """Connect nothing yet; `builder` is a class of builders of pyreqwest."""
        self._route = route
        self._lookup = lookup
        self._builder = builder
        self._lock = threading.Lock()
        self._origins: dict[Key, Origin[C]] = {}

    def of(self, key: Key) -> Origin[C]:
        """The clients for `key`.

        Raises:
            LeftToHttpx: The threads of pyreqwest are those of another process.
        """
        check_process()
        found = self._origins.get(key)
        if found is None:
            with self._lock:
                found = self._origins.get(key) or self._new(key)
                self._origins[key] = found
        return found

    def drain(self) -> list[C]:
        """Every client made so far, for closing; the next use makes new ones.

        None in a forked child, which can only drop those of its parent.
        """
        origins = list(self._origins.values())
        self._origins.clear()
        if _started_in != os.getpid():
            return []
        return [client for origin in origins for client in origin.drain()]

    def _new(self, key: Key) -> Origin[C]:
        proxy = self._route.proxy_for(key.origin)
        reached = urlsplit(proxy or key.origin)
        # It is the proxy that resolves the names; the user named the proxy.
        policy = (self._route.egress, key.named_by) if proxy is None else (ANY, None)

        def make(host: str, address: str | None) -> C:
            global _started_in  # noqa: PLW0603 - of the process, as those threads are
            made = configured(self._builder(), key, self._route, proxy)
            if address is not None:
                made = made.resolve(host, address, 0)
            try:
                client: C = made.build()
            except RuntimeError:  # another part of the program began it before the fork
                raise LeftToHttpx("this is a forked process") from None
            _started_in = os.getpid()
            return client

        return Origin(make, reached.hostname or "", Resolver(*policy, self._lookup))
