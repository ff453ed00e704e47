"""Requests and responses as plain values: building and parsing them needs no network."""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, Generic, NoReturn, Self, TypeVar

from attrs import field, frozen

from redenlab.lowlevel.errors import DecodeError

T = TypeVar("T")


REQUEST_IDS: Final = (
    *("x-request-id", "x-amzn-requestid", "apigw-requestid", "request-id"),
    "x-amz-request-id",  # of storage, whose responses have no other
)
"""Headers in which services name a request; the first one counts."""


def request_id(headers: Mapping[str, str]) -> str | None:
    """The service's id of a request, from the headers of its response."""
    return next((text for name in REQUEST_IDS if (text := headers.get(name))), None)


@frozen
class File:
    """A file in a multipart form.

    Attributes:
        name: As sent to the service.
        content_type: As sent to the service.
        size: Bytes.
        chunks: Returns the content from its beginning, each time it is called.
    """

    name: str
    content_type: str
    size: int
    chunks: Callable[[], Iterator[bytes]] = field(repr=False)

    @classmethod
    def of(cls, content: bytes, name: str, content_type: str) -> Self:
        """A file that is in memory."""
        return cls(name, content_type, len(content), lambda: iter((content,)))


@frozen
class Request:
    """A call that has not been sent.

    Attributes:
        operation: The ``operationId`` of the spec.
        method: In capitals.
        path: Begins with ``/``, has no host, is percent-encoded; or a whole URL of the API.
        query: Pairs in order; a list parameter is repeated.
        headers: Without authentication and without ``Host``.
        content: The encoded body, or the file that it is; ``None`` when the operation has none, or
            has `parts`.
        parts: Fields and files of a multipart form, in order.
        secured: Whether the spec requires authentication.
    """

    operation: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    headers: dict[str, str] = field(factory=dict[str, str])
    content: "bytes | File | None" = field(default=None, repr=False)
    parts: tuple[tuple[str, "str | File"], ...] = field(default=(), repr=False)
    secured: bool = True


@frozen
class RawResponse:
    """A complete response: status (any integer), headers, body."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """The body as UTF-8; undecodable bytes become U+FFFD."""
        return self.content.decode(errors="replace")

    def json(self) -> Any:
        """The body as JSON.

        Raises:
            DecodeError: It is not JSON by RFC 8259: HTML, cut short, empty, not UTF-8, nested too
                deeply, or with NaN, Infinity or a number too large to hold.
        """
        reason = "no body" if not self.content else "an unreadable body"
        try:
            return _JSON.decode(self.content.decode())
        except RecursionError:
            reason = "a body nested too deeply"
        except ValueError as error:
            reason = f"{reason} ({type(error).__name__})"
        raise DecodeError(self.status_code, f"{reason} where JSON was expected")


@frozen
class Response(Generic[T]):
    """A response together with its parsed body."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    parsed: T

    @property
    def request_id(self) -> str | None:
        """The service's id of the request; quote it to its operators."""
        return request_id(self.headers)


MAX_DIGITS: Final = 300
"""Digits of an integer; a longer one is no float either."""


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _refuse(text)


def _bounded(text: str) -> int:
    return int(text) if len(text) <= MAX_DIGITS else _refuse(text)


_JSON: Final = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite, parse_int=_bounded)
