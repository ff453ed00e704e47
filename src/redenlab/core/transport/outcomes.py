"""The one table of what a status or a transport failure means.

For every HTTP status and every failure of the transport it says which error it becomes, whether
the same request may succeed later, whether the server may have acted, and whether waiting for a
job may go on. API calls, storage, result links, discovery, sign-in and event streams all use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, Literal

from redenlab.core import errors
from redenlab.core.errors import RedenLabError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a response without success means.

    Attributes:
        error: The error that it becomes.
        retryable: Whether the same request may succeed later.
        may_have_acted: Whether the server may have done what was asked.
        ends_wait: Whether waiting for a job is pointless from here on.
    """

    error: type[RedenLabError] = errors.APIError
    retryable: bool = False
    may_have_acted: bool = False
    ends_wait: bool = False


STATUSES: Final[Mapping[int, Outcome]] = MappingProxyType(
    {
        400: Outcome(errors.BadRequest),
        401: Outcome(errors.AuthenticationError, ends_wait=True),
        402: Outcome(errors.PaymentRequired),
        403: Outcome(errors.PermissionDenied, ends_wait=True),
        404: Outcome(errors.NotFound, ends_wait=True),  # after the grace time of the spec
        408: Outcome(errors.APIError, retryable=True, may_have_acted=True),
        409: Outcome(errors.Conflict),
        413: Outcome(errors.TooLarge),
        422: Outcome(errors.BadRequest),
        425: Outcome(errors.APIError, retryable=True),  # RFC 8470, 5.2: not processed
        429: Outcome(errors.RateLimited, retryable=True),  # RFC 6585, 4: not processed
        500: Outcome(errors.ServerError, retryable=True, may_have_acted=True),
        502: Outcome(errors.ServerError, retryable=True, may_have_acted=True),
        503: Outcome(errors.ServerError, retryable=True, may_have_acted=True),
        504: Outcome(errors.ServerError, retryable=True, may_have_acted=True),
    }
)

_CLASSES: Final[Mapping[int, Outcome]] = MappingProxyType(
    {
        3: Outcome(errors.RedirectRefused),
        5: Outcome(errors.ServerError, may_have_acted=True),  # 501 and 505 will not change
    }
)
"""Statuses that are not in the table, by their first digit."""

Peer = Literal["api", "storage", "sign-in", "discovery"]
"""Who sent a response."""

PEERS: Final[Mapping[Peer, str]] = MappingProxyType(
    {
        "api": "the service",
        "storage": "storage",
        "sign-in": "the authorization server",
        "discovery": "the server of the discovery document",
    }
)

EXPIRED: Final = frozenset({400, 401, 403, 404, 410})
"""What storages answer to a presigned link that is too old; they agree on no status."""


def outcome(status: int, peer: Peer = "api") -> Outcome:
    """What `status` means, sent by `peer`."""
    found = STATUSES.get(status) or _CLASSES.get(status // 100) or Outcome()
    if peer == "storage" and status in EXPIRED:
        return replace(found, error=errors.LinkExpired)
    if peer in {"sign-in", "discovery"}:  # what the API was to be asked was not sent yet
        return replace(found, error=errors.NetworkError)
    return found


Failure = Literal[
    "unreachable",
    "connect timeout",
    "proxy",
    "untrusted",
    "lost",
    "timeout",
    "insecure",
    "no time",
    "stalled",
    "too large",
    "compressed",
]
"""How a request ends without a complete response."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """A row of `FAILURES`.

    Attributes:
        sent: Whether the server may have seen the request.
    """

    text: str
    error: type[errors.NetworkError] = errors.NetworkError
    sent: bool = True
    retryable: bool = True


FAILURES: Final[Mapping[Failure, _Lost]] = MappingProxyType(
    {
        "unreachable": _Lost("cannot reach {host}: {reason}", sent=False),
        "connect timeout": _Lost(
            "cannot reach {host}: timed out", errors.RequestTimeout, sent=False
        ),
        "proxy": _Lost("cannot reach {host}: the proxy refused", sent=False),
        "untrusted": _Lost(
            "cannot reach {host}: {reason}", errors.TLSError, sent=False, retryable=False
        ),
        "lost": _Lost("lost the connection to {host}: {reason}"),
        "timeout": _Lost("lost the connection to {host}: timed out", errors.RequestTimeout),
        "insecure": _Lost(
            "lost the connection to {host}: {reason}", errors.TLSError, retryable=False
        ),
        "no time": _Lost("no time was left for {host}", errors.RequestTimeout, sent=False),
        "stalled": _Lost(
            "{host} gave nothing in time{reason}",
            errors.RequestTimeout,
            sent=False,
            retryable=False,
        ),
        "too large": _Lost("the response of {host} is larger than {reason} bytes", retryable=False),
        "compressed": _Lost(
            "the response of {host} is compressed in a way that was not requested", retryable=False
        ),
    }
)


def failed(failure: Failure, host: str, reason: object = "") -> errors.NetworkError:
    """The error for a request to `host` that ended without a complete response."""
    row = FAILURES[failure]
    text = row.text.format(host=host, reason=reason)
    error = row.error(text, template=f"no response: {failure}", retryable=row.retryable)
    error.sent = row.sent
    return error


_ENDS_WAIT: Final = tuple({row.error for row in STATUSES.values() if row.ends_wait})


def may_have_acted(error: RedenLabError) -> bool:
    """Whether the server may have done what was asked although the call failed."""
    if isinstance(error, errors.NetworkError):
        return error.sent
    return error.status is not None and outcome(error.status).may_have_acted


def ends_wait(error: RedenLabError) -> bool:
    """Whether waiting for a job is pointless after a poll that failed with `error`."""
    return isinstance(error, (errors.InputError, errors.UntrustedURL, *_ENDS_WAIT))
