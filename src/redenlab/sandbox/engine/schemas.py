"""Whether a JSON value fits a schema of an OpenAPI document."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

Resolve = Callable[[Any], Any]

_KINDS: dict[str, tuple[type[Any], ...]] = {
    "integer": (int,),
    "number": (int, float),
    "string": (str,),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
    "null": (type(None),),
}


def problems(value: Any, schema: Any, resolve: Resolve, at: str = "") -> Iterator[str]:
    """What is wrong with `value`, each as ``/pointer: problem``; nothing where it fits.

    Args:
        value: JSON.
        schema: What it should fit.
        resolve: Finds what a ``$ref`` leads to.
        at: Pointer of the value.
    """
    node = resolve(schema)
    if not isinstance(node, Mapping):
        return
    found = cast("Mapping[str, Any]", node)
    if value is None and found.get("nullable"):
        return
    yield from _kind(value, found, at)
    yield from _choices(value, found, resolve, at)
    if isinstance(value, str):
        yield from _text(value, found, at)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number(value, found, at)
    elif isinstance(value, list):
        yield from _array(cast("Any", value), found, resolve, at)
    elif isinstance(value, dict):
        yield from _object(cast("dict[str, Any]", value), found, resolve, at)


def _kind(value: Any, node: Mapping[str, Any], at: str) -> Iterator[str]:
    declared = node.get("type")
    if declared is None:
        return
    types = cast("list[str]", declared if isinstance(declared, list) else [declared])
    whole = isinstance(value, float) and value.is_integer() and "integer" in types
    known: set[Any] = {each for name in types for each in _KINDS.get(name, ())}
    if not whole and type(value) not in known:
        yield f"{at or '/'}: a value of the type {' or '.join(types)} is needed"


def _choices(value: Any, node: Mapping[str, Any], resolve: Resolve, at: str) -> Iterator[str]:
    if "const" in node and value != node["const"]:
        yield f"{at or '/'}: it has to be {node['const']!r}"
    if "enum" in node and value not in node["enum"]:
        yield f"{at or '/'}: it has to be one of {', '.join(map(str, node['enum']))}"
    for part in node.get("allOf", ()):
        yield from problems(value, part, resolve, at)
    for key in ("oneOf", "anyOf"):
        choices = [list(problems(value, each, resolve, at)) for each in node.get(key, ())]
        if choices and all(choices):
            yield min(choices, key=len)[0]


def _text(value: str, node: Mapping[str, Any], at: str) -> Iterator[str]:
    if not node.get("minLength", 0) <= len(value) <= node.get("maxLength", len(value)):
        yield f"{at or '/'}: its length is wrong"
    if "pattern" in node and re.search(str(node["pattern"]), value) is None:
        yield f"{at or '/'}: it has to match {node['pattern']}"


def _number(value: float, node: Mapping[str, Any], at: str) -> Iterator[str]:
    above, below = node.get("exclusiveMinimum", False), node.get("exclusiveMaximum", False)
    low, high = node.get("minimum"), node.get("maximum")
    small = (low is not None and (value < low or (above is True and value == low))) or (
        not isinstance(above, bool) and value <= above
    )
    large = (high is not None and (value > high or (below is True and value == high))) or (
        not isinstance(below, bool) and value >= below
    )
    if small or large:
        yield f"{at or '/'}: it is too {'small' if small else 'large'}"


def _array(value: list[Any], node: Mapping[str, Any], resolve: Resolve, at: str) -> Iterator[str]:
    if not node.get("minItems", 0) <= len(value) <= node.get("maxItems", len(value)):
        yield f"{at or '/'}: the number of its items is wrong"
    if node.get("uniqueItems") and any(item in value[:n] for n, item in enumerate(value)):
        yield f"{at or '/'}: its items have to differ"
    leading = cast("list[Any]", node.get("prefixItems", []))
    for index, item in enumerate(value):
        schema = leading[index] if index < len(leading) else node.get("items", {})
        yield from problems(item, schema, resolve, f"{at}/{index}")


def _object(
    value: dict[str, Any], node: Mapping[str, Any], resolve: Resolve, at: str
) -> Iterator[str]:
    properties = cast("Mapping[str, Any]", node.get("properties", {}))
    for name in cast("Iterable[str]", node.get("required", ())):
        if name not in value:
            yield f"{at}/{name}: it is missing"
    for name, item in value.items():
        more = node.get("additionalProperties", {})
        if name in properties:
            yield from problems(item, properties[name], resolve, f"{at}/{name}")
        elif more is False:
            yield f"{at}/{name}: it is not documented"
        else:
            yield from problems(item, more, resolve, f"{at}/{name}")
