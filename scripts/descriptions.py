"""What a spec has to say in words of its schemas, their properties and its parameters.

These descriptions are the documentation of all that is generated. So each of them is there, and
says what name and type do not: unit, range, format, what it means that a value is absent.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Node, Spec
from schema_nodes import schemas_within

ADVICE = "say what its type cannot: unit, range, format, what its absence means"

FILLER = re.compile(
    r"as (sent|returned|given|documented) by the (service|server|api)"
    r"|as the (service|server|api) (documents|sends|returns) it"
    r"|description|to ?do|tbd|n/?a",
    re.IGNORECASE,
)
"""Texts that say nothing of anything."""

SMALL_WORDS = frozenset(
    {"a", "an", "the", "this", "that", "its", "and", "or", "is", "are"}
    | {"of", "for", "in", "on", "by", "to"}
)
"""Words that add nothing to a name."""


class Described(NamedTuple):
    """Something that needs a description.

    Attributes:
        kind: What it is, for readers.
        name: What it is called.
        owner: The schema or operation that it belongs to; empty for a component.
        node: Where its description stands.
        key: A mapping that has it under its name, for the line; ``None`` for that of `node`.
    """

    kind: str
    name: str
    owner: str
    node: Node
    key: Node | None = None

    @property
    def problem(self) -> str | None:
        """What is wrong with its description; ``None`` for nothing."""
        text = str(self.node.get("description", "")).strip()
        if not text:  # what is referred to has a description of its own
            return None if "$ref" in self.node else "has no description"
        if is_filler(text, f"{self.name} {self.owner}"):
            return f"is described by {text!r}, which says nothing"
        return None

    def error(self, spec: Spec) -> SpecError:
        """The problem with its line."""
        of = f" of {self.owner}" if self.owner else ""
        text = f"the {self.kind} '{self.name}'{of} {self.problem}; {ADVICE}"
        return (
            spec.error(self.node, text)
            if self.key is None
            else spec.error(self.key, text, self.name)
        )


def undescribed(spec: Spec) -> Iterator[SpecError]:
    """What is read of a spec and is not described, once each."""
    seen: set[int] = set()  # an alias and a shared parameter stand in several places
    for each in _described(spec):
        if id(each.node) not in seen and each.problem is not None:
            yield each.error(spec)
        seen.add(id(each.node))


def is_filler(text: str, names: str) -> bool:
    """Whether `text` says nothing beyond `names`."""
    return bool(FILLER.fullmatch(text.rstrip(". "))) or _words(text) <= _words(names)


def _words(text: str) -> set[str]:
    """The words of a text or of names, in the singular."""
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text).lower()
    words = set(re.findall(r"[^\W_]+", split)) - SMALL_WORDS
    return {word.removesuffix("s") for word in words}


def _described(spec: Spec) -> Iterator[Described]:
    for name in spec.read_schemas:
        yield Described("schema", name, "", spec.schemas[name], spec.schemas)
        yield from _properties(spec.schemas[name], name)
    for name, operation in spec.operations.items():
        for parameter in map(spec.resolve, operation["parameters"]):
            yield Described("parameter", parameter["name"], name, parameter)
        bodies = [operation.get("requestBody", {}), *operation.get("responses", {}).values()]
        for body in map(spec.resolve, bodies):
            for media in body.get("content", {}).values():
                yield from _properties((media or {}).get("schema"), name)


def _properties(schema: object, owner: str) -> Iterator[Described]:
    """The properties of a schema, and of all that stand in it."""
    for node in schemas_within(schema):
        properties = node.get("properties", {})
        for name, each in properties.items():
            if isinstance(each, dict):
                yield Described("property", name, owner, each, properties)
