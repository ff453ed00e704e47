"""Runtime expressions of OpenAPI (3.1, section 4.8.20.4), evaluated on plain JSON.

    $response.body#/job_id      a pointer into the answer (RFC 6901)
    $request.path.model_name    an argument of the submit operation
    $file.name                  also: content_type, size
    $job.id

Anything that does not begin with ``$`` stands for itself.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any, cast

MISSING = object()
"""What a pointer finds where there is nothing."""


class Scope:
    """The values that expressions may refer to."""

    def __init__(self, **values: Any) -> None:
        """Begin with `values`, such as ``file={"name": "a.wav"}``."""
        self._values = values

    def having(self, **values: Any) -> "Scope":
        """This scope and more."""
        return Scope(**{**self._values, **values})

    def value(self, expression: str) -> Any:
        """What `expression` stands for; `MISSING` when there is no such value."""
        if not expression.startswith("$"):
            return expression
        found: Any = self._values
        for step in _path(expression):
            found = _step(found, step)
        return found

    def values(self, expressions: Mapping[str, str]) -> dict[str, Any]:
        """Each value that there is, under its key."""
        pairs = ((key, self.value(expression)) for key, expression in expressions.items())
        return {key: value for key, value in pairs if value is not MISSING}


def find(document: Any, pointer: str) -> Any:
    """The value at a JSON pointer, or `MISSING`."""
    for step in _steps(pointer):
        document = _step(document, step)
    return document


def place(document: MutableMapping[str, Any], pointer: str, value: Any) -> None:
    """Put `value` at a JSON pointer, making objects on the way."""
    *parents, last = _steps(pointer)
    for step in parents:
        document = document.setdefault(step, {})
    document[last] = value


@lru_cache(maxsize=1024)
def _path(expression: str) -> tuple[str, ...]:
    """Every step of an expression; a spec has a few dozen of them, and they never change."""
    name, _, pointer = expression[1:].partition("#")
    return (*name.split("."), *_steps(pointer))


def _steps(pointer: str) -> list[str]:
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]


def _step(document: Any, step: str) -> Any:
    if type(document) is dict:  # nearly always, and several times faster to find out
        return cast("dict[str, Any]", document).get(step, MISSING)
    if isinstance(document, Mapping):
        return cast("Mapping[str, Any]", document).get(step, MISSING)
    if isinstance(document, list) and step.isdecimal():
        items = cast("Sequence[Any]", document)
        return items[int(step)] if int(step) < len(items) else MISSING
    return MISSING
