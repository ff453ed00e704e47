"""What schemas demand of the arguments of operations, and the names that arguments may have."""

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from redenlab.core.errors import InputError, InvalidField
from redenlab.core.spec.blocks import EMPTY
from redenlab.core.spec.expressions import steps_of
from redenlab.core.spec.naming import snake
from redenlab.core.text import sanitize
from redenlab.lowlevel.encoding import plain

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Demands:
    """What a spec demands of arguments.

    Attributes:
        operations: The schema of each argument by its name on the wire, by ``operationId``.
        definitions: Schemas that those refer to, by their ``$ref``.
        defaults: What is sent for a required property that is not given, by ``operationId``.
    """

    operations: Mapping[str, Mapping[str, Schema]]
    definitions: Mapping[str, Schema]
    defaults: Mapping[str, Mapping[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    def wired(self, operation: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """`values` with the keys of the wire, also in objects, and without what is ``None``.

        Bytes become base64.
        """
        known = self.operations.get(operation, EMPTY)
        whole = {"properties": known}
        found = _wired(plain(values), whole, self._followed)
        return {**self.defaults.get(operation, EMPTY), **found}

    def check(self, operation: str, values: Mapping[str, Any]) -> None:
        """Hold `values` against their schemas.

        Raises:
            InputError: One of them does not fit; the text names it, and the place in it.
        """
        from redenlab.core.spec.schemas import problems  # noqa: PLC0415 - what most clients lack

        for name, schema in self.operations.get(operation, EMPTY).items():
            if name not in values:
                continue
            problem = next(problems(values[name], schema, self.definitions.__getitem__), None)
            if problem is not None:
                inner = f" at {sanitize(problem.pointer)}" if problem.pointer else ""
                error = InputError(f"{operation}: {snake(name)}{inner} {problem.text}")
                path = ".".join((name, *steps_of(sanitize(problem.pointer))))
                error.fields = (InvalidField(path, "", problem.text),)
                raise error

    def _followed(self, schema: Schema) -> Schema:
        """What a schema refers to, in the end."""
        while "$ref" in schema:
            schema = self.definitions[schema["$ref"]]
        return schema


def _wired(value: Any, schema: Schema, followed: Callable[[Schema], Schema]) -> Any:
    schema = followed(schema)
    if isinstance(value, list):
        inner: Any = schema.get("items", EMPTY)
        return [_wired(each, inner, followed) for each in _elements(value)]
    known: Schema = schema.get("properties", EMPTY)
    if not known or not isinstance(value, dict):
        return b64encode(value).decode() if isinstance(value, bytes) else value
    names, found = {_folded(name): name for name in known}, dict[str, Any]()
    for key, each in cast("dict[str, Any]", value).items():
        wire = key if key in known else names.get(_folded(key), key)
        if each is not None or wire not in known or _takes_null(followed(known[wire])):
            found[wire] = _wired(each, known.get(wire, EMPTY), followed)
    return found


def _elements(value: Any) -> Sequence[Any]:
    return cast("Sequence[Any]", value)


def _folded(name: str) -> str:
    return name.replace("_", "").lower()


def _takes_null(schema: Schema) -> bool:
    kinds = schema.get("type", "null")
    return "null" in ([kinds] if isinstance(kinds, str) else kinds)
