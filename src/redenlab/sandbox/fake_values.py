"""Fake values that are valid for a JSON schema; the same seed gives the same values.

Each value is drawn from the seed and its own path in the object, so that adding a field to a schema
does not change the values of the others.
"""

import math
import uuid
from collections.abc import Callable, Mapping
from random import Random
from typing import Any, Final, TypeAlias

Schema: TypeAlias = Mapping[str, Any]
Path: TypeAlias = tuple[str, ...]

Known = Callable[[Path, Schema], Any]
"""Called before a value is generated; returns the value to use, or `UNKNOWN`."""

UNKNOWN: Final = object()

MAX_DEPTH = 6
"""Nesting depth below which optional fields are left out, so that schemas may be recursive."""

# By exact type, as True is an int to isinstance.
_KINDS: dict[str, tuple[type, ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}

_UNCHECKED = frozenset({"const", "enum", "format", "multipleOf", "pattern"})


def fake_value(root: Schema, seed: str, known: Known) -> Any:
    """A value that is valid for `root`, a schema with ``$defs`` as pydantic writes it."""
    return _Generator(root, seed, known).value(root, ())


def fits(value: Any, schema: Schema, root: Schema) -> bool:
    """Whether `value` has the type and the bounds of `schema`, a part of `root`.

    A schema with keywords that are not checked here counts as not matching.
    """
    if value is None:
        return {"type": "null"} in schema.get("anyOf", ())
    schema = _resolved(schema, root)
    kind = schema.get("type")
    if type(value) not in _KINDS.get(str(kind), ()) or schema.keys() & _UNCHECKED:
        return False
    if kind == "array":
        return all(fits(item, schema.get("items", {}), root) for item in value)
    if kind == "object":
        return all(
            fits(value[name], part, root) if name in value else name not in _required(schema)
            for name, part in schema.get("properties", {}).items()
        )
    lowest, highest = _bounds(schema)
    return kind in {"string", "boolean"} or bool(lowest <= value <= highest)


class _Generator:
    def __init__(self, root: Schema, seed: str, known: Known) -> None:
        self._root = root
        self._seed = seed
        self._known = known

    def value(self, schema: Schema, path: Path) -> Any:
        """The value at `path`."""
        known = self._known(path, schema)
        if known is not UNKNOWN:
            return known
        schema = _resolved(schema, self._root)
        chance = Random(f"{self._seed}/{'/'.join(path)}")  # noqa: S311 - has to be repeatable
        made: Any
        match schema:
            case {"const": made}:
                pass
            case {"enum": choices}:
                made = chance.choice(choices)
            case {"type": "object"}:
                made = self._object(schema, path)
            case {"type": "array"}:
                made = self._array(schema, path, chance)
            case {"type": "integer" | "number"}:
                made = _number(schema, chance)
            case {"type": "boolean"}:
                made = chance.choice((True, False))
            case _:
                made = _text(schema, chance)
        return made

    def _object(self, schema: Schema, path: Path) -> dict[str, Any]:
        properties = schema.get("properties", {})
        wanted = properties if len(path) < MAX_DEPTH else _required(schema)
        return {name: self.value(properties[name], (*path, name)) for name in wanted}

    def _array(self, schema: Schema, path: Path, chance: Random) -> list[Any]:
        least = schema.get("minItems", 0)
        size = chance.randint(max(least, 1), max(min(schema.get("maxItems", 3), 3), least, 1))
        items = schema.get("items", {})
        return [
            self.value(items, (*path, str(index)))
            for index in range(size if len(path) < MAX_DEPTH else least)
        ]


def _number(schema: Schema, chance: Random) -> float:
    lowest, highest = _bounds(schema)
    whole = schema["type"] == "integer"
    span = 10.0 if whole else 1.0
    if lowest == -math.inf:
        lowest = min(0.0, highest - span)
    if highest == math.inf:
        highest = lowest + span
    step = schema.get("multipleOf", 1 if whole else None)
    if step is None:  # away from the bounds, so that it does not matter whether they count
        return round(lowest + (highest - lowest) * chance.uniform(0.1, 0.9), 6)
    first = math.ceil(lowest / step) + (schema.get("exclusiveMinimum") == lowest)
    last = math.floor(highest / step) - (schema.get("exclusiveMaximum") == highest)
    value: float = step * chance.randint(first, max(first, last))
    return value


def _text(schema: Schema, chance: Random) -> str:
    if schema.get("examples") and "pattern" in schema:
        return str(schema["examples"][0])
    made = uuid.UUID(int=chance.getrandbits(128), version=4)
    match schema.get("format"):
        case "uuid":
            return str(made)
        case "date-time":
            return f"2026-01-{chance.randint(1, 28):02}T{chance.randint(0, 23):02}:00:00Z"
        case "date":
            return f"2026-01-{chance.randint(1, 28):02}"
        case "uri":
            return f"https://sandbox.invalid/{made}"
        case _:
            text = f"sandbox-{made.hex[:8]}".ljust(schema.get("minLength", 0), "x")
            return text[: schema.get("maxLength")]


def _resolved(schema: Schema, root: Schema) -> Schema:
    """`schema` with references resolved and ``null`` alternatives dropped."""
    while True:
        choices = schema.get("anyOf", schema.get("oneOf"))
        if "$ref" in schema:
            schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
        elif choices:
            schema = next((c for c in choices if c.get("type") != "null"), choices[0])
        else:
            return schema


def _bounds(schema: Schema) -> tuple[float, float]:
    lowest = schema.get("minimum", schema.get("exclusiveMinimum", -math.inf))
    highest = schema.get("maximum", schema.get("exclusiveMaximum", math.inf))
    return lowest, highest


def _required(schema: Schema) -> list[str]:
    return list(schema.get("required", ()))
