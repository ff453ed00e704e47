"""An OpenAPI document: its operations, its security, and the line of everything in it.

The generator and `redenlab.connect` read specs through this module.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from redenlab.core.errors import SpecError
from redenlab.core.spec.profile import Key

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

Node = Mapping[str, Any]


class LocatedMapping(dict[str, Any]):
    """A YAML mapping that knows its own line in the file, and the lines of its keys."""

    line: int = 1
    lines: Mapping[str, int]


class _Loader(yaml.SafeLoader):
    """Keeps line numbers."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[LocatedMapping]:
    mapping = LocatedMapping()
    mapping.line = node.start_mark.line + 1
    yield mapping
    loader.flatten_mapping(node)
    mapping.update(cast("dict[str, Any]", loader.construct_mapping(node)))
    mapping.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
for _first in "0123456789":  # a date in an example stays the text that it is
    _Loader.yaml_implicit_resolvers[_first] = [
        pair
        for pair in yaml.SafeLoader.yaml_implicit_resolvers.get(_first, [])
        if pair[0] != "tag:yaml.org,2002:timestamp"
    ]


class Spec:
    """One ``openapi/<backend>.yaml``.

    Attributes:
        backend: The file's stem; names the generated package.
        document: The YAML document.
    """

    def __init__(self, path: Path) -> None:
        self.path: Path = path
        self.backend: str = path.stem
        self.document: dict[str, Any] = self._load()

    def _load(self) -> dict[str, Any]:
        try:
            document = yaml.load(self.path.read_bytes(), _Loader)  # noqa: S506 - a safe loader
        except OSError as error:
            problem = f"cannot be read: {error.strerror}"
        except yaml.YAMLError as error:
            problem = f"is not valid YAML: {' '.join(str(error).split())}"
        else:
            if isinstance(document, LocatedMapping) and "paths" in document:
                return document
            problem = "is no OpenAPI document"
        raise SpecError(f"{self.path.name}: {problem}")

    def error(self, node: Any, problem: str, key: str | None = None) -> SpecError:
        """The spec error for `node` (or its `key`), with its place in the file."""
        line = node.line if isinstance(node, LocatedMapping) else 1
        if isinstance(node, LocatedMapping) and key is not None:
            line = node.lines.get(key, line)
        return SpecError(f"{self.path.name}:{line}: {problem}")

    @cached_property
    def operations(self) -> Mapping[str, dict[str, Any]]:
        """Every operation by its ``operationId``, with its method and path among its keys.

        One without an ``operationId`` is named by method and path: ``get_result_job_id``.
        """
        found = {
            operation.get("operationId") or _identifier(f"{method}{path}"): operation
            | {"method": method, "path": path, "parameters": _parameters(item, operation)}
            for path, item in self.document["paths"].items()
            for method, operation in item.items()
            if method in METHODS
        }
        return cast("dict[str, dict[str, Any]]", found)

    @property
    def schemas(self) -> Node:
        """The component schemas by their names."""
        return self._components("schemas")

    def _components(self, kind: str) -> Node:
        components = cast("Node", self.document.get("components", {}))
        return cast("Node", components.get(kind, {}))

    def resolve(self, node: Any) -> Any:
        """`node`, or what its ``$ref`` points to."""
        found: Any = node
        seen: list[str] = []
        while isinstance(found, Mapping) and "$ref" in found:
            reference = str(cast("Node", found)["$ref"])
            if reference in seen:
                raise self.error(node, f"{reference} refers to itself")
            seen.append(reference)
            found = self.at(reference, found)
        return cast("Any", found)

    def at(self, reference: str, owner: Any = None) -> Any:
        """What ``#/components/…`` points to.

        Args:
            reference: As it is written.
            owner: The node that has it.

        Raises:
            SpecError: It points to nothing.
        """
        node: Any = self.document
        for escaped in reference.removeprefix("#/").split("/"):
            step = escaped.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, Mapping) or step not in node:
                raise self.error(owner, f"{reference} does not exist")
            node = cast("Node", node)[step]
        return node

    @cached_property
    def auth(self) -> Key:
        """How the first security scheme that is an API key or a bearer token is sent."""
        for scheme in self._components("securitySchemes").values():
            if scheme["type"] == "apiKey" and scheme["in"] in {"header", "query"}:
                prefix = scheme.get("x-prefix", "")
                return Key(scheme["name"], prefix, in_query=scheme["in"] == "query")
            if scheme["type"] == "http" and scheme["scheme"].lower() == "bearer":
                return Key("Authorization", "Bearer")
        raise self.error(
            self.document,
            "no security scheme is an API key in a header or query, or a bearer token",
        )

    @property
    def oauth(self) -> Node:
        """The flows of the first OAuth 2.0 scheme; empty if there is none."""
        schemes = self._components("securitySchemes").values()
        found = [scheme["flows"] for scheme in schemes if scheme["type"] == "oauth2"]
        return cast("Node", found[0] if found else {})

    @cached_property
    def idempotent(self) -> Mapping[str, bool]:
        """Whether each operation may be sent twice (RFC 9110, 9.2.2; ``x-idempotency`` adds)."""
        return {
            name: op["method"] not in {"post", "patch"} or op.get("x-idempotency") == "always"
            for name, op in self.operations.items()
        }

    def secured(self, operation: Node) -> bool:
        """Whether an operation is sent the credential; its own ``security`` counts first."""
        return bool(operation.get("security", self.document.get("security")))

    def arguments(self, operation: Node) -> dict[str, Node]:
        """The path, query and header parameters of an operation by their names."""
        declared = (self.resolve(entry) for entry in operation.get("parameters", ()))
        return {entry["name"]: entry for entry in declared if entry["in"] != "cookie"}

    def body_schema(self, operation: Node) -> str | None:
        """Name of the schema of a JSON or multipart request body."""
        return _name(self.body_node(operation))

    def body_node(self, operation: Node) -> Any:
        """The schema of a JSON or multipart request body; ``None`` where there is none."""
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        media: Any = content.get("application/json") or content.get("multipart/form-data") or {}
        return media.get("schema")

    def media_types(self, operation: Node) -> list[str]:
        """The types of a request body that is a file, and nothing else; empty for other bodies."""
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        return list(content) if self.body_node(operation) is None else []

    def response_schema(self, operation: Node) -> str | None:
        """Name of the schema of the first documented JSON success."""
        return _name(self.response_node(operation))

    def response_node(self, operation: Node) -> Any:
        """The schema of the first documented JSON success; ``None`` where there is none."""
        return next(iter(self.response_nodes(operation)), None)

    def response_nodes(self, operation: Node) -> list[Any]:
        """The schemas of the documented JSON successes."""
        found: list[Any] = []
        for status, response in operation["responses"].items():
            if str(status).startswith("2"):
                content = self.resolve(response).get("content", {})
                found += [m["schema"] for kind, m in content.items() if _is_json(kind, m)]
        return found

    def properties(self, schema: str | None) -> Node:
        """The properties of a component schema; empty for ``None``."""
        node: Any = self.resolve(self.schemas.get(schema, {})) if schema else {}
        return cast("Node", node.get("properties", {}))

    def below(self, schema: Any, step: str) -> tuple[Any, list[str] | None]:
        """What `schema` says of one of its properties or elements.

        Returns:
            Its schema, empty where anything may be there; and the properties that there are, where
            it is none of them.
        """
        node: Any = self.resolve(schema)
        if not isinstance(node, Mapping):
            return {}, None
        mapping = cast("Node", node)
        known: list[str] = []
        for variant in (mapping, *self._variants(mapping)):
            properties = variant.get("properties", {})
            if step in properties:
                return properties[step], None
            known += properties
            for key in ("items", "additionalProperties"):
                if isinstance(variant.get(key), Mapping) and (
                    step == "*" or key != "items" or step.isdecimal()
                ):
                    return variant[key], None
        simple = mapping.get("type") in {"string", "number", "integer", "boolean"}
        free = mapping.get("additionalProperties") is True
        return {}, known if (known or simple) and not free else None

    def formatted(self, schema: Any, wanted: str, seen: tuple[str, ...] = ()) -> Iterator[str]:
        """Pointers to the texts below `schema` that have the format `wanted`."""
        name = _name(schema)
        if name in seen:
            return  # a schema that contains itself
        seen = (*seen, name) if name else seen
        node = cast("Node", self.resolve(schema))
        if node.get("format") == wanted:
            yield ""
        for variant in (node, *self._variants(node)):
            for key, inner in variant.get("properties", {}).items():
                for rest in self.formatted(inner, wanted, seen):
                    yield f"/{key.replace('~', '~0').replace('/', '~1')}{rest}"
            for key in ("items", "additionalProperties"):
                if isinstance(variant.get(key), Mapping):
                    for rest in self.formatted(variant[key], wanted, seen):
                        yield f"/*{rest}"

    def _variants(self, node: Node) -> Iterator[Node]:
        for key in ("allOf", "oneOf", "anyOf"):
            for entry in node.get(key, ()):
                variant = self.resolve(entry)
                yield variant
                yield from self._variants(variant)


def _parameters(item: Node, operation: Node) -> list[Any]:
    """Those of the path, then those of the operation, which replace them."""
    return [*item.get("parameters", ()), *operation.get("parameters", ())]


def _identifier(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_")


def _is_json(media_type: str, media: Any) -> bool:
    return "json" in media_type and bool(media) and "schema" in media


def _name(schema: Any) -> str | None:
    if isinstance(schema, Mapping) and "$ref" in schema:
        return str(cast("Node", schema)["$ref"]).rpartition("/")[2]
    return None
