"""Where an API is: at a configured base URL, or where a discovery document says.

The document (RedenLab contract, section 2.2) is fetched when the first call needs it, never
before, and kept for a day. A changed document could send tokens elsewhere, so it is trusted only
for the hosts that the spec lists.
"""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from redenlab.core.auth.private_file import read_yaml, write_private
from redenlab.core.auth.settings import checked_base_url
from redenlab.core.errors import ConfigurationError, NetworkError
from redenlab.core.transport import gate
from redenlab.core.transport.io import Io, OutgoingRequest
from redenlab.core.transport.url_policy import is_loopback
from redenlab.lowlevel.errors import DecodeError

TIMEOUT = 5.0
"""Seconds for fetching the document (RedenLab contract, section 2.2)."""

MAX_AGE = 24 * 3600.0
"""Seconds for which a copy is good; after that, it is used only if no other can be fetched."""


class BaseUrlProvider(Protocol):
    """Where the paths of a spec begin."""

    @property
    def url(self) -> str | None:
        """The base URL, as far as it is known by now."""
        ...

    async def locate(self, io: Io, deadline: float) -> str:
        """The base URL."""
        ...


@dataclass(frozen=True, slots=True)
class StaticBaseUrl:
    """A configured base URL."""

    url: str

    async def locate(self, io: Io, deadline: float) -> str:  # noqa: ARG002
        """The base URL."""
        return self.url


@dataclass(frozen=True, slots=True)
class Endpoints:
    """What the document says.

    Attributes:
        base_url: Of the API.
        sign_in_url: Of the authorization server, without its paths.
        client_id: By which the authorization server knows people's sign-ins.
        revocation_url: Where a sign-in is ended (RFC 7009); empty where that is not offered.
    """

    base_url: str
    sign_in_url: str
    client_id: str
    revocation_url: str = ""


class Discovery:
    """The document, fetched once."""

    def __init__(self, url: str, hosts: tuple[str, ...], cache: Path) -> None:
        """Fetch nothing yet.

        Args:
            url: Of the document; https, or this machine.
            hosts: Suffixes of host names that it may name, such as ``.example.com``.
            cache: Where a copy is kept.
        """
        self._document_url: str = checked_base_url(url, "the URL of the discovery document")
        self._hosts = hosts
        self._cache = cache
        self._endpoints: Endpoints | None = None

    @property
    def url(self) -> str | None:
        """The base URL, once it is known."""
        return self._endpoints.base_url if self._endpoints else None

    async def locate(self, io: Io, deadline: float) -> str:
        """The base URL; see `endpoints`."""
        return (await self.endpoints(io, deadline)).base_url

    async def endpoints(self, io: Io, deadline: float) -> Endpoints:
        """What the document says: from memory, from a copy of the last day, or from its URL."""
        if self._endpoints is None:
            copy, age = await io.run_in_thread(self._read_copy)
            if copy is None or not 0 <= age < MAX_AGE:
                try:
                    copy = await self._fetch(io, deadline)
                except NetworkError:
                    if copy is None:
                        raise
                else:
                    await io.run_in_thread(self._write_copy, copy)
            self._endpoints = copy
        return self._endpoints

    async def _fetch(self, io: Io, deadline: float) -> Endpoints:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        request = OutgoingRequest("GET", self._document_url, headers)
        response = await io.send(request, min(deadline, io.now() + TIMEOUT))
        if response.status_code != 200:
            raise gate.refused(response, "discovery")
        try:
            return self._parsed(response.json())
        except DecodeError:
            raise ConfigurationError(
                "the discovery document is no JSON", hint="check its URL and the proxy"
            ) from None

    def _parsed(self, document: Any) -> Endpoints:
        fields: dict[str, Any] = cast("Any", document) if isinstance(document, dict) else {}
        cognito = fields.get("cognito")
        server: dict[str, Any] = cast("Any", cognito) if isinstance(cognito, dict) else {}
        found = (fields.get("base_url"), server.get("domain"), server.get("client_id"))
        base, domain, client_id = (value if isinstance(value, str) else "" for value in found)
        if "://" not in domain:
            domain = f"{urlsplit(self._document_url).scheme if self._local else 'https'}://{domain}"
        revocation = server.get("revocation_endpoint")
        ends = self._trusted(revocation) if isinstance(revocation, str) and revocation else ""
        return Endpoints(self._trusted(base), self._trusted(domain), client_id, ends)

    @property
    def _local(self) -> bool:
        return is_loopback(urlsplit(self._document_url).hostname)

    def _trusted(self, url: str) -> str:
        """`url` in its normal form, if it is one that the document may name."""
        checked = checked_base_url(url, "the discovery document")
        host = urlsplit(checked).hostname or ""
        if is_loopback(host) if self._local else host.endswith(self._hosts):
            return checked
        raise ConfigurationError(
            f"the discovery document names {host}, which is not trusted",
            hint="if that is right, configure base_url and token_url yourself",
        )

    def _read_copy(self) -> tuple[Endpoints | None, float]:
        """The copy and its age in seconds; a copy of another document or form does not count."""
        try:
            kept = read_yaml(self._cache)
            if kept.get("document_url") != self._document_url:
                return None, 0.0
            endpoints = self._parsed(kept)
            return endpoints, time.time() - float(kept["fetched"])
        except (ConfigurationError, KeyError, TypeError, ValueError):
            return None, 0.0

    def _write_copy(self, endpoints: Endpoints) -> None:
        import yaml  # noqa: PLC0415 - once a day

        server = {"domain": endpoints.sign_in_url, "client_id": endpoints.client_id}
        if endpoints.revocation_url:
            server["revocation_endpoint"] = endpoints.revocation_url
        kept: dict[str, Any] = {"base_url": endpoints.base_url, "cognito": server}
        kept |= {"document_url": self._document_url, "fetched": time.time()}
        try:
            write_private(self._cache, yaml.safe_dump(kept))
        except OSError:
            return  # a read-only home only costs a request
