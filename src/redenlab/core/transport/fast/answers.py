"""Responses and failures of pyreqwest, as the rest of the SDK knows them.

Its errors quote the whole URL, which may be signed. So none of them is the cause or the context of
an error of ours: those are raised when the block that caught them is left.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar, overload

from pyreqwest import exceptions
from pyreqwest.http import HeaderMap
from pyreqwest.response import BaseResponse

from redenlab.core.errors import NetworkError
from redenlab.core.transport.outcomes import Failure, failed
from redenlab.core.transport.pools import MAX_RESPONSE_BYTES

T = TypeVar("T")

_CONNECTING: Final = "client error (Connect)"
_PROXY: Final = ("tunnel error: unsuccessful", "tunnel error: proxy authorization required")
_TLS: Final = (
    *("invalid peer certificate", "received corrupt message", "received fatal alert"),
    *("peer is incompatible", "peer misbehaved", "peer sent", "received unexpected"),
    *("invalid certificate revocation", "cannot decrypt peer's message"),
)
"""How the texts of rustls begin."""


class Headers(Mapping[str, str]):
    """The headers of a response, by names in any case; values of one name are joined by commas."""

    __slots__ = ("_values",)

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep `pairs`, whose names are in lower case, as pyreqwest has them."""
        self._values = dict[str, str]()
        for name, value in pairs:
            before = self._values.get(name)
            self._values[name] = value if before is None else f"{before}, {value}"

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    @overload
    def get(self, key: str, /) -> str | None: ...
    @overload
    def get(self, key: str, /, default: str | T) -> str | T: ...
    def get(self, key: str, /, default: Any = None) -> Any:
        """The value of a name; the mixin of `Mapping` takes five times as long."""
        return self._values.get(key.lower(), default)

    def __repr__(self) -> str:
        """Show names alone: a value may be a secret."""
        return f"<Headers({', '.join(self._values)})>"


def headers(response: BaseResponse) -> Headers:
    """The headers of a response; a value beyond ASCII is left out, since pyreqwest refuses it."""
    found = response.headers
    try:
        return Headers(found.items())
    except ValueError:
        return Headers(_readable(found))


def _readable(found: HeaderMap) -> Iterator[tuple[str, str]]:
    for name in dict.fromkeys(found):
        try:
            values = found.getall(name)
        except ValueError:
            continue
        yield from ((name, value) for value in values)


def refuse_compressed(found: Mapping[str, str]) -> None:
    """Accept only the encoding that was requested."""
    if found.get("content-encoding", "identity") != "identity":
        raise failed("compressed", "the server")


def fits(found: Mapping[str, str], host: str) -> bool:
    """Whether the body is known to be small enough to be read as a whole.

    Raises:
        NetworkError: It is known to be too large.
    """
    length = found.get("content-length", "")
    if not length.isdecimal():
        return False
    if int(length) > MAX_RESPONSE_BYTES:
        raise too_large(host)
    return True


def too_large(host: str) -> NetworkError:
    """The error for a response that has no end."""
    return failed("too large", host, MAX_RESPONSE_BYTES)


def failure(error: Exception, host: str, *, begun: bool = True) -> NetworkError:
    """Our error for one of pyreqwest's.

    Args:
        error: It.
        host: That the request was for.
        begun: Whether the body was asked for; if not, no complete request was sent.
    """
    causes = _causes(error)
    kind = _kind(error, causes, begun=begun)
    reason = causes[-1] if causes and "://" not in causes[-1] else type(error).__name__
    return failed(kind, host, reason)


def _causes(error: Exception) -> list[str]:
    """The texts of its causes, but for the first one, which quotes the URL."""
    if not isinstance(error, exceptions.DetailedPyreqwestError):
        return []
    return [cause["message"] for cause in (error.details["causes"] or ())[1:]]


def _kind(error: Exception, causes: Iterable[str], *, begun: bool) -> Failure:
    connecting = _CONNECTING in causes
    if isinstance(error, exceptions.RequestTimeoutError):
        return "connect timeout" if connecting or not begun else "timeout"
    if any(cause.startswith(_PROXY) for cause in causes):
        return "proxy"
    if any(cause.startswith(_TLS) for cause in causes):
        return "untrusted" if connecting else "insecure"
    return "unreachable" if connecting else "lost"
