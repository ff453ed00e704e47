"""The route to a host: proxy, certificates, and whether it may be reached at all."""

import os
import ssl
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from redenlab.core.errors import ConfigurationError
from redenlab.core.transport.egress import ANY, Egress
from redenlab.core.transport.url_policy import is_loopback


@dataclass(frozen=True, slots=True)
class Route:
    """How to reach a host.

    Attributes:
        proxy: URL of a proxy; ``None`` reads the environment (``HTTPS_PROXY``, ``NO_PROXY``).
        ca_bundle: PEM file with the certificates to trust; ``None`` means the usual ones.
        egress: Which hosts may be reached beside those that the user named.
        api: URL of the API that recordings are read for; ``None`` outside of a call.
        strict: Whether the environment decides nothing: no proxy, no certificates and no key log
            (``SSLKEYLOGFILE``) come from it, and texts name no files of this machine.
    """

    proxy: str | None = field(default=None, repr=False)
    ca_bundle: str | os.PathLike[str] | None = None
    egress: Egress = ANY
    api: str | None = None
    strict: bool = False

    def check(self) -> None:
        """Find mistakes before anything is sent."""
        _check_proxy(self.proxy, "the proxy")
        self.egress.check()
        if self.ca_bundle is not None:
            self.tls_context()

    def tls_context(self) -> ssl.SSLContext:
        """The certificates to trust; loading them takes about 0.1 s."""
        try:
            if self.strict:
                return self._strict_context()
            if self.ca_bundle is None:
                return httpx.create_ssl_context()
            return ssl.create_default_context(cafile=self.ca_bundle)
        except OSError as error:
            raise ConfigurationError(
                f"the CA bundle {os.fspath(self.ca_bundle or '')} cannot be used: {error.strerror}"
            ) from None

    def _strict_context(self) -> ssl.SSLContext:
        """As `ssl.create_default_context`, which would log keys where the environment says so."""
        import certifi  # noqa: PLC0415 - only here by its name; httpx brings it

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_verify_locations(self.ca_bundle or certifi.where())
        return context

    def proxy_for(self, url: str) -> str | None:
        """The proxy for `url`; ``None`` for a direct connection."""
        if self.proxy is not None or self.strict:
            return self.proxy
        parts = urlsplit(url)
        if is_loopback(parts.hostname):  # a server on this machine is never behind a proxy
            return None
        if proxy_bypass(parts.netloc.rpartition("@")[2]):
            return None
        proxies = getproxies()
        found = proxies.get(parts.scheme) or proxies.get("all")
        _check_proxy(found, "the proxy of the environment")
        return found


def _check_proxy(url: str | None, name: str) -> None:
    """Refuse what is no proxy; it may hold a password, so it is not shown."""
    if url is None:
        return
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_good = False
    if not is_good:
        raise ConfigurationError(f"{name} has to be an http:// or https:// URL")
