"""Where an API is: at an address that somebody configured, or where a document says.

The document (RedenLab contract, section 2.2) is fetched when the first call needs it, never
before, and kept for a day. Whoever could change it could send tokens elsewhere, so it is believed
only as far as the spec lists hosts.
"""

import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import urlsplit

from redenlab.core import config
from redenlab.core.errors import ConfigurationError, NetworkError
from redenlab.core.files import keep_private
from redenlab.core.io import Io, Message
from redenlab_api.errors import DecodeError

TIMEOUT = 5.0
LIFE = 24 * 3600.0
"""Seconds for which a copy of the document is good; after that, only if no other can be had."""


class Base(Protocol):
    """Where the paths of a spec begin."""

    @property
    def url(self) -> str | None:
        """The base URL, as far as it is known by now."""
        ...

    async def locate(self, io: Io, deadline: float) -> str:
        """The base URL.

        Raises:
            NetworkError: It had to be asked for, and nobody answered.
            ConfigurationError: The answer cannot be trusted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Fixed:
    """A base URL that somebody configured."""

    url: str

    async def locate(self, io: Io, deadline: float) -> str:  # noqa: ARG002
        """The base URL."""
        return self.url


@dataclass(frozen=True, slots=True)
class Place:
    """What the document says.

    Attributes:
        base_url: Of the API.
        sign_in_url: Of the authorization server, without its paths.
        client_id: By which the authorization server knows people's sign-ins.
    """

    base_url: str
    sign_in_url: str
    client_id: str


class Discovery:
    """The document, asked for once."""

    def __init__(self, url: str, hosts: tuple[str, ...], cache: Path) -> None:
        """Fetch nothing yet.

        Args:
            url: Of the document; https, or this machine.
            hosts: Ends of host names that it may name, such as ``.example.com``.
            cache: Where a copy is kept.
        """
        self._document_url: str = config.base_url(url, "the address of the discovery document")
        self._hosts = hosts
        self._cache = cache
        self._place: Place | None = None

    @property
    def url(self) -> str | None:
        """The base URL, once it is known."""
        return self._place.base_url if self._place else None

    async def locate(self, io: Io, deadline: float) -> str:
        """The base URL; see `place`."""
        return (await self.place(io, deadline)).base_url

    async def place(self, io: Io, deadline: float) -> Place:
        """What the document says: from memory, from a copy of the last day, or from its address.

        Raises:
            NetworkError: Nobody answered, and there is no copy.
            ConfigurationError: It is no such document, or names a host that is not trusted.
        """
        if self._place is None:
            copy, age = await io.offload(self._copy)
            if copy is None or not 0 <= age < LIFE:
                try:
                    copy = await self._fetched(io, deadline)
                except NetworkError:
                    if copy is None:
                        raise
                else:
                    await io.offload(self._keep, copy)
            self._place = copy
        return self._place

    async def _fetched(self, io: Io, deadline: float) -> Place:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        message = Message("GET", self._document_url, headers)
        answer = await io.send(message, min(deadline, io.now() + TIMEOUT))
        if answer.status_code != 200:
            failure = NetworkError(
                f"the discovery document could not be had: {answer.status_code}",
                hint="configure base_url, or try again later",
                status=answer.status_code,
                retryable=answer.status_code >= 500,
            )
            failure.sent = False
            raise failure
        try:
            return self._read(answer.json())
        except DecodeError:
            problem = "the discovery document is no JSON"
        raise ConfigurationError(problem, hint="check its address and the proxy")

    def _read(self, document: Any) -> Place:
        fields: dict[str, Any] = cast("Any", document) if isinstance(document, dict) else {}
        cognito = fields.get("cognito")
        server: dict[str, Any] = cast("Any", cognito) if isinstance(cognito, dict) else {}
        found = (fields.get("base_url"), server.get("domain"), server.get("client_id"))
        base, domain, client_id = (value if isinstance(value, str) else "" for value in found)
        if "://" not in domain:
            domain = f"{urlsplit(self._document_url).scheme if self._local else 'https'}://{domain}"
        return Place(self._trusted(base), self._trusted(domain), client_id)

    @property
    def _local(self) -> bool:
        return config.is_loopback(urlsplit(self._document_url).hostname)

    def _trusted(self, url: str) -> str:
        """`url` in its normal form, if it is one that the document may name."""
        checked = config.base_url(url, "the discovery document")
        host = urlsplit(checked).hostname or ""
        if config.is_loopback(host) if self._local else host.endswith(self._hosts):
            return checked
        raise ConfigurationError(
            f"the discovery document names {host}, which is not trusted",
            hint="if that is right, configure base_url and token_url yourself",
        )

    def _copy(self) -> tuple[Place | None, float]:
        """The copy and its age in seconds; one of another document or another form is none."""
        try:
            kept = config.read(self._cache)
            if kept.get("document_url") != self._document_url:
                return None, 0.0
            place = Place(
                self._trusted(kept["base_url"]),
                self._trusted(kept["sign_in_url"]),
                str(kept["client_id"]),
            )
            return place, time.time() - float(kept["fetched"])
        except (ConfigurationError, KeyError, TypeError, ValueError):
            return None, 0.0

    def _keep(self, place: Place) -> None:
        import yaml  # noqa: PLC0415 - once a day

        kept = {**asdict(place), "document_url": self._document_url, "fetched": time.time()}
        try:
            keep_private(self._cache, yaml.safe_dump(kept))
        except OSError:
            return  # a read-only home only costs a request
