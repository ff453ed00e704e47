"""Unions whose variants can be told apart: what ``oneOf`` needs, as a generated model decides.

A union is read as the first of its variants that fits. A model fits an object that has its
required properties and its constants, so that a variant with fewer of them takes the values of
one with more.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from redenlab.core.errors import SpecError

Error = Callable[[Any, str, str | None], SpecError]
Schema = dict[str, Any]


class Unions:
    """Prepares the unions of one document, in place, after each ``allOf`` was joined."""

    def __init__(self, resolve: Callable[[Any], Any], error: Error) -> None:
        """`resolve` finds what a schema is, its ``$ref`` followed; `error` makes an error."""
        self._resolve = resolve
        self._error = error

    def prepare(self, schema: Schema) -> None:
        """Write down what tells the variants apart, and put the strictest first.

        Raises:
            SpecError: Two variants of a ``oneOf`` fit the same objects.
        """
        for key in ("oneOf", "anyOf"):
            if key in schema:
                self._pin(schema, key)
                schema[key] = self._sorted(schema, key)

    def _pin(self, schema: Schema, key: str) -> None:
        """Make a constant of the property that the discriminator names, in each variant."""
        discriminator = schema.get("discriminator")
        for entry in schema[key]:
            variant = self._resolve(entry)
            for name, inner in variant.get("properties", {}).items():
                found = self._resolve(inner)
                if len(found.get("enum", ())) == 1:
                    variant["properties"][name] = {**inner, "const": found["enum"][0]}
            if discriminator is None:
                continue
            name = str(discriminator["propertyName"])
            if "const" in self._resolve(variant.get("properties", {}).get(name, {})):
                continue
            values = _values(discriminator.get("mapping", {}), entry)
            if len(values) != 1:
                text = f"a variant of a discriminated union needs '{name}: {{const: …}}'"
                raise self._error(variant, text, None)
            variant.setdefault("properties", {})[name] = {"type": "string", "const": values[0]}
            variant["required"] = list(dict.fromkeys([*variant.get("required", ()), name]))

    def _sorted(self, schema: Schema, key: str) -> list[Any]:
        """The variants, those that take no others first."""
        entries: list[Any] = schema[key]
        variants = [cast("Schema", self._resolve(entry)) for entry in entries]
        takes = [[_takes(one, other) for other in variants] for one in variants]
        for number, row in enumerate(takes):
            for other in range(number):
                if key == "oneOf" and row[other] and takes[other][number]:
                    names = f"{_name(entries[other], other)} and {_name(entries[number], number)}"
                    text = f"{names} of its {key} cannot be told apart; give each a const property"
                    raise self._error(schema, text, key)
        order = sorted(range(len(entries)), key=lambda number: sum(takes[number]))
        return [entries[number] for number in order]


def _takes(one: Schema, other: Schema) -> bool:
    """Whether a model of `one` fits every object that `other` describes."""
    if one is other or "properties" not in one or "properties" not in other:
        return False
    mine, theirs = cast("Schema", one["properties"]), cast("Schema", other["properties"])
    if set(one.get("required", ())) - theirs.keys():
        return False
    return not any(_differ(mine[name], theirs[name]) for name in mine.keys() & theirs.keys())


def _differ(one: Any, other: Any) -> bool:
    """Whether no value has both schemas: two constants, or two types."""
    if "const" in one and "const" in other:
        return bool(one["const"] != other["const"])
    types = one.get("type"), other.get("type")
    return all(isinstance(each, str) for each in types) and types[0] != types[1]


def _values(mapping: Mapping[str, str], entry: Any) -> list[str]:
    """The values of the discriminator for a variant (OpenAPI 3.1, section 4.8.25)."""
    if "$ref" not in entry:
        return []
    reference = str(entry["$ref"])
    name = reference.rpartition("/")[2]
    return [value for value, target in mapping.items() if target in {reference, name}] or [name]


def _name(entry: Any, number: int) -> str:
    reference = str(entry.get("$ref", ""))
    return reference.rpartition("/")[2] or f"variant {number + 1}"
