"""The messages of a WebSocket: from an AsyncAPI document to typed records and tables.

The document stands beside the OpenAPI document of its backend, ``<backend>-realtime.yaml``, and
has one channel. Its schemas are few and plain, so they are read here, by the table `PLAIN`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from openapi_python_client import strings

from redenlab.core.errors import SpecError
from redenlab.core.spec import located, overlays

Node = Mapping[str, Any]

PLAIN = {
    "string": ("str", "decoding.string"),
    "integer": ("int", "decoding.integer"),
    "number": ("float", "decoding.number"),
    "boolean": ("bool", "decoding.boolean"),
    "object": ("dict[str, Any]", "decoding.mapping"),
    "null": ("None", "decoding.null"),
}
"""Types of JSON Schema, each with its type in Python and its decoder."""


class Field(NamedTuple):
    """A property of a message.

    Attributes:
        wire: Its key.
        name: Of the attribute.
        type: In Python, with ``None`` for what may be absent.
        options: Of the field of the record, as source.
    """

    wire: str
    name: str
    type: str
    options: str
    description: str


class Record(NamedTuple):
    """A schema as a class."""

    name: str
    description: str
    fields: list[Field]


class Messages:
    """An AsyncAPI document.

    Attributes:
        document: As it was read.
        channel: Its only channel.
    """

    def __init__(self, path: Path) -> None:
        """Read a document.

        Raises:
            SpecError: It has another shape than this module reads.
        """
        self._path = path
        self.document: Node = located.read(path.read_bytes(), path.name)
        if not str(self.document.get("asyncapi", "")).startswith("3."):
            raise self._error(self.document, "the document is no AsyncAPI 3")
        (self.channel,) = self.document["channels"].values()

    @property
    def address(self) -> str:
        """The path of the socket."""
        return str(self.channel["address"])

    @property
    def _schemas(self) -> Node:
        found: Node = self.document["components"]["schemas"]
        return found

    @property
    def records(self) -> list[Record]:
        """Every schema; those that others refer to come first."""
        schemas = self._schemas
        found = {name: self._record(name, schemas) for name in schemas}
        order = sorted(found, key=lambda name: self._depth(schemas[name], schemas))
        return [found[name] for name in order]

    @property
    def changes(self) -> set[str]:
        """The classes of the messages of a client that have more than their type."""
        payloads = (self._message(name).get("payload") for name in self._named("send"))
        names = (_last(payload["$ref"]) for payload in payloads if payload is not None)
        return {name for name in names if len(self._schemas[name]["properties"]) > 1}

    @property
    def received(self) -> Mapping[str, str]:
        """The types of the messages of a server, each with its class."""
        return {
            name: _last(self._message(name)["payload"]["$ref"]) for name in self._named("receive")
        }

    @property
    def seconds(self) -> list[str]:
        """The keys whose values are times in the audio."""
        schemas = self._schemas.values()
        properties = (pair for schema in schemas for pair in schema["properties"].items())
        return sorted({name for name, node in properties if node.get("x-seconds")})

    @property
    def parameters(self) -> list[tuple[Field, Mapping[str, Any]]]:
        """The query of the handshake: each parameter, and what its values have to be."""
        query: Node = self.channel["bindings"]["ws"]["query"]
        kept = ("default", "enum", "minimum", "maximum", "maxItems", "x-separator")
        found: list[tuple[Field, Mapping[str, Any]]] = []
        for name, node in query["properties"].items():
            says = {key: _plain(node[key]) for key in kept if key in node}
            if "maxLength" in node.get("items", {}):
                says["maxLength"] = node["items"]["maxLength"]
            found.append((self._field(query["properties"], name, required=True), says))
        return found

    def statuses(self, key: str) -> Mapping[Any, int | None]:
        """A table of codes with the HTTP statuses that they stand for."""
        table: Mapping[str, Node] = self.channel[key]
        numbers = {code: int(code) if code.isdecimal() else code for code in table}
        return {numbers[code]: node.get("status") for code, node in table.items()}

    # -- schemas

    def _record(self, name: str, schemas: Node) -> Record:
        node = schemas[name]
        required = node.get("required", ())
        fields = [
            self._field(node["properties"], each, required=each in required)
            for each in node["properties"]
        ]
        return Record(name, self._description(schemas, name), fields)

    def _field(self, properties: Node, wire: str, *, required: bool) -> Field:
        node = properties[wire]
        types, decoder = self._type(node)
        options: list[str] = [decoder]
        name = strings.snake_case(wire)
        if name != wire:
            options.append(f"name={wire!r}")
        if "const" in node:
            options += [f"default={node['const']!r}", "required=True"]
        elif not required:
            options.append("default=None")
            types = types if types == "Any" or "None" in types else f"{types} | None"
        if "x-spellings" in node:
            options.append(f"spellings={tuple(map(str, node['x-spellings']))!r}")
        description = "" if "$ref" in node else self._description(properties, wire)
        return Field(wire, name, types, ", ".join(options), description)

    def _type(self, node: Node) -> tuple[str, str]:
        """The type of a schema in Python, and its decoder."""
        if "$ref" in node:
            name = _last(node["$ref"])
            return name, f"record(lambda: {name})"
        if "const" in node:
            return f"Literal[{node['const']!r}]", f"decoding.constant({node['const']!r})"
        kind = node.get("type")
        if kind is None:
            return "Any", "decoding.anything"
        if kind == "array":
            item = node["items"]
            if "$ref" in item:
                name = _last(item["$ref"])
                return f"Records[{name}]", f"records(lambda: {name})"
            inner, decoder = self._type(item)
            return f"list[{inner}]", f"decoding.array({decoder})"
        kinds = kind if isinstance(kind, list) else [kind]
        if unknown := set(kinds) - PLAIN.keys():
            raise self._error(node, f"the type {min(unknown)!r} is not read here", "type")
        types, decoders = zip(*(PLAIN[each] for each in kinds), strict=True)
        joined = f"decoding.union({', '.join(decoders)})" if len(decoders) > 1 else decoders[0]
        return " | ".join(types), joined

    def _description(self, owner: Node, name: str) -> str:
        text = str(owner[name].get("description", ""))
        if not text:
            raise self._error(owner, f"'{name}' has no description", name)
        return text

    def _depth(self, node: Node, schemas: Node) -> int:
        """How many schemas lead from this one to the last that it refers to."""
        below = {_last(reference) for reference in _references(node)}
        return 1 + max((self._depth(schemas[name], schemas) for name in below), default=0)

    # -- messages

    def _named(self, action: str) -> list[str]:
        """The messages of the operations of one direction."""
        operations = self.document["operations"].values()
        found = [each for each in operations if each["action"] == action]
        return [_last(message["$ref"]) for each in found for message in each["messages"]]

    def _message(self, name: str) -> Node:
        messages: Node = self.document["components"]["messages"]
        if name not in messages or name not in self.channel["messages"]:
            raise self._error(self.channel, f"there is no message '{name}'", "messages")
        return messages[name]

    def _error(self, node: Node, problem: str, key: str | None = None) -> SpecError:
        if isinstance(node, located.LocatedMapping):
            return overlays.at(node, problem, key)
        return SpecError(f"{self._path.name}:1: {problem}")


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from ([node["$ref"]] if "$ref" in node else [])
        for inner in node.values():
            yield from _references(inner)


def _last(reference: str) -> str:
    return reference.rpartition("/")[2]


def _plain(value: Any) -> Any:
    return tuple(map(str, value)) if isinstance(value, list) else value
