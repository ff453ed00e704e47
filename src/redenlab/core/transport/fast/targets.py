"""Where a request goes, as pyreqwest reads it, and which requests are left to httpx."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pyreqwest.http import Url

from redenlab.core.transport import pools
from redenlab.core.transport.io import OutgoingRequest, prefer_wait_seconds
from redenlab.core.transport.pools import STALL, Purpose

_log = logging.getLogger("redenlab")
_said = set[str]()


class LeftToHttpx(Exception):
    """The reason why this driver cannot send a request. It is caught within the driver."""


@dataclass(frozen=True, slots=True)
class Target:
    """The URL of a request. It may be signed, so it stays out of the repr.

    Attributes:
        host: For errors.
        origin: Scheme, host and port, for which connections are kept.
    """

    url: Url
    host: str
    origin: str

    def __repr__(self) -> str:
        """Name the host alone."""
        return f"<Target({self.host})>"


class Key(NamedTuple):
    """What shares connections: the API and the storage do not, also on one origin.

    Attributes:
        origin: Scheme, host and port.
        named_by: See `OutgoingRequest`.
        stall: Seconds without a byte after which a response counts as lost; ``None`` leaves it to
            the deadline, since pyreqwest counts the time that it sends a body.
    """

    purpose: Purpose
    origin: str
    named_by: str | None
    stall: float | None = None

    @property
    def shared(self) -> tuple[Purpose, str]:
        """What may have so many connections together."""
        return self.purpose, self.origin


def target(request: OutgoingRequest) -> Target:
    """Where `request` goes.

    Raises:
        InputError: Its URL cannot be used.
        LeftToHttpx: httpx reads the URL in another way.
    """
    return _api_target(request.url) if request.to_api else _read(request.url)


def key_of(request: OutgoingRequest, to: Target) -> Key:
    """Whose connections a call uses."""
    return Key(pools.purpose(request), to.origin, request.named_by)


def stream_key(request: OutgoingRequest, to: Target) -> Key:
    """Whose connections an event stream uses: others, which end when nothing comes."""
    stall = STALL + prefer_wait_seconds(request.headers)
    return Key(pools.purpose(request), to.origin, request.named_by, stall)


def _read(url: str) -> Target:
    """Read a URL by both parsers: the URL policy was applied to what httpx reads."""
    checked = pools.address(url)
    try:
        found = Url(url)
    except ValueError:
        raise LeftToHttpx("it cannot read the URL") from None
    query = "" if found.query_string is None else f"?{found.query_string}"
    host = (found.host_str or "").strip("[]")
    if (host, found.port, f"{found.path}{query}") != (
        checked.raw_host.decode("ascii"),
        checked.port,
        checked.raw_path.decode("ascii"),
    ):
        raise LeftToHttpx("it would write the URL in another way")
    return Target(found, checked.host, found.origin_ascii)


_api_target = lru_cache(maxsize=256)(_read)
"""Read once: a job is polled by the same URL again and again. No API URL is a secret."""


def say_once(reason: str) -> None:
    """Say why httpx is used although this driver was asked for; once in a process."""
    if reason not in _said:
        _said.add(reason)
        _log.warning("httpx is used in place of the fast transport, since %s", reason)
