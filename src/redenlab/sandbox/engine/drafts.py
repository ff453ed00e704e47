"""Responses in the making: a body invented from its schema, in which values are then placed."""

import copy
import json
from collections.abc import Iterable, Mapping
from typing import Any, cast

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import MISSING, Headers, Scope, pointer, steps_of
from redenlab.core.spec.schemas import problems
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.invention import Inventor
from redenlab.sandbox.engine.messages import JSON_TYPE, mapping

PICTURE = b"\x89PNG\r\n\x1a\n\x00invented"
"""The content of files that the spec does not describe: bytes that are no text."""


class Draft:
    """A response that can still be changed.

    Attributes:
        status: HTTP status.
        headers: By name.
        body: JSON; `MISSING` where there is none.
        content: Bytes instead of JSON, where the type of the content says that it is none.
        schema: Of the body; ``None`` where nothing is known of it.
    """

    def __init__(self, spec: Spec, inventor: Inventor, status: int = 200) -> None:
        """An empty response; `documented` makes those of operations."""
        self._spec = spec
        self._inventor = inventor
        self.status: int = status
        self.headers: dict[str, str] = {}
        self.body: Any = MISSING
        self.content: bytes = PICTURE
        self.schema: Any = None

    def copy(self) -> "Draft":
        """An independent copy."""
        found = copy.copy(self)
        found.headers = dict(self.headers)
        found.body = self.body if self.body is MISSING else copy.deepcopy(self.body)
        return found

    def within(self, key: str) -> "Draft":
        """The property `key` of the body, as a response of its own."""
        found = self.copy()
        found.schema = self.schema_at(f"$response.body#/{key}")
        found.body = mapping(found.body).get(key, MISSING)
        return found

    def knows(self, expression: str) -> bool:
        """Whether the response may have what an expression of ``$response`` points to."""
        if ".body" not in expression:
            return True
        if self.schema is None:
            return self.body is not MISSING
        schema = self.schema
        for step in steps_of(pointer(expression)):
            schema, known = self._spec.below(schema, step)
            if known is not None:
                return False
        return True

    def schema_at(self, expression: str) -> Any:
        """The schema of what an expression points to; empty where anything may be there."""
        schema: Any = self.schema if self.schema is not None else {}
        for step in steps_of(pointer(expression)):
            schema, _ = self._spec.below(schema, step)
        return schema

    def value(self, expression: str) -> Any:
        """What an expression points to."""
        return self.scope().value(_local(expression))

    def invented(self, expression: str, *, complete: bool = True) -> Any:
        """A value for the place that an expression points to."""
        path = ("at", *steps_of(pointer(expression)))
        schema = self.schema_at(expression)
        return self._inventor.value(schema, path, complete=complete)

    def place(self, expression: str, value: Any) -> None:
        """Put `value` where an expression of ``$response`` or ``$poll`` points to.

        `MISSING` removes what is there.
        """
        local = _local(expression)
        if local == "$statusCode":
            self.status = value
        elif local.startswith("$response.header."):
            name = local.removeprefix("$response.header.").lower()
            self.headers.pop(name, None)
            if value is not MISSING and value is not None:
                self.headers[name] = str(value)
        else:
            steps = steps_of(pointer(local))
            if self.body is not MISSING or value is not MISSING:
                self.body = self._put(self.body, steps, value, self.schema or {})

    def echo(self, sent: Mapping[str, Any]) -> None:
        """Show what was sent, where the schema has a property of the same name and kind."""
        properties = self._spec.properties(self.schema)
        shown = mapping(self.body)
        for name, value in sent.items():
            fits = name in properties and name not in shown
            if fits and next(problems(value, properties[name], self._spec.at), None) is None:
                self.place(f"$response.body#/{name}", value)

    def _put(self, node: Any, steps: list[str], value: Any, schema: Any) -> Any:
        """`node` with `value` at a pointer; what is missing on the way is invented."""
        if not steps:
            return value
        step, *rest = steps
        inner, _ = self._spec.below(schema, step)
        listed = isinstance(node, list) or (
            not isinstance(node, Mapping) and (step == "*" or step.isdecimal())
        )
        if listed:
            items: list[Any] = list(cast("Any", node)) if isinstance(node, list) else []
            wanted = range(max(len(items), 1)) if step == "*" else [int(step)]
            while len(items) <= max(wanted) and value is not MISSING:
                items.append(self._minimal(inner) if rest else MISSING)
            for index in wanted:
                if index < len(items):
                    items[index] = self._put(items[index], rest, value, inner)
            return [item for item in items if item is not MISSING]
        if not isinstance(node, Mapping):
            node = self._minimal(schema) if value is not MISSING else {}
        found: dict[str, Any] = dict(cast("Node", node if isinstance(node, Mapping) else {}))
        placed = self._put(found.get(step, MISSING), rest, value, inner)
        if placed is MISSING or (value is MISSING and step not in found):
            found.pop(step, None)
        else:
            found[step] = placed
        return found

    def _minimal(self, schema: Any) -> Any:
        found: Any = self._inventor.value(schema, ("between",), complete=False)
        return cast("Any", found) if isinstance(found, Mapping) else {}

    def scope(self) -> Scope:
        """What expressions find in it."""
        found = {"header": Headers(self._sent_headers()), "body": self._shown_body()}
        return Scope(response=found, statusCode=self.status)

    def raw(self) -> RawResponse:
        """The response."""
        headers = self._sent_headers()
        body = self._shown_body()
        if body is MISSING:
            return RawResponse(
                self.status, headers, self.content if headers.get("content-type") else b""
            )
        return RawResponse(self.status, headers, json.dumps(body, separators=(",", ":")).encode())

    def _sent_headers(self) -> dict[str, str]:
        usual = {"content-type": JSON_TYPE} if self.body is not MISSING else {}
        return {**usual, **self.headers}

    def _shown_body(self) -> Any:
        """The JSON, unless the type of the content is another."""
        is_json = "json" in self.headers.get("content-type", JSON_TYPE)
        return self.body if is_json else MISSING


def _local(expression: str) -> str:
    """An expression of ``$poll`` or ``$entry`` as one of the response that it is about."""
    if expression == "$poll.statusCode":
        return "$statusCode"
    if expression.startswith("$entry"):
        return f"$response.body{expression.removeprefix('$entry')}"
    return expression.replace("$poll.", "$response.", 1)


def documented(
    spec: Spec, inventor: Inventor, operation: str | None, media: str = "json"
) -> list[Draft]:
    """A draft for each documented success of an operation, in the order of the spec.

    Args:
        spec: The spec.
        inventor: Invents what is required.
        operation: The operation; ``None`` for a URL of which the spec says nothing.
        media: What the body should be: ``json``, or anything else.
    """
    if operation is None:
        draft = Draft(spec, inventor)
        draft.body = {}
        return [draft]
    responses = cast("Node", spec.operations[operation]["responses"])
    good = {str(s): spec.resolve(r) for s, r in responses.items() if str(s).startswith("2")}
    return [_success(spec, inventor, s, r, media) for s, r in good.items()] or [
        Draft(spec, inventor)
    ]


def _success(spec: Spec, inventor: Inventor, status: str, response: Node, media: str) -> Draft:
    draft = Draft(spec, inventor, int(status.upper().replace("X", "0")))
    content = cast("Mapping[str, Node]", response.get("content", {}))
    for header, declared in cast("Mapping[str, Any]", response.get("headers", {})).items():
        node = spec.resolve(declared)
        if node.get("required"):
            draft.place(f"$response.header.{header}", inventor.value(node.get("schema", {})))
    wanted = _chosen(content, media)
    if wanted is None:
        return draft
    if "json" not in wanted:
        draft.headers["content-type"] = wanted.replace("*", "x")
        draft.content = b"an invented text" if wanted.startswith("text/") else PICTURE
        return draft
    if wanted != JSON_TYPE:
        draft.headers["content-type"] = wanted
    draft.schema = content[wanted].get("schema", {})
    draft.body = inventor.value(draft.schema, ("body",), complete=False)
    return draft


def _chosen(types: Iterable[str], media: str) -> str | None:
    """The type of content to respond with; ``None`` where none is documented."""
    known = list(types)
    fits = [each for each in known if ("json" in each) is (media == "json")]
    return next(iter(fits or known), None)
