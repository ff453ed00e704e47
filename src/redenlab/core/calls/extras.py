"""What a caller adds to the requests of a call beyond what the spec has: headers, query, body.

A caller can replace whatever the spec puts there, but neither the credential nor what the
transport itself writes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypedDict, cast
from urllib.parse import parse_qsl

from attrs import evolve

from redenlab.core.auth.schemes import Auth
from redenlab.core.errors import InputError
from redenlab.core.transport.headers import is_name, is_value
from redenlab.core.transport.io import joined_headers
from redenlab.lowlevel import encoding
from redenlab.lowlevel.types import Request

RESERVED: Final = frozenset(
    {"accept-encoding", "connection", "content-length", "host", "te", "transfer-encoding"}
)
"""Headers of the connection and of the length of the body, which the transport writes."""

_NO_TEXTS = "it is no mapping of texts to texts"


class ExtraOptions(TypedDict, total=False):
    """What is added to every request that a call sends to the API.

    It goes neither to storage nor to a link of a result nor to a token endpoint. The header or
    parameter of the credential, ``Host``, ``Content-Length`` and the like are refused.

    Attributes:
        extra_headers: In place of those of the same name.
        extra_query: Query parameters, in place of those of the same name.
    """

    extra_headers: Mapping[str, str] | None
    extra_query: Mapping[str, str] | None


@dataclass(frozen=True, slots=True)
class Extras:
    """What is added to the requests of one call; its values may be secrets.

    Attributes:
        headers: Of every request to the API.
        query: Of every request to the API.
        body: Properties of the body of the one request that the call is about.
    """

    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    query: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    body: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)

    @classmethod
    def of(
        cls,
        auth: Auth,
        headers: Mapping[str, str] | None,
        query: Mapping[str, str] | None,
        body: Mapping[str, Any] | None,
    ) -> "Extras":
        """What a caller gave, checked; ``None`` adds nothing.

        Raises:
            InputError: A name or a value cannot be sent, or is not the caller's to choose.
        """
        if headers is None and query is None and body is None:
            return NONE
        problems = (
            ("extra_headers", problem_with_headers(headers, auth)),
            ("extra_query", _problem_with_query(query, auth)),
            ("extra_body", _problem_with_body(body)),
        )
        for name, problem in problems:
            if problem is not None:
                raise InputError(f"{name}: {problem}")
        return cls(dict(headers or {}), dict(query or {}), dict(body or {}))

    def added(self, request: Request) -> Request:
        """`request` with the headers and the query."""
        if not self.headers and not self.query:
            return request
        service = request.path.partition("?")[2]  # of a URL that the service sent
        followed = {name for name, _ in parse_qsl(service, keep_blank_values=True)}
        kept = ((name, value) for name, value in request.query if name not in self.query)
        more = ((name, value) for name, value in self.query.items() if name not in followed)
        headers = joined_headers(request.headers, self.headers)
        return evolve(request, headers=headers, query=(*kept, *more))

    def in_body(self, request: Request) -> Request:
        """`request` with the properties in its body.

        Raises:
            InputError: Its body has no properties.
        """
        if not self.body:
            return request
        if request.parts:
            kept = (part for part in request.parts if part[0] not in self.body)
            return evolve(request, parts=(*kept, *encoding.parts(self.body)))
        document = json.loads(request.content) if isinstance(request.content, bytes) else None
        if not isinstance(document, dict):
            raise no_body(request.operation)
        return evolve(request, content=encoding.json_body({**document, **self.body}))


NONE: Final = Extras()
"""Nothing is added."""


def no_body(operation: str) -> InputError:
    """The error for an extra body of a request that has no properties in its body."""
    return InputError(
        f"extra_body: the body of {operation} has no properties",
        hint="use extra_query or extra_headers, or leave extra_body out",
    )


def problem_with_headers(headers: object, auth: Auth) -> str | None:
    """Why headers cannot be added to requests that carry `auth`; ``None`` if they can."""
    found = _texts(headers)
    if found is None:
        return _NO_TEXTS
    for name, value in found.items():
        if not is_name(name):
            return f"{name!r} is no name of a header"
        if name.lower() == auth.name.lower():
            return f"the header {name} carries the credential, which is an option of the client"
        if name.lower() in RESERVED:
            return f"the header {name} is written by the transport; leave it out"
        if not is_value(value):
            return f"the value of the header {name} has characters that no header may have"
    return None


def _problem_with_query(query: object, auth: Auth) -> str | None:
    found = _texts(query)
    if found is None:
        return _NO_TEXTS
    for name in found:
        if name.lower() == auth.name.lower():
            return f"the parameter {name} carries the credential, which is an option of the client"
    return None


def _problem_with_body(body: object) -> str | None:
    if body is not None and not isinstance(body, Mapping):
        return "it is no mapping"
    try:
        encoding.json_body(body)
    except (RecursionError, TypeError, ValueError) as error:
        return f"it is no JSON: {error}"
    return None


def _texts(given: object) -> dict[str, str] | None:
    """`given`, if it is a mapping of texts to texts; ``None`` itself is an empty one."""
    if given is not None and not isinstance(given, Mapping):
        return None
    found: dict[Any, Any] = dict(cast("Any", given) or {})
    fits = all(isinstance(text, str) for pair in found.items() for text in pair)
    return found if fits else None
