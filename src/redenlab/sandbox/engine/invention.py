"""Values that are valid for a schema of an OpenAPI document; the same seed gives the same values.

Each value is drawn from the seed and its own path, so that a new property does not change the
values of the others. Schemas may be those of OpenAPI 3.0 or 3.1, or of JSON Schema 2020-12.
"""

import math
import uuid
from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import Any, Final, TypeAlias, cast

from redenlab.sandbox.engine.patterns import matching

Schema: TypeAlias = Mapping[str, Any]
Path: TypeAlias = tuple[str, ...]

Resolve = Callable[[Any], Any]
"""From a schema to itself, or to what its ``$ref`` leads to."""

Known = Callable[[Path, Schema], Any]
"""Called before a value is invented; returns the value to use, or `UNKNOWN`."""

UNKNOWN: Final = object()

MAX_DEPTH = 6
"""Nesting depth below which optional properties are left out, so that schemas may be recursive."""

DEEPEST = 60
"""Nesting depth at which a schema that requires itself is given up."""


def nothing_known(_path: Path, _schema: Schema) -> Any:
    """Leave every value to invention."""
    return UNKNOWN


class Inventor:
    """Invents values for the schemas of one document."""

    def __init__(self, resolve: Resolve, seed: str, known: Known = nothing_known) -> None:
        """Invent from `seed`; `known` is asked first."""
        self._resolve = resolve
        self._seed = seed
        self._known = known

    def value(self, schema: Any, path: Path = (), *, complete: bool = True) -> Any:
        """A value for `schema`.

        Args:
            schema: Of the value; ``True`` and an empty one allow anything.
            path: Of the value in the whole.
            complete: Whether optional properties are there.

        Raises:
            ValueError: No value can be invented; the text says why.
        """
        if len(path) > DEEPEST:
            raise ValueError("the schema requires itself, so that no value of it ends")
        found = self._resolve(schema)
        known = self._known(path, cast("Schema", found if isinstance(found, Mapping) else {}))
        if known is not UNKNOWN:
            return known
        node = plain(schema, self._resolve)
        chance = Random(f"{self._seed}/{'/'.join(path)}")  # noqa: S311 - has to be repeatable
        made: Any
        match kind(node):
            case _ if "const" in node:
                made = node["const"]
            case _ if "enum" in node:
                made = chance.choice([each for each in node["enum"] if each is not None] or [None])
            case "object":
                made = self._object(node, path, complete=complete)
            case "array":
                made = self._array(node, path, chance, complete=complete)
            case "integer" | "number":
                made = _number(node, chance)
            case "boolean":
                made = chance.choice((True, False))
            case "null":
                made = None
            case _:
                made = _text(node, chance)
        return made

    def _object(self, node: Schema, path: Path, *, complete: bool) -> dict[str, Any]:
        properties: Schema = node.get("properties", {})
        required = cast("list[str]", list(node.get("required", ())))
        wanted = list(properties) if complete and len(path) < MAX_DEPTH else required
        made = {
            name: self.value(properties.get(name, {}), (*path, name), complete=complete)
            for name in dict.fromkeys((*wanted, *required))
        }
        more = node.get("additionalProperties", False)
        free = isinstance(more, Mapping) and complete and not properties
        for number in range(max(int(node.get("minProperties", 0)) - len(made), 1 if free else 0)):
            inner = cast("Any", more if isinstance(more, Mapping) else {"type": "string"})
            made[f"key{number}"] = self.value(inner, (*path, f"key{number}"), complete=complete)
        return made

    def _array(self, node: Schema, path: Path, chance: Random, *, complete: bool) -> list[Any]:
        least = int(node.get("minItems", 0))
        size = chance.randint(max(least, 1), max(min(node.get("maxItems", 3), 3), least, 1))
        if len(path) >= MAX_DEPTH or not complete or node.get("maxItems") == 0:
            size = least
        leading = cast("list[Any]", node.get("prefixItems", []))
        made: list[Any] = []
        for index in range(size):
            items = leading[index] if index < len(leading) else node.get("items", {})
            made.append(self._item(items, (*path, str(index)), made, node, complete=complete))
        return made

    def _item(
        self, items: Any, path: Path, before: list[Any], node: Schema, *, complete: bool
    ) -> Any:
        """An item; one that is not there yet, where items have to be unique."""
        found = self.value(items, path, complete=complete)
        choices = iter(plain(items, self._resolve).get("enum", range(20)))
        while node.get("uniqueItems") and found in before:
            choice = next(choices, None)
            if choice is None:
                raise ValueError("there are not enough different items")
            found = self.value(items, (*path, str(choice)), complete=complete)
            found = choice if found in before and "enum" in plain(items, self._resolve) else found
        return found


def plain(schema: Any, resolve: Resolve) -> Schema:
    """`schema` as one mapping: references resolved, ``allOf`` merged, one alternative chosen."""
    node = resolve(schema)
    if not isinstance(node, Mapping):
        return {}
    merged = dict(cast("Schema", node))
    for part in cast("Iterable[Any]", merged.pop("allOf", ())):
        merged = _merged(merged, plain(part, resolve))
    for key in ("oneOf", "anyOf"):
        choices = cast("list[Any]", merged.pop(key, []))
        if choices:
            found = [plain(choice, resolve) for choice in choices]
            merged = _merged(merged, next((c for c in found if kind(c) != "null"), found[0]))
    return merged


def _merged(one: Mapping[str, Any], other: Schema) -> dict[str, Any]:
    """Both schemas at once."""
    found = {**other, **one}
    if "properties" in one and "properties" in other:
        found["properties"] = {**other["properties"], **one["properties"]}
    if "required" in one and "required" in other:
        found["required"] = list(dict.fromkeys((*one["required"], *other["required"])))
    return found


def kind(node: Schema) -> str | None:
    """The type of a schema's values that are not null; ``None`` where it says nothing of it."""
    declared = node.get("type")
    if isinstance(declared, list):
        types = cast("list[str]", declared)
        return next((each for each in types if each != "null"), "null")
    if declared is not None:
        return str(declared)
    if node.get("const", ...) is None or node.get("enum") == [None]:
        return "null"
    if "properties" in node or "additionalProperties" in node or "required" in node:
        return "object"
    if "items" in node or "prefixItems" in node:
        return "array"
    return "number" if "minimum" in node or "maximum" in node else None


def bounds(node: Schema) -> tuple[float, float]:
    """The smallest and the largest number, whether they count or not."""
    lowest, highest = node.get("minimum", -math.inf), node.get("maximum", math.inf)
    above, below = node.get("exclusiveMinimum", False), node.get("exclusiveMaximum", False)
    if not isinstance(above, bool):  # a boolean in OpenAPI 3.0, and minimum is the number
        lowest = max(lowest, above)
    if not isinstance(below, bool):
        highest = min(highest, below)
    return lowest, highest


def _number(node: Schema, chance: Random) -> float:
    lowest, highest = bounds(node)
    whole = kind(node) == "integer"
    span = 10.0 if whole else 1.0
    if lowest == -math.inf:
        lowest = min(0.0, highest - span)
    if highest == math.inf:
        highest = lowest + span
    step = node.get("multipleOf", 1 if whole else None)
    if step is None:  # away from the bounds, so that it does not matter whether they count
        return round(lowest + (highest - lowest) * chance.uniform(0.1, 0.9), 6)
    first = math.ceil(lowest / step) + _excluded(node, "Minimum", lowest)
    last = math.floor(highest / step) - _excluded(node, "Maximum", highest)
    value: float = step * chance.randint(first, max(first, last))
    return value


def _excluded(node: Schema, end: str, bound: float) -> bool:
    """Whether a bound itself is no value."""
    given = node.get(f"exclusive{end}", False)
    return given if isinstance(given, bool) else given == bound


def _text(node: Schema, chance: Random) -> str:
    made = uuid.UUID(int=chance.getrandbits(128), version=4)
    if "pattern" in node:
        examples = [node["example"]] if "example" in node else list(node.get("examples", ()))
        return str(examples[0]) if examples else matching(str(node["pattern"]), chance)
    day = f"2026-01-{chance.randint(1, 28):02}"
    forms = {
        "uuid": str(made),
        "date-time": f"{day}T{chance.randint(0, 23):02}:00:00+00:00",
        "date": day,
        "time": f"{chance.randint(0, 23):02}:00:00",
        "duration": "PT5S",
        "uri": f"https://sandbox.invalid/{made}",
        "url": f"https://sandbox.invalid/{made}",
        "email": f"{made.hex[:8]}@sandbox.invalid",
        "hostname": "sandbox.invalid",
        "ipv4": "192.0.2.1",
        "ipv6": "2001:db8::1",
        "byte": "c2FuZGJveA==",
    }
    found = forms.get(str(node.get("format")))
    if found is not None:
        return found
    text = f"sandbox-{made.hex[:8]}".ljust(node.get("minLength", 0), "x")
    return text[: node.get("maxLength")]
