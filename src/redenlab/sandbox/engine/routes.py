"""The operations of a spec as a server sees them: which one a request is for, and what it lacks."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import unquote

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import MISSING
from redenlab.sandbox.engine.forms import Forms
from redenlab.sandbox.engine.invention import kind, plain
from redenlab.sandbox.engine.messages import FORM, JSON_TYPE, Blob, Received, mapping

_NUMBER = r"-?\d+(\.\d+)?([eE][+-]?\d+)?"


class Route:
    """One operation.

    Attributes:
        name: Its ``operationId``.
        method: In capitals.
        path: Its template.
        node: What the spec says of it.
        secured: Whether it needs a credential.
    """

    def __init__(
        self, spec: Spec, name: str, forms: Forms | None = None, node: Node | None = None
    ) -> None:
        """Of an operation of `spec`, unless its `node` is elsewhere."""
        self._spec = spec
        self._forms = forms or Forms(spec)
        self.name: str = name
        self.node: Node = node or spec.operations[name]
        self.method: str = self.node["method"].upper()
        self.path: str = self.node["path"]
        self.secured: bool = bool(self.node.get("security", spec.document.get("security")))
        parts = re.split(r"\{([^{}]+)\}", self.path)
        pattern = "".join(
            f"(?P<p{number}>[^/]+)" if number % 2 else re.escape(part)
            for number, part in enumerate(parts)
        )
        self._names = parts[1::2]
        self._pattern = re.compile(pattern)

    @cached_property
    def arguments(self) -> Mapping[str, Node]:
        """Its path, query and header parameters."""
        return self._spec.arguments(self.node)

    @cached_property
    def last_names(self) -> tuple[str, ...]:
        """The parameters that its path ends with: those that name one thing."""
        found: list[str] = []
        for part in reversed(self.path.split("/")):
            if not part.startswith("{"):
                break
            found.insert(0, part.strip("{}"))
        return tuple(found)

    def is_below(self, path: str) -> bool:
        """Whether it is about one thing of the list at `path`, a template or a path."""
        begin = self.path.split("/")[: -len(self.last_names)] if self.last_names else None
        return begin is not None and begin == path.split("/")

    @cached_property
    def body(self) -> Any:
        """The schema of its JSON or form; ``None`` where it has neither."""
        return self._spec.body_node(self.node)

    def matched(self, method: str, path: str) -> dict[str, str] | None:
        """The path parameters of a request; ``None`` where it is for another operation."""
        found = self._pattern.fullmatch(path) if method == self.method else None
        if found is None:
            return None
        values = [unquote(found[f"p{2 * number + 1}"]) for number in range(len(self._names))]
        return dict(zip(self._names, values, strict=True))

    def filled(self, values: Mapping[str, str]) -> str:
        """Its path with values for the parameters."""
        return re.sub(r"\{([^{}]+)\}", lambda match: values[match[1]], self.path)

    def problems(self, request: Received, path: Mapping[str, str]) -> Iterator[str]:
        """What is wrong with a request, and where."""
        for name, declared in self.arguments.items():
            given = argument(request, path, name, declared)
            if given is None and declared.get("required"):
                yield f"the {declared['in']} parameter {name} is missing"
            if given is not None:
                yield from self._argument(name, declared, given)
        yield from self._body(request)

    def _argument(self, name: str, declared: Node, given: list[str]) -> Iterator[str]:
        schema = declared.get("schema", {})
        node = plain(schema, self._spec.resolve)
        items = node.get("items", {}) if kind(node) == "array" else schema
        for text in given:
            value = typed(text, plain(items, self._spec.resolve))
            for problem in self._forms.problems(value, items):
                wrong = problem.removeprefix("body: ")
                yield f"the {declared['in']} parameter {name}: {wrong}"

    def _body(self, request: Received) -> Iterator[str]:
        declared = self._spec.resolve(self.node.get("requestBody", {}))
        try:
            document = self.document(request)
        except ValueError as error:
            yield f"body: Cannot be read: {error}"
            return
        if document is MISSING and FORM in declared.get("content", {}):
            document = dict[str, Any]()  # a form without a part is no body at all
        if document is MISSING:
            if declared.get("required"):
                yield "body: Field required"
        elif self.body is not None and isinstance(document, bytes | Blob):
            yield "body: Neither JSON nor a form"
        elif self.body is not None:
            yield from self._forms.problems(document, self.body)

    def with_defaults(self, document: Any) -> Any:
        """The body of a request, with the defaults of the spec; a form with its types."""
        node = cast("Node", self._spec.resolve(self.body) if self.body else {})
        defaults = {
            name: inner["default"]
            for name, part in node.get("properties", {}).items()
            if "default" in (inner := self._spec.resolve(part))
        }
        return {**defaults, **mapping(document)} if isinstance(document, Mapping) else document

    def document(self, request: Received) -> Any:
        """The body of a request; that of a form as `as_form` has it."""
        found = request.document
        return self.as_form(found) if request.media_type == FORM else found

    def as_form(self, parts: Mapping[str, Any]) -> dict[str, Any]:
        """The parts of a form with the types of their properties; files as texts."""
        schemas = plain(self.body, self._spec.resolve).get("properties", {})
        found: dict[str, Any] = {}
        for name, value in parts.items():
            node = plain(schemas.get(name, {}), self._spec.resolve)
            is_json = isinstance(value, Blob) and value.media_type == JSON_TYPE
            text = value.path.read_text() if is_json and kind(node) == "object" else value
            file = isinstance(text, bytes | Blob)
            found[name] = "file" if file else typed(text, node)
        return found


def argument(
    request: Received, path: Mapping[str, str], name: str, declared: Node
) -> list[str] | None:
    """The texts of a parameter; ``None`` where it is not given."""
    if declared["in"] == "path":
        return [path[name]]
    if declared["in"] == "query":
        return request.query.get(name)
    found = request.headers.get(name)
    return None if found is None else [found]


def typed(value: Any, node: Node) -> Any:
    """The text of a parameter as the type that its schema says; itself where it cannot be."""
    wanted = kind(node)
    if isinstance(value, list) or (wanted == "array" and isinstance(value, str)):
        items: Any = cast("Any", value) if isinstance(value, list) else [value]
        return [typed(item, cast("Node", node.get("items", {}))) for item in items]
    if wanted is None and value in map(str, node.get("enum", ())):
        return next(each for each in node["enum"] if str(each) == value)
    forms = {"integer": r"-?\d+", "number": _NUMBER, "boolean": "true|false", "object": r"\{.*\}"}
    if not isinstance(value, str) or not re.fullmatch(forms.get(str(wanted), "(?!)"), value):
        return value
    try:
        return json.loads(value)
    except ValueError:  # an object that is none, a number with a leading zero
        return value


@dataclass(frozen=True, slots=True)
class Call:
    """A request, and the operations that its path fits, the plainest first.

    Attributes:
        request: The request.
        matches: The path parameters, by the names of the operations.
    """

    request: Received
    matches: Mapping[str, Mapping[str, str]]


def called(routes: Iterable[Route], request: Received, base_url: str) -> Call:
    """Which operations a request may be for."""
    path = request.address.removeprefix(base_url)
    if path == request.address:
        return Call(request, {})
    found = [
        (route, values)
        for route in routes
        if (values := route.matched(request.method, path)) is not None
    ]
    found.sort(key=lambda match: len(match[1]))
    return Call(request, {route.name: values for route, values in found})
