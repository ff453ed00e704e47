"""What a spec needs to be generated from, beyond what `redenlab.connect` needs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.x_client import SETTINGS


def client_name(spec: Spec) -> str:
    """The class name of the clients; the generator needs the whole block."""
    block = spec.document.get("x-client", {})
    for key in ("name", "environment", "file"):
        if key not in block:
            raise spec.error(block or spec.document, f"x-client needs the key '{key}'")
    for setting in block.get("variables", {}):
        if setting not in SETTINGS:
            known = ", ".join(SETTINGS)
            problem = f"there is no setting '{setting}'; there are {known}"
            raise spec.error(block["variables"], problem, setting)
    return str(block["name"])


def check_discriminators(spec: Spec) -> None:
    """Require every variant of a discriminated union to pin its property with ``const``.

    openapi-python-client ignores discriminators, so variants must be told apart by value.
    """
    for node in nodes(spec.document):
        if "discriminator" not in node:
            continue
        name = node["discriminator"]["propertyName"]
        for entry in (*node.get("oneOf", ()), *node.get("anyOf", ())):
            variant = spec.resolve(entry)
            if "const" not in spec.resolve(variant.get("properties", {}).get(name, {})):
                raise spec.error(
                    variant, f"a variant of a discriminated union needs '{name}: {{const: …}}'"
                )


def nodes(node: Any) -> Iterator[Node]:
    """Every mapping of a document, from the top down."""
    if isinstance(node, Mapping):
        yield cast("Node", node)
        node = list(cast("Node", node).values())
    if isinstance(node, list):
        for child in cast("Iterable[Any]", node):
            yield from nodes(child)
