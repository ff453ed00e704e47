"""Runtime expressions of OpenAPI (3.1, section 4.8.20.4), evaluated on plain JSON.

    $response.body#/job_id      a pointer into the response body (RFC 6901)
    $request.path.model_name    an argument of the submit operation
    $file.name                  also: content_type, size
    $job.id

A text that does not begin with ``$`` is a literal.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any, cast

MISSING = object()
"""The value of an expression that points to nothing."""


class Scope:
    """The values that expressions may refer to."""

    def __init__(self, **values: Any) -> None:
        """Hold `values`, such as ``file={"name": "a.wav"}``."""
        self._values = values

    def extended(self, **values: Any) -> "Scope":
        """This scope with `values` added."""
        return Scope(**{**self._values, **values})

    def with_value(self, expression: str, value: Any) -> "Scope":
        """This scope, in which `expression` has `value`."""
        root, *keys = _path(expression)
        for key in reversed(keys):
            value = {key: value}
        return self.extended(**{root: value})

    def value(self, expression: str) -> Any:
        """The value of `expression`; `MISSING` when there is none."""
        if not expression.startswith("$"):
            return expression
        found: Any = self._values
        for step in _path(expression):
            found = _step(found, step)
        return found

    def values(self, expressions: Mapping[str, str]) -> dict[str, Any]:
        """The values that exist, by their keys."""
        pairs = ((key, self.value(expression)) for key, expression in expressions.items())
        return {key: value for key, value in pairs if value is not MISSING}


def find(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer, or `MISSING`."""
    for step in _steps(pointer):
        document = _step(document, step)
    return document


def place(document: MutableMapping[str, Any], pointer: str, value: Any) -> None:
    """Put `value` at a JSON pointer, creating the objects on the way."""
    *parents, last = _steps(pointer)
    for step in parents:
        document = document.setdefault(step, {})
    document[last] = value


@lru_cache(maxsize=1024)
def _path(expression: str) -> tuple[str, ...]:
    """The keys of an expression; cached, since a spec has a few dozen that never change."""
    name, _, pointer = expression[1:].partition("#")
    return (*name.split("."), *_steps(pointer))


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _step(document: Any, step: str) -> Any:
    if type(document) is dict:  # the usual case; isinstance() is several times slower
        return cast("dict[str, Any]", document).get(step, MISSING)
    if isinstance(document, Mapping):
        return cast("Mapping[str, Any]", document).get(step, MISSING)
    if isinstance(document, list) and step.isdecimal():
        items = cast("Sequence[Any]", document)
        return items[int(step)] if int(step) < len(items) else MISSING
    return MISSING
