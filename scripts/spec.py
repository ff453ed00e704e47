"""A spec file: its operations, its security, and where in the file everything stands."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from opc import GenerationError

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")


class Spec:
    """One ``openapi/<backend>.yaml``.

    Attributes:
        backend: The file's stem; names the generated package.
        document: The YAML document; its mappings know their line numbers.
    """

    def __init__(self, path: Path) -> None:
        """Read the file."""
        self.path = path
        self.backend = path.stem
        self.document: dict[str, Any] = YAML().load(path)

    def refuse(self, node: Any, problem: str, key: Any = None) -> GenerationError:
        """The error for `node` (or its `key`), with its place in the file."""
        place = getattr(node, "lc", None)
        line = 1 if place is None else place.line + 1
        if place is not None and key is not None and key in (place.data or {}):
            line = place.data[key][0] + 1
        return GenerationError(f"{self.path.name}:{line}: {problem}")

    @cached_property
    def operations(self) -> Mapping[str, dict[str, Any]]:
        """Every operation by its ``operationId``, with its method and path among its keys."""
        return {op["operationId"]: op for op in self._operations()}

    def _operations(self) -> Iterator[dict[str, Any]]:
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield item[method] | {"method": method, "path": path, "at": item[method]}

    def resolve(self, node: Any) -> Any:
        """`node`, or what its ``$ref`` points to."""
        while isinstance(node, Mapping) and "$ref" in node:
            node = self.at(node["$ref"])
        return node

    def at(self, reference: str) -> Any:
        """What ``#/components/…`` points to.

        Raises:
            GenerationError: Nothing is there.
        """
        node: Any = self.document
        for step in reference.removeprefix("#/").split("/"):
            if not isinstance(node, Mapping) or step not in node:
                raise GenerationError(f"{self.path.name}: {reference} does not exist")
            node = node[step]
        return node

    @cached_property
    def auth(self) -> tuple[str, str]:
        """Header and prefix of the first security scheme."""
        schemes = self.document.get("components", {}).get("securitySchemes", {})
        for scheme in schemes.values():
            if scheme["type"] == "apiKey" and scheme["in"] == "header":
                return scheme["name"], ""
            if scheme["type"] == "http" and scheme["scheme"].lower() == "bearer":
                return "Authorization", "Bearer"
        raise self.refuse(
            self.document, "no security scheme is an API key header or a bearer token"
        )

    @cached_property
    def client(self) -> Mapping[str, str]:
        """``x-client``: the client's name, and where its settings come from."""
        block = self.document.get("x-client", {})
        for key in ("name", "environment", "file"):
            if key not in block:
                raise self.refuse(block or self.document, f"x-client needs the key '{key}'")
        return block

    @cached_property
    def idempotent(self) -> Mapping[str, bool]:
        """Whether each operation may be sent twice (RFC 9110, 9.2.2; ``x-idempotency`` adds)."""
        return {
            name: op["method"] not in {"post", "patch"} or op.get("x-idempotency") == "always"
            for name, op in self.operations.items()
        }

    def check_discriminators(self) -> None:
        """Insist that every variant of a discriminated union pins its property with ``const``.

        openapi-python-client ignores discriminators, so the variants have to tell themselves apart.

        Raises:
            GenerationError: One does not.
        """
        for node in _nodes(self.document):
            if "discriminator" not in node:
                continue
            name = node["discriminator"]["propertyName"]
            for variant in (*node.get("oneOf", ()), *node.get("anyOf", ())):
                properties = self.resolve(variant).get("properties", {})
                if "const" not in self.resolve(properties.get(name, {})):
                    raise self.refuse(
                        self.resolve(variant),
                        f"a variant of a discriminated union needs '{name}: {{const: …}}'",
                    )

    def body(self, operation: Mapping[str, Any]) -> str | None:
        """Name of the schema of a JSON or multipart request body."""
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        media = content.get("application/json") or content.get("multipart/form-data") or {}
        return _name(media.get("schema"))

    def answer(self, operation: Mapping[str, Any]) -> str | None:
        """Name of the schema of the first JSON success."""
        for status, response in operation["responses"].items():
            if str(status).startswith("2"):
                content = self.resolve(response).get("content", {})
                return _name(content.get("application/json", {}).get("schema"))
        return None


def _nodes(node: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from _nodes(child)


def _name(schema: Any) -> str | None:
    return schema["$ref"].rpartition("/")[2] if schema and "$ref" in schema else None
