"""A spec file: its operations, its security, and where in the file everything stands.

The generator reads specs through this module, and so does `redenlab.connect`, which runs a spec
that nothing was generated from.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, cast

import yaml

from redenlab.core.errors import ConfigurationError

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")

SETTINGS = ("api_key", "base_url", "model_name", "timeout", "http_timeout")
"""What every client can be told by its environment."""

Node = Mapping[str, Any]


class SpecError(ConfigurationError):
    """A spec is incomplete or contradicts itself; the text has file, line and what to write."""


class _Place(dict[str, Any]):
    """A mapping that knows its own line in the file, and those of its keys."""

    line: int = 1
    lines: Mapping[str, int]


class _Loader(yaml.SafeLoader):
    """Keeps places."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> Iterator[_Place]:
    place = _Place()
    place.line = node.start_mark.line + 1
    yield place
    loader.flatten_mapping(node)
    place.update(cast("dict[str, Any]", loader.construct_mapping(node)))
    place.lines = {str(key.value): key.start_mark.line + 1 for key, _ in node.value}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
for _first in "0123456789":  # a date stays the text that it is in an example
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
        """Read the file.

        Raises:
            SpecError: It is missing, or no YAML mapping.
        """
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
            if isinstance(document, _Place) and "paths" in document:
                return document
            problem = "is no OpenAPI document"
        raise SpecError(f"{self.path.name}: {problem}")

    def refuse(self, node: Any, problem: str, key: str | None = None) -> SpecError:
        """The error for `node` (or its `key`), with its place in the file."""
        line = node.line if isinstance(node, _Place) else 1
        if isinstance(node, _Place) and key is not None:
            line = node.lines.get(key, line)
        return SpecError(f"{self.path.name}:{line}: {problem}")

    @cached_property
    def operations(self) -> Mapping[str, dict[str, Any]]:
        """Every operation by its ``operationId``, with its method and path among its keys."""
        found = {
            operation["operationId"]: operation | {"method": method, "path": path}
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
        while isinstance(found, Mapping) and "$ref" in found:
            found = self.at(cast("Node", found)["$ref"])
        return cast("Any", found)

    def at(self, reference: str) -> Any:
        """What ``#/components/…`` points to.

        Raises:
            SpecError: Nothing is there.
        """
        node: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            if not isinstance(node, Mapping) or step not in node:
                raise SpecError(f"{self.path.name}: {reference} does not exist")
            node = cast("Node", node)[step]
        return node

    @cached_property
    def auth(self) -> tuple[str, str]:
        """Header and prefix of the first security scheme that is an API key or a bearer token."""
        for scheme in self._components("securitySchemes").values():
            if scheme["type"] == "apiKey" and scheme["in"] == "header":
                return scheme["name"], ""
            if scheme["type"] == "http" and scheme["scheme"].lower() == "bearer":
                return "Authorization", "Bearer"
        raise self.refuse(
            self.document, "no security scheme is an API key header or a bearer token"
        )

    @property
    def oauth(self) -> Node:
        """The flows of the first OAuth 2.0 scheme; none if there is no such scheme."""
        schemes = self._components("securitySchemes").values()
        found = [scheme["flows"] for scheme in schemes if scheme["type"] == "oauth2"]
        return cast("Node", found[0] if found else {})

    @cached_property
    def client(self) -> Node:
        """``x-client``: the client's name, and where its settings come from."""
        block = self.document.get("x-client", {})
        for key in ("name", "environment", "file"):
            if key not in block:
                raise self.refuse(block or self.document, f"x-client needs the key '{key}'")
        for setting in block.get("variables", {}):
            if setting not in SETTINGS:
                raise self.refuse(
                    block["variables"],
                    f"there is no setting '{setting}'; there are {', '.join(SETTINGS)}",
                    setting,
                )
        return cast("Node", block)

    def variables(self, setting: str) -> tuple[str, ...]:
        """The environment variables of a setting; of several, the first that is set counts."""
        block = self.document.get("x-client", {})
        prefix = block.get("environment", self.backend.upper())
        name = "MODEL" if setting == "model_name" else setting.upper()
        return (f"{prefix}_{name}", *block.get("variables", {}).get(setting, ()))

    @cached_property
    def defaults(self) -> Mapping[str, str]:
        """Settings that nobody has to give: the first server, if its address has no variables."""
        servers = cast("list[Node]", self.document.get("servers", []))
        url = str(servers[0]["url"]) if servers else ""
        return {"base_url": url.rstrip("/")} if "://" in url and "{" not in url else {}

    @cached_property
    def idempotent(self) -> Mapping[str, bool]:
        """Whether each operation may be sent twice (RFC 9110, 9.2.2; ``x-idempotency`` adds)."""
        return {
            name: op["method"] not in {"post", "patch"} or op.get("x-idempotency") == "always"
            for name, op in self.operations.items()
        }

    def arguments(self, operation: Node) -> dict[str, Node]:
        """The path, query and header parameters of an operation by their names."""
        declared = (self.resolve(entry) for entry in operation.get("parameters", ()))
        return {entry["name"]: entry for entry in declared if entry["in"] != "cookie"}

    def body(self, operation: Node) -> str | None:
        """Name of the schema of a JSON or multipart request body."""
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        media: Any = content.get("application/json") or content.get("multipart/form-data") or {}
        return _name(media.get("schema"))

    def answer(self, operation: Node) -> str | None:
        """Name of the schema of the first JSON success."""
        for status, response in operation["responses"].items():
            if str(status).startswith("2"):
                content = self.resolve(response).get("content", {})
                return _name(content.get("application/json", {}).get("schema"))
        return None

    def paging(self, operation: Node) -> Node | None:
        """``x-page`` of an operation: where a page has its items, and the address of the next one.

        Raises:
            SpecError: It has other keys, or points to nothing.
        """
        block = operation.get("x-page")
        if block is None:
            return None
        if set(block) != {"items", "next"}:
            raise self.refuse(block, "x-page has the keys items and next")
        schema = self.answer(operation)
        for key, pointer in block.items():
            if pointer.removeprefix("$response.body#/") not in self.properties(schema):
                raise self.refuse(block, f"{pointer} points to nothing in {schema}", key)
        return cast("Node", block)

    def properties(self, schema: str | None) -> Node:
        """The properties of a component schema; none for ``None``."""
        node: Any = self.resolve(self.schemas.get(schema, {})) if schema else {}
        return cast("Node", node.get("properties", {}))

    def check_discriminators(self) -> None:
        """Insist that every variant of a discriminated union pins its property with ``const``.

        openapi-python-client ignores discriminators, so the variants have to tell themselves apart.

        Raises:
            SpecError: One does not.
        """
        for node in _nodes(self.document):
            if "discriminator" not in node:
                continue
            name = node["discriminator"]["propertyName"]
            for entry in (*node.get("oneOf", ()), *node.get("anyOf", ())):
                variant = self.resolve(entry)
                if "const" not in self.resolve(variant.get("properties", {}).get(name, {})):
                    raise self.refuse(
                        variant, f"a variant of a discriminated union needs '{name}: {{const: …}}'"
                    )


def _nodes(node: Any) -> Iterator[Node]:
    if isinstance(node, Mapping):
        yield cast("Node", node)
        node = list(cast("Node", node).values())
    if isinstance(node, list):
        for child in cast("Iterable[Any]", node):
            yield from _nodes(child)


def _name(schema: Any) -> str | None:
    if isinstance(schema, Mapping) and "$ref" in schema:
        return str(cast("Node", schema)["$ref"]).rpartition("/")[2]
    return None
