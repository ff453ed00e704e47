"""The mappings of a document, and the schemas among them. References are not followed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from redenlab.core.spec.document import Node

_NAMED = ("properties", "patternProperties", "$defs")
_LISTED = ("allOf", "oneOf", "anyOf", "prefixItems")
_SINGLE = ("items", "additionalProperties", "not", "unevaluatedProperties")


def schemas(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every schema of a document, with those within it: each after what it stands in."""
    for component in document.get("components", {}).get("schemas", {}).values():
        yield from schemas_within(component)
    for node in nodes(
        {**document, "components": {**document.get("components", {}), "schemas": {}}}
    ):
        if isinstance(node.get("schema"), dict):
            yield from schemas_within(node["schema"])


def schemas_within(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema, and every schema that stands in it."""
    if not isinstance(schema, dict):
        return
    found = cast("dict[str, Any]", schema)
    yield found
    for key in _NAMED:
        for inner in found.get(key, {}).values():
            yield from schemas_within(inner)
    for key in _LISTED:
        for inner in found.get(key, ()):
            yield from schemas_within(inner)
    for key in _SINGLE:
        yield from schemas_within(found.get(key))


def nodes(node: Any) -> Iterator[Node]:
    """Every mapping of a document, from the top down."""
    if isinstance(node, Mapping):
        yield cast("Node", node)
        node = list(cast("Node", node).values())
    if isinstance(node, list):
        for child in cast("Iterable[Any]", node):
            yield from nodes(child)
