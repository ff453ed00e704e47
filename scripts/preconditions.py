"""What a spec needs to be generated from, beyond what `redenlab.connect` needs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from redenlab.core.spec.document import METHODS, Node, Spec
from redenlab.core.spec.x_client import x_client


def client_name(spec: Spec) -> str:
    """The class name of the clients; the generator needs the whole block."""
    block = x_client(spec)
    for key in ("name", "environment", "file"):
        if getattr(block, key) is None:
            node = spec.document.get("x-client", spec.document)
            raise spec.error(node, f"x-client needs the key '{key}'")
    return str(block.name)


BINARY = "application/octet-stream"


def readable(document: dict[str, Any]) -> dict[str, Any]:
    """`document` as openapi-python-client can read it; the operations still do what the spec says.

    Media types that it refuses become bytes, an operation has one kind of request body, objects are
    one class, and the security of the whole document stands in each operation.
    """
    for node in nodes(document):
        content: Any = node.get("content")
        if isinstance(content, dict):
            _replace_unknown(cast("dict[str, Any]", content))
        _drop_conditions(cast("dict[str, Any]", node))
    for item in document["paths"].values():
        for method, operation in item.items():
            if method in METHODS:
                operation.setdefault("security", document.get("security", []))
                _choose_body(operation)
    return document


def _replace_unknown(content: dict[str, Any]) -> None:
    for media_type in [each for each in content if _is_unknown(each)]:
        del content[media_type]
        content.setdefault(BINARY, {"schema": {"type": "string", "format": "binary"}})


def _drop_conditions(node: dict[str, Any]) -> None:
    """Keep an object one class, where ``anyOf`` only says which of its keys go together."""
    for key in ("anyOf", "oneOf"):
        if "properties" in node and all(
            set(each) <= {"required", "not"} for each in node.get(key, ())
        ):
            node.pop(key, None)


def _is_unknown(media_type: str) -> bool:
    """Whether it is neither JSON, nor a text, nor a form, nor bytes by name."""
    kind = media_type.partition(";")[0].strip().lower()
    forms = {"application/x-www-form-urlencoded", "multipart/form-data"}
    known = kind in {"application/json", BINARY, *forms}
    # A property of a schema may be called content, too.
    return "/" in kind and not (known or kind.endswith("+json") or kind.startswith("text/"))


def _choose_body(operation: dict[str, Any]) -> None:
    """Of a file and anything else as the body, keep the one that the job sends."""
    content = operation.get("requestBody", {}).get("content", {})
    if BINARY in content and len(content) > 1:
        bind = operation.get("x-job", {}).get("submit", {}).get("bind", {})
        for media_type in list(content):
            if (media_type == BINARY) is not (bind.get("$request.body") == "$file"):
                del content[media_type]


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
