"""Runtime expressions of OpenAPI (3.1, section 4.8.20.4), and templates made of them.

    $response.body#/job_id      a pointer into the response body (RFC 6901); also $response.body
    $response.header.Location   $statusCode   $url
    $request.path.model_name    an argument of the submit operation; also query, header, body
    $file.name                  the recording; $file alone is its content
    $upload.key  $job.id        what steps kept; what is known of a job from then on
    $poll.body#/output_file     the response to the last poll; also header, statusCode

A step ``*`` of a pointer stands for every element. A template is any JSON: a text that begins with
``$`` is an expression, expressions in braces stand within texts (``jobs/{$job.id}``), and every
other value is itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse

MISSING = object()
"""The value of an expression that points to nothing."""

ROOTS: Mapping[str, str] = {
    "statusCode": "",
    "url": "",
    "method": "",
    "response": r"\.header\.[^.#{}]+|\.body",
    "request": r"\.(path|query|header)\.[^.#{}]+|\.body",
    "file": r"|\.(name|content_type|size|md5|sha256|parent|index)",
    "upload": r"\.[A-Za-z]\w*",
    "job": r"\.[A-Za-z]\w*",
    "model": r"\.[A-Za-z]\w*",
    "poll": r"\.header\.[^.#{}]+|\.statusCode|\.body",
    "call": r"\.id",
    "option": "",
    "part": r"|\.(number|index|size)",
    "entry": "",
}
"""What an expression may begin with, and how it goes on before its pointer."""

EXPRESSION = "|".join(rf"\${root}({rest})(#(/[^{{}}]*)*)?" for root, rest in ROOTS.items())
_EMBEDDED = r"\{(\$[^{}]+)\}"


class Headers(Mapping[str, str]):
    """Headers of a response, by names in either case."""

    def __init__(self, headers: Mapping[str, str]) -> None:
        self._headers = headers

    def __getitem__(self, name: str) -> str:
        wanted = name.lower()
        for key, value in self._headers.items():
            if key.lower() == wanted:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._headers)

    def __len__(self) -> int:
        return len(self._headers)


class Scope:
    """The values that expressions may refer to, by their roots."""

    def __init__(self, **values: Any) -> None:
        """Hold `values`, such as ``file={"name": "a.wav"}``."""
        self._values = values

    def extended(self, **values: Any) -> "Scope":
        """This scope with `values` added."""
        found = Scope()
        found._values = self._values | values
        return found

    def merged(self, other: "Scope") -> "Scope":
        """This scope with the values of `other` added."""
        return self.extended(**other.roots)

    def without(self, root_name: str) -> "Scope":
        """This scope without one of its roots."""
        return self.extended(**{root_name: {}})

    def responded(self, response: RawResponse, url: str = "", method: str = "") -> "Scope":
        """This scope with a response: its body, its headers and its status."""
        found = {"body": document(response), "header": Headers(response.headers)}
        request = {"url": url, "method": method}
        return self.extended(
            response=found, statusCode=response.status_code, raw=response, **request
        )

    @property
    def roots(self) -> Mapping[str, Any]:
        """What it holds, by the roots of expressions."""
        return self._values

    @property
    def response(self) -> RawResponse:
        """The response that `responded` was given."""
        return cast("RawResponse", self._values["raw"])

    def with_value(self, expression: str, value: Any) -> "Scope":
        """This scope, in which `expression` has `value` beside what its root had."""
        root, *keys = _path(expression)
        held = self._values.get(root)
        changed: dict[str, Any] = _copied(held) if isinstance(held, Mapping) else {}
        if not keys:
            return self.extended(**{root: value})
        _placed(changed, keys, value)
        return self.extended(**{root: changed})

    def value(self, expression: str) -> Any:
        """The value of `expression`, a text itself if it is none; `MISSING` when there is none."""
        path = _PATHS.get(expression)
        if path is None:
            if expression[:1] != "$":
                return self._text(expression) if "{$" in expression else expression
            if "*" in expression:
                return _walked(self._values, _path(expression))
            path = _PATHS[expression] = _path(expression)
        found: Any = self._values
        for step in path:
            usual = found.__class__ is dict  # isinstance() is several times slower
            found = found.get(step, MISSING) if usual else child(found, step)
        return found

    def values(self, expressions: Mapping[str, Any]) -> dict[str, Any]:
        """The values of templates that are not missing, by their keys."""
        found: dict[str, Any] = {}
        for key, template in expressions.items():
            value = self.value(template) if template.__class__ is str else self.filled(template)
            if value is not MISSING:
                found[key] = value
        return found

    def filled(self, template: Any) -> Any:
        """The value of a template: what is missing is left out of objects and arrays."""
        if isinstance(template, str):
            return self.value(template)
        if isinstance(template, Mapping):
            mapping = cast("Mapping[str, Any]", template)
            return self._repeated(mapping) if "each" in mapping else self.values(mapping)
        if isinstance(template, list | tuple):
            items = [self.filled(item) for item in cast("Iterable[Any]", template)]
            return [item for item in items if item is not MISSING]
        return template

    def _repeated(self, template: Mapping[str, Any]) -> Any:
        """``{each: list, as: template}``: the template once for each ``$entry``."""
        found = self.value(str(template["each"]))
        if not isinstance(found, list):
            return MISSING
        entries = cast("Iterable[Any]", found)
        return [
            self.extended(entry=entry).filled(template.get("as", "$entry")) for entry in entries
        ]

    def url(self, text: str) -> Any:
        """`text` as a URL: embedded values are encoded, but for one at the beginning.

        Raises:
            ValueError: A value would lead to another path.
        """
        return self._text(text, _encoded) if "{$" in text else self.value(text)

    def _text(self, text: str, encode: Callable[[str], str] = str) -> Any:
        """`text` with its embedded expressions replaced; `MISSING` if one of them is."""
        found = [(match.start(), self.value(match[1])) for match in re.finditer(_EMBEDDED, text)]
        if any(value is MISSING or value is None for _, value in found):
            return MISSING
        values = iter([encode(as_text(v)) if at else as_text(v) for at, v in found])
        return re.sub(_EMBEDDED, lambda _: next(values), text)


def _encoded(value: str) -> str:
    """A value as a part of a path; its slashes stay."""
    if {".", ".."} & set(value.split("/")):
        raise ValueError(f"{value!r} cannot stand in a path")
    return quote(value, safe="/")


def document(response: RawResponse) -> Any:
    """The JSON of a response, or its text; `MISSING` where it is neither or empty."""
    try:
        return response.json()
    except DecodeError:
        media = response.headers.get("content-type", "")
        return response.text if response.content and media.startswith("text/") else MISSING


def as_text(value: Any) -> str:
    """`value` as it stands in a URL or a header: ``true``, not ``True``."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def expressions(template: Any) -> Iterator[str]:
    """Every expression in a template."""
    if isinstance(template, str):
        if template.startswith("$"):
            yield template
        else:
            yield from (match[1] for match in re.finditer(_EMBEDDED, template))
    elif isinstance(template, Mapping):
        for item in cast("Mapping[str, Any]", template).values():
            yield from expressions(item)
    elif isinstance(template, list | tuple):
        for item in cast("Iterable[Any]", template):
            yield from expressions(item)


def root(expression: str) -> str:
    """What `expression` begins with: ``response`` of ``$response.body#/id``."""
    return _path(expression)[0]


def pointer(expression: str) -> str:
    """The JSON pointer of `expression`; empty where it has none."""
    return expression.partition("#")[2]


def find(node: Any, json_pointer: str) -> Any:
    """The value at a JSON pointer, or `MISSING`."""
    for step in steps_of(json_pointer):
        node = child(node, step)
    return node


def located(node: Any, json_pointer: str) -> Iterator[tuple[str, Any]]:
    """Every value that a pointer with ``*`` leads to, each with its own pointer."""
    found: list[tuple[str, Any]] = [("", node)]
    for step in steps_of(json_pointer):
        below: list[tuple[str, Any]] = []
        for at, value in found:
            names = _names(value) if step == "*" else [step]
            below += ((f"{at}/{_escaped(name)}", child(value, name)) for name in names)
        found = below
    yield from ((at, value) for at, value in found if value is not MISSING)


def place(target: MutableMapping[str, Any], json_pointer: str, value: Any) -> None:
    """Put `value` at a JSON pointer, creating the objects on the way."""
    _placed(target, steps_of(json_pointer), value)


_PATHS: dict[str, tuple[str, ...]] = {}
"""The keys of every expression that was evaluated; a spec has a few dozen that never change."""


def _path(expression: str) -> tuple[str, ...]:
    """The keys of an expression."""
    name, _, json_pointer = expression[1:].partition("#")
    return (*name.split(".", 2), *steps_of(json_pointer))


def steps_of(json_pointer: str) -> list[str]:
    """The keys of a JSON pointer."""
    return [step.replace("~1", "/").replace("~0", "~") for step in json_pointer.split("/")[1:]]


def _names(node: Any) -> list[str]:
    if isinstance(node, Mapping):
        return list(cast("Mapping[str, Any]", node))
    return (
        [str(n) for n in range(len(cast("Sequence[Any]", node)))] if isinstance(node, list) else []
    )


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _placed(target: MutableMapping[str, Any], keys: Sequence[str], value: Any) -> None:
    *parents, last = keys
    for key in parents:
        target = target.setdefault(key, {})
    target[last] = value


def _copied(value: Any) -> Any:
    if isinstance(value, Headers) or not isinstance(value, Mapping):
        return value
    return {key: _copied(item) for key, item in cast("Mapping[str, Any]", value).items()}


def child(node: Any, step: str) -> Any:
    """What a key of an object or an index of an array leads to, or `MISSING`."""
    if isinstance(node, Mapping):
        return cast("Mapping[str, Any]", node).get(step, MISSING)
    if isinstance(node, list) and step.isdecimal():
        items = cast("Sequence[Any]", node)
        return items[int(step)] if int(step) < len(items) else MISSING
    return MISSING


def _walked(node: Any, steps: Sequence[str]) -> Any:
    """The value behind a path with ``*``: a list of what every element has there."""
    for number, step in enumerate(steps):
        if step == "*":
            if not isinstance(node, Mapping | list):
                return MISSING
            below = steps[number + 1 :]
            found = [_walked(child(node, name), below) for name in _names(node)]
            if "*" in below:
                found = [item for items in found if isinstance(items, list) for item in items]
            return [value for value in found if value is not MISSING]
        node = child(node, step)
    return node
