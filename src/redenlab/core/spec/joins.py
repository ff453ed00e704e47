"""``allOf`` written as one schema, so that no reader of a schema has to look for it."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from redenlab.core.errors import SpecError

Error = Callable[[Any, str, str | None], SpecError]
Schema = dict[str, Any]

ANNOTATIONS = frozenset(
    {"description", "title", "default", "example", "examples", "deprecated", "nullable"}
    | {"readOnly", "writeOnly", "externalDocs"}
)
"""Keys that do not change what a value has to be."""

_STRICTER: Mapping[str, Callable[[Any, Any], Any]] = {
    "required": lambda a, b: list(dict.fromkeys([*a, *b])),
    "enum": lambda a, b: [value for value in a if value in b],
    "minimum": max,
    "maximum": min,
    "minLength": max,
    "maxLength": min,
    "minItems": max,
    "maxItems": min,
    "additionalProperties": lambda a, b: b if a is True or b is False else a,
    "x-job-states": lambda a, b: {**a, **b},
}
"""How two values of a key become the one that asks for both."""


class Joins:
    """Joins the ``allOf`` of the schemas of one document, in place."""

    def __init__(self, resolve: Callable[[Any], Any], error: Error) -> None:
        """`resolve` finds what a ``$ref`` points to; `error` makes the error for a node."""
        self._resolve = resolve
        self._error = error

    def join(self, schema: Schema) -> None:
        """Write a schema without ``allOf``; one that only annotates a reference stays.

        Raises:
            SpecError: Nothing fits all of its parts, or they cannot be written as one.
        """
        parts = schema.get("allOf")
        if not parts:
            return
        own = {key: value for key, value in schema.items() if key != "allOf"}
        if len(parts) == 1 and "$ref" in parts[0] and not own.keys() - ANNOTATIONS:
            return
        found = self._joined([*parts, own], schema, ())
        for key in [key for key in schema if key not in found]:
            del schema[key]
        schema.update(found)

    def _joined(self, parts: list[Any], owner: Any, seen: tuple[str, ...]) -> Schema:
        """One schema for all of `parts`."""
        found: Schema = {}
        for part in parts:
            for key, value in self._flat(part, owner, seen).items():
                found[key] = self._both(key, found[key], value, owner) if key in found else value
        return found

    def _flat(self, part: Any, owner: Any, seen: tuple[str, ...]) -> Schema:
        """A part without references and ``allOf`` of its own."""
        node = cast("Schema", part)
        if "$ref" in node:
            reference = str(node["$ref"])
            if reference in seen:
                raise self._error(owner, f"its allOf leads back to {reference}", "allOf")
            seen = (*seen, reference)
            beside = {key: value for key, value in node.items() if key != "$ref"}
            return self._joined([self._resolve(part), beside], owner, seen)
        if "allOf" in node:
            own = {key: value for key, value in node.items() if key != "allOf"}
            return self._joined([*node["allOf"], own], owner, seen)
        return node

    def _both(self, key: str, one: Any, other: Any, owner: Any) -> Any:
        """The value of a key that two parts have."""
        if one == other or key in ANNOTATIONS or (key.startswith("x-") and key not in _STRICTER):
            return other
        if key == "properties":
            return self._properties(one, other, owner)
        if key in _STRICTER:
            found = _STRICTER[key](one, other)
            if found != []:
                return found
        elif key == "type":
            common = [each for each in _types(one) if each in _types(other)]
            if common:
                return common if len(common) > 1 else common[0]
        elif key == "items":
            return self._one([one, other], owner)
        raise self._error(
            owner, f"the parts of its allOf contradict each other in '{key}'", "allOf"
        )

    def _properties(self, one: Schema, other: Schema, owner: Any) -> Schema:
        found = {**one}
        for name, schema in other.items():
            same = name not in one or one[name] == schema
            found[name] = schema if same else self._one([one[name], schema], owner)
        return found

    def _one(self, parts: list[Any], owner: Any) -> Any:
        """Two schemas as one: the one that says more, where the other says nothing."""
        for this, that in (parts, parts[::-1]):
            if not this.keys() - ANNOTATIONS:
                return that
            if "$ref" in this and "$ref" in that and this["$ref"] == that["$ref"]:
                return {**this, **that}
        return self._joined(parts, owner, ())


def _types(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)
