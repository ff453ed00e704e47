"""What an OpenAPI document says of its operations, its security and its schemas.

The generator and `redenlab.connect` read specs through this module.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from redenlab.core.spec.checked import CheckedDocument, Node, documents, messages_of
from redenlab.core.spec.profile import Key
from redenlab.core.spec.shapes import meant

__all__ = ["Node", "Spec", "documents", "messages_of"]


class Spec(CheckedDocument):
    """One ``openapi/<backend>.yaml``, or a published document with its overlay."""

    @cached_property
    def auth(self) -> Key:
        """How the first security scheme that is an API key or a bearer token is sent."""
        for scheme in self._components("securitySchemes").values():
            kind, place, name = scheme["type"], scheme.get("in"), scheme.get("name")
            if kind == "apiKey" and place in {"header", "query"} and name:
                prefix, in_query = scheme.get("x-prefix", ""), place == "query"
                return Key(name, prefix, in_query=in_query, optional=self._runs_without_key)
            if kind == "http" and scheme.get("scheme", "").lower() == "bearer":
                return Key("Authorization", "Bearer", optional=self._runs_without_key)
        raise self.error(
            self.document,
            "no security scheme is an API key in a header or query, or a bearer token",
        )

    @property
    def _runs_without_key(self) -> bool:
        """Whether an operation admits no credential beside others (OpenAPI 3.1, 4.8.30)."""
        usual = self.document.get("security", [])
        found = [operation.get("security", usual) for operation in self.operations.values()]
        return any({} in each for each in found)

    @property
    def oauth(self) -> Node:
        """The flows of the first OAuth 2.0 scheme; empty if there is none."""
        schemes = self._components("securitySchemes").values()
        found = [scheme.get("flows", {}) for scheme in schemes if scheme["type"] == "oauth2"]
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

    def text_type(self, operation: Node) -> str | None:
        """The type of a request body that is a text; ``None`` for other bodies."""
        types = self.media_types(operation)
        return types[0] if len(types) == 1 and types[0].startswith("text/") else None

    def json_parts(self, operation: Node) -> list[str]:
        """The parts of a form that its ``encoding`` calls JSON (OpenAPI 3.1, section 4.8.15)."""
        content = self.resolve(operation.get("requestBody", {})).get("content", {})
        encoding: Any = content.get("multipart/form-data", {}).get("encoding", {})
        return [name for name, how in encoding.items() if "json" in how.get("contentType", "")]

    def response_schema(self, operation: Node) -> str | None:
        """Name of the schema of the first documented JSON success."""
        return _name(self.response_node(operation))

    def response_node(self, operation: Node) -> Any:
        """The schema of the first documented JSON success; ``None`` where there is none."""
        return next(iter(self.response_nodes(operation)), None)

    def response_nodes(self, operation: Node) -> list[Any]:
        """The schemas of the documented JSON successes."""
        found: list[Any] = []
        for status, response in operation.get("responses", {}).items():
            if str(status).startswith("2"):
                content = self.resolve(response).get("content", {})
                found += [m["schema"] for kind, m in content.items() if _is_json(kind, m)]
        return found

    def properties(self, schema: Any) -> dict[str, Any]:
        """The properties of a schema or a component schema, by name; empty for ``None``."""
        node: Any = self.schemas.get(schema, {}) if isinstance(schema, str) else schema or {}
        parts = list(self.parts(node))
        return {name: each for part in parts for name, each in part.get("properties", {}).items()}

    def required(self, schema: Any) -> list[str]:
        """The properties of a schema that an object has to have."""
        return [name for part in self.parts(schema) for name in part.get("required", ())]

    def parts(self, schema: Any, seen: tuple[int, ...] = ()) -> Iterator[Node]:
        """A schema, and those that it joins by ``allOf``."""
        node = cast("Node", self.resolve(schema))
        if id(node) not in seen:
            yield node
            for entry in node.get("allOf", ()):
                yield from self.parts(entry, (*seen, id(node)))

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
            for each in properties.values():
                if step in each.get("x-spellings", ()):
                    return each, None
            known += properties
            for key in ("items", "additionalProperties"):
                if isinstance(variant.get(key), Mapping) and (
                    step == "*" or key != "items" or step.isdecimal()
                ):
                    return variant[key], None
        simple = mapping.get("type") in {"string", "number", "integer", "boolean"}
        free = mapping.get("additionalProperties") is True
        misspelt = meant(step, known) is not None
        return {}, known if (known or simple) and (misspelt or not free) else None

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

    def _variants(self, node: Node, seen: tuple[int, ...] = ()) -> Iterator[Node]:
        for key in ("allOf", "oneOf", "anyOf"):
            for entry in node.get(key, ()):
                variant = self.resolve(entry)
                if id(variant) not in seen:  # it may join itself
                    yield variant
                    yield from self._variants(variant, (*seen, id(variant)))


def _is_json(media_type: str, media: Any) -> bool:
    return "json" in media_type and bool(media) and "schema" in media


def _name(schema: Any) -> str | None:
    if isinstance(schema, Mapping) and "$ref" in schema:
        return str(cast("Node", schema)["$ref"]).rpartition("/")[2]
    return None
