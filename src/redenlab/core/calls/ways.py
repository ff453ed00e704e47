"""Makes calls another way: an operation's request in, that of its `Procedure` out, and back.

It stands between `build` and the transport, so that arguments, retries, deadlines and errors are
those of every call.
"""

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableSequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from attrs import evolve

from redenlab.core.errors import InputError
from redenlab.core.spec.blocks import EMPTY
from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.ways import Passage, Procedure, Way
from redenlab.core.transport import trpc
from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse, Request

Send = Callable[[Request], Awaitable[RawResponse]]
"""Sends a request once."""

REFUSED = 400
"""The status of a failure that comes as a success, and whose text means nothing else."""


NO_CONTENT = 204
"""The status of a success without a body."""


class _Success(NamedTuple):
    """A success, and the JSON in it; `MISSING` for none."""

    headers: Mapping[str, str]
    body: Any


@dataclass(frozen=True, slots=True)
class Detour:
    """A way that is taken.

    Attributes:
        way: The way.
        base_url: Where its server is; ``None`` for that of the API.
        prefix: Of remote procedures, below the base URL.
        whole: Whether every operation has to take it.
    """

    way: Way
    base_url: str | None = None
    prefix: str = ""
    whole: bool = False

    def takes(self, request: Request) -> bool:
        """Whether a request is made this way.

        Raises:
            InputError: It has to be, and cannot.
        """
        if request.operation in self.way.passages:
            return True
        if self.whole and request.path.startswith("/"):
            protocol = self.way.how.protocol
            raise InputError(f"{request.operation} cannot be called over {protocol}")
        return False

    def translated(self, request: Request) -> Request:
        """The request that is sent instead."""
        passage = self.way.passages[request.operation]
        return self._called(passage.procedure, request, _carried(passage, request))

    async def exchange(self, request: Request, send: Send) -> RawResponse:
        """Make a call, and return the response as if it had been made by the operation."""
        passage = self.way.passages[request.operation]
        scope, procedure = _carried(passage, request), passage.procedure
        answer = await self._answered(procedure, request, scope, send)
        if procedure.then is not None and isinstance(answer, _Success):
            answer = await self._answered(procedure.then, request, scope, send)
        if isinstance(answer, RawResponse):
            is_success = 200 <= answer.status_code < 300
            return evolve(answer, status_code=passage.status) if is_success else answer
        body = _shaped(procedure.output, answer.body)
        content = b"" if passage.status == NO_CONTENT or body is MISSING else _json(body)
        return RawResponse(passage.status, answer.headers, content)

    async def _answered(
        self, procedure: Procedure, request: Request, scope: Scope, send: Send
    ) -> "_Success | RawResponse":
        """What a procedure answers; a response that is no success, or cannot be read."""
        response = await send(self._called(procedure, request, scope))
        try:
            document = response.json()
        except DecodeError:
            return response
        if procedure.is_remote:
            return self._unwrapped(response, document)
        is_success = 200 <= response.status_code < 300
        return _Success(response.headers, document) if is_success else response

    def _called(self, procedure: Procedure, request: Request, scope: Scope) -> Request:
        given = MISSING if procedure.input is None else scope.filled(procedure.input)
        headers = {k: v for k, v in request.headers.items() if k.lower() != "content-type"}
        query: tuple[tuple[str, str], ...] = ()
        content: bytes | None = None
        if procedure.query is not None:
            path, query = trpc.query(procedure.query, given)
        elif procedure.mutation is not None:
            path, content = trpc.mutation(procedure.mutation, given)
        else:
            path, content = procedure.name, None if given is MISSING else _json(given)
        is_read = procedure.query is not None or procedure.get is not None
        return evolve(
            request,
            method="GET" if is_read else "POST",
            path=f"{self.base_url or ''}{self.prefix if procedure.is_remote else ''}{path}",
            query=query,
            headers=headers if is_read else {**headers, "Content-Type": "application/json"},
            content=content,
            secured=request.secured and self.way.how.key == "own",
        )

    def _unwrapped(self, response: RawResponse, document: Any) -> "_Success | RawResponse":
        """An answer without what wraps it; a failure in the form that all errors have."""
        failure = trpc.failure(document)
        if failure is not None:
            return self._failed(response, failure, response.status_code)
        found = trpc.value(document)
        inner = cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else EMPTY
        if inner.get("success") is False and inner.get("error"):
            return self._failed(response, trpc.told("ERROR", str(inner["error"])), REFUSED)
        if not 200 <= response.status_code < 300:
            return response
        return _Success(response.headers, found)

    def _failed(
        self, response: RawResponse, failure: Mapping[str, Any], status: int
    ) -> RawResponse:
        """A failure; where its status does not tell what it means, its text may."""
        if status in {REFUSED, 500}:
            rules = self.way.how.statuses
            found = (each.status for each in rules if re.search(each.text, failure["message"]))
            status = next(found, status)
        return RawResponse(status, response.headers, _json({"error": failure}))


def _carried(passage: Passage, request: Request) -> Scope:
    """What a request carries, as ``$request``."""
    names = re.findall(r"\{([^{}]+)\}", passage.path)
    pattern = re.sub(r"\\\{[^{}]+\\\}", "([^/]+)", re.escape(passage.path))
    found = re.fullmatch(pattern, request.path)
    values = map(unquote, found.groups()) if found else ()
    query = {name: _typed(text, passage.types.get(name)) for name, text in request.query}
    content = request.content if isinstance(request.content, bytes) else None
    body = MISSING if content is None else json.loads(content)
    path = dict(zip(names, values, strict=False))
    return Scope(request={"path": path, "query": query, "header": request.headers, "body": body})


def _typed(text: str, kind: str | None) -> Any:
    return text if kind is None else json.loads(text)


def _shaped(template: Any, body: Any) -> Any:
    """The value of an output; a long list is not held twice, since its entries are replaced."""
    scope = Scope(response={"body": body})
    each = cast("Mapping[str, Any]", template).get("each") if isinstance(template, Mapping) else ""
    found: Any = scope.value(each) if each else None
    if not isinstance(found, list):
        return scope.filled(template)
    entries = cast("MutableSequence[Any]", found)
    for index, entry in enumerate(entries):
        entries[index] = Scope(entry=entry).filled(template["as"])
    return entries


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
