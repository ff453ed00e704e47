"""Fake values for the schemas of pydantic models, and whether a measurement fits one."""

from functools import partial
from typing import Any

from redenlab.sandbox.engine.invention import (
    UNKNOWN,
    Inventor,
    Known,
    Path,
    Schema,
    bounds,
)

__all__ = ["UNKNOWN", "Known", "Path", "Schema", "fake_value", "fits"]

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
    return Inventor(partial(_referred, root), seed, known).value(root)


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
    lowest, highest = bounds(schema)
    return kind in {"string", "boolean"} or bool(lowest <= value <= highest)


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


def _referred(root: Schema, schema: Any) -> Any:
    """`schema`, or what its ``$ref`` leads to."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    return schema


def _required(schema: Schema) -> list[str]:
    return list(schema.get("required", ()))
