"""A spec as openapi-python-client can read it; the operations still do what the spec says.

Only what is selected is in it. Its parser refuses or misunderstands some constructs that have an
equivalent; those are written as the equivalent here, so that no document has to be edited.
"""

from collections.abc import Mapping
from typing import Any, cast

from opc import class_name
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import steps_of
from redenlab.core.spec.located import LocatedMapping
from redenlab.core.spec.x_client import x_client
from schema_nodes import nodes, schemas


def client_name(spec: Spec) -> str:
    """The class name of the clients; the generator needs the whole block."""
    block = x_client(spec)
    for key in ("name", "environment", "file"):
        if getattr(block, key) is None:
            node = spec.document.get("x-client", spec.document)
            raise spec.error(node, f"x-client needs the key '{key}'")
    return str(block.name)


BINARY = "application/octet-stream"

STAND_INS = {"query": "trace"}
"""Methods that the parser does not know, and those in whose place they are put."""


def normal_form(spec: Spec) -> dict[str, Any]:
    """The document, without what is not selected, in the form that the parser reads.

    Media types that it refuses become bytes, an operation has one kind of request body, and the
    security of the whole document stands in each operation, as does its name.
    """
    document = selected(spec)
    for schema in schemas(document):
        schema.pop("title", None)  # classes are named by their place in the document
        if isinstance(schema.get("default"), list | dict):
            del schema["default"]  # the service knows it; the parser reads some as none of its enum
        _drop_conditions(schema)
    for node in nodes(document):
        content: Any = node.get("content")
        if isinstance(content, dict):
            _replace_unknown(cast("dict[str, Any]", content))
    for item in document["paths"].values():
        for operation in item.values():
            _choose_body(operation)
            operation["parameters"] = [
                _parameter(document, each) for each in operation["parameters"]
            ]
            if "requestBody" in operation:
                operation["requestBody"] = _readable(_resolved(document, operation["requestBody"]))
    return document


def _parameter(document: Mapping[str, Any], node: Any) -> dict[str, Any]:
    """A parameter of an operation, described in its schema, where the parser looks.

    A list in a header is the text that is sent.
    """
    parameter: dict[str, Any] = _resolved(document, node)
    own = parameter.get("schema", {})
    said = {key: parameter[key] for key in ("description",) if key in parameter}
    if parameter["in"] == "header" and _resolved(document, own).get("type") == "array":
        text = {"type": "string", "description": "Its values, with commas between them."}
        return {**parameter, "schema": {**text, **said}}
    if said and own and "$ref" not in own:
        return {**parameter, "schema": {**own, **said}}
    return parameter


def selected(spec: Spec) -> dict[str, Any]:
    """The operations that are read, and the components that they lead to, by names of classes."""
    document: dict[str, Any] = {**spec.document, "paths": {}}
    for name, operation in spec.operations.items():
        method, path = str(operation["method"]), str(operation["path"])
        own = {key: value for key, value in operation.items() if key not in {"method", "path"}}
        own = {"security": spec.document.get("security", []), **own, "operationId": name}
        document["paths"].setdefault(path, {})[STAND_INS.get(method, method)] = own
    if spec.selected is not None:
        document.pop("webhooks", None)
        document["components"] = _components(spec)
    copy: dict[str, Any] = _copied(document)
    _rename(copy)
    return copy


def _rename(document: dict[str, Any]) -> None:
    """Call each component schema by the name of its class, wherever it is referred to."""
    components = document.get("components", {})
    known = components.get("schemas", {})
    start = "#/components/schemas/"
    names = {f"{start}{_escaped(name)}": f"{start}{class_name(name)}" for name in known}
    for node in nodes(document):
        if node.get("$ref") in names:
            cast("dict[str, Any]", node)["$ref"] = names[node["$ref"]]
    if known:
        components["schemas"] = {class_name(name): schema for name, schema in known.items()}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _copied(node: Any) -> Any:
    """`node` with lists and mappings of its own; what stood in several places stands in each."""
    if isinstance(node, LocatedMapping):
        copy = node.copy()
        copy.update((key, _copied(value)) for key, value in node.items())
        return copy
    if isinstance(node, dict):
        return {key: _copied(value) for key, value in cast("dict[str, Any]", node).items()}
    return [_copied(item) for item in cast("list[Any]", node)] if isinstance(node, list) else node


def _resolved(document: Mapping[str, Any], node: Any) -> Any:
    """`node`, or what its ``$ref`` points to in `document`."""
    while "$ref" in node:
        found: Any = document
        for step in steps_of(str(node["$ref"])[1:]):
            found = found[int(step) if isinstance(found, list) else step]
        node = found
    return node


def _components(spec: Spec) -> dict[str, Any]:
    found: dict[str, Any] = {"securitySchemes": spec.document["components"]["securitySchemes"]}
    for reference in spec.references:
        _, _, kind, name, *_ = [*reference.split("/"), "", ""]
        if kind and name:
            name = steps_of(f"/{name}")[0]
            found.setdefault(kind, {})[name] = spec.document["components"][kind][name]
    return found


def _replace_unknown(content: dict[str, Any]) -> None:
    for media_type in [each for each in content if _is_unknown(each)]:
        del content[media_type]
        content.setdefault(BINARY, {})
    if BINARY in content and not content[BINARY].get("schema"):  # bytes need none (3.1, 4.8.14)
        content[BINARY] = {"schema": {"type": "string", "format": "binary"}}


def _readable(body: dict[str, Any]) -> dict[str, Any]:
    """A body that is a text as one that is a text in JSON; the templates know better."""
    content: dict[str, Any] = body.get("content", {})
    if len(content) != 1 or not next(iter(content)).startswith("text/"):
        return body
    return {**body, "content": {"application/json": {"schema": {"type": "string"}}}}


def _drop_conditions(schema: dict[str, Any]) -> None:
    """Keep an object one class, where ``anyOf`` only says which of its keys go together."""
    for key in ("anyOf", "oneOf"):
        parts = schema.get(key, ())
        if "properties" in schema and all(set(each) <= {"required", "not"} for each in parts):
            schema.pop(key, None)


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
