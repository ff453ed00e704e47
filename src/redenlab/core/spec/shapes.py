"""The shape of an OpenAPI document: which keys hold mappings, lists, texts and numbers.

Everything that is read of a document is checked here first, so that what reads it later need not
ask: a wrong shape is a `SpecError` with its line. References are followed, and listed; what no
selected operation leads to is not looked at.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from redenlab.core.errors import SpecError

# {x}: a mapping of x.  [x]: a list of x.  x|y: one or the other.  A key with ! has to be there.
METHODS: Final[Mapping[str, str]] = {
    key: key.removeprefix("x-")
    for key in ("get", "put", "post", "delete", "patch", "head", "options", "trace", "x-query")
}
"""The keys of a path that are operations, and their methods; OpenAPI has ``query`` from 3.2 on."""

SHAPES: Final[Mapping[str, Mapping[str, str]]] = {
    "document": {
        "openapi!": "text",
        "info": "{any}",
        "servers": "[server]",
        "security": "[{list}]",
        "paths!": "{any}",
        "webhooks": "{webhook}",
        "components": "components",
        "tags": "list",
        "externalDocs": "any",
        "jsonSchemaDialect": "text",
        "x-client": "{any}",
        "x-ways": "{any}",
    },
    "server": {"url!": "text", "description": "text", "variables": "{any}"},
    "components": {
        "schemas": "{any}",
        "responses": "{any}",
        "parameters": "{any}",
        "examples": "{any}",
        "requestBodies": "{any}",
        "headers": "{any}",
        "securitySchemes": "{scheme}",
        "links": "{any}",
        "callbacks": "{any}",
        "pathItems": "{any}",
    },
    "scheme": {
        "type!": "text",
        "description": "text",
        "name": "text",
        "in": "text",
        "scheme": "text",
        "bearerFormat": "text",
        "flows": "flows",
        "openIdConnectUrl": "text",
        "x-prefix": "text",
    },
    "flows": {
        "implicit": "flow",
        "password": "flow",
        "clientCredentials": "flow",
        "authorizationCode": "flow",
    },
    "flow": {
        "authorizationUrl": "text",
        "tokenUrl": "text",
        "refreshUrl": "text",
        "scopes": "{any}",
    },
    "path": {
        "summary": "text",
        "description": "text",
        "servers": "[server]",
        "parameters": "[parameter]",
        **dict.fromkeys(METHODS, "any"),
    },
    "webhook": {"summary": "text", "description": "text", "post": "delivery"},
    "delivery": {"requestBody": "body", "x-signature": "any", "x-secret": "{any}"},
    "operation": {
        "tags": "[text]",
        "summary": "text",
        "description": "text",
        "externalDocs": "any",
        "operationId": "text",
        "parameters": "[parameter]",
        "requestBody": "body",
        "responses": "{response}",
        "callbacks": "any",
        "deprecated": "flag",
        "security": "[{list}]",
        "servers": "[server]",
        "x-job": "{any}",
        "x-page": "{any}",
        "x-idempotency": "text",
        "x-value": "text",
        "x-joined": "flag",
        "x-stream": "{any}",
        "x-ways": "{any}",
    },
    "parameter": {
        "name!": "text",
        "in!": "text",
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "allowEmptyValue": "flag",
        "style": "text",
        "explode": "flag",
        "allowReserved": "flag",
        "schema": "schema",
        "example": "any",
        "examples": "any",
        "content": "{media}",
    },
    "body": {
        "description": "text",
        "content!": "{media}",
        "required": "flag",
        "x-body-name": "text",
    },
    "response": {
        "description": "text",
        "headers": "{header}",
        "content": "{media}",
        "links": "{any}",
    },
    "header": {
        "description": "text",
        "required": "flag",
        "deprecated": "flag",
        "style": "text",
        "explode": "flag",
        "schema": "schema",
        "example": "any",
        "examples": "any",
        "content": "{media}",
    },
    "media": {"schema": "schema", "example": "any", "examples": "any", "encoding": "{encoding}"},
    "encoding": {
        "contentType": "text",
        "headers": "{header}",
        "style": "text",
        "explode": "flag",
        "allowReserved": "flag",
    },
    "schema": {
        "$defs": "{schema}",
        "type": "text|[text]",
        "format": "text",
        "title": "text",
        "description": "text",
        "default": "any",
        "example": "any",
        "examples": "any",
        "nullable": "flag",
        "deprecated": "flag",
        "readOnly": "flag",
        "writeOnly": "flag",
        "enum": "list",
        "const": "any",
        "required": "[text]",
        "properties": "{schema}",
        "patternProperties": "{schema}",
        "propertyNames": "schema",
        "additionalProperties": "flag|schema",
        "unevaluatedProperties": "flag|schema",
        "items": "schema",
        "prefixItems": "[schema]",
        "contains": "schema",
        "allOf": "[schema]",
        "oneOf": "[schema]",
        "anyOf": "[schema]",
        "not": "schema",
        "discriminator": "discriminator",
        "externalDocs": "any",
        "xml": "any",
        "pattern": "pattern",
        "minimum": "number",
        "maximum": "number",
        "exclusiveMinimum": "number|flag",
        "exclusiveMaximum": "number|flag",
        "multipleOf": "number",
        "minLength": "count",
        "maxLength": "count",
        "minItems": "count",
        "maxItems": "count",
        "minProperties": "count",
        "maxProperties": "count",
        "minContains": "count",
        "maxContains": "count",
        "uniqueItems": "flag",
        "contentEncoding": "text",
        "contentMediaType": "text",
        "x-job-states": "{list}",
        "x-states": "reference",
        "x-spellings": "[text]",
    },
    "discriminator": {"propertyName!": "text", "mapping": "{text}"},
}

CLOSE: Final = 0.75
"""How alike two keys are of which one is taken for a misspelling of the other (`difflib`)."""

SURELY: Final = 0.85
"""The same for names that are not those of a standard, and may be alike on purpose."""


class Shapes:
    """Checks parts of one document, and remembers what they refer to.

    Attributes:
        references: Every reference below what was checked, with the shape of what it refers to.
        schemas: Every schema that was checked, each after what it stands in.
    """

    def __init__(
        self,
        at: Callable[[str, Any], Any],
        resolve: Callable[[Any], Any],
        error: Callable[[Any, str, str | None], SpecError],
    ) -> None:
        """Check a document.

        Args:
            at: Finds the target of a reference, for the node that has it.
            resolve: Follows the ``$ref`` of a node to its end; refuses one that has none.
            error: Makes the error for a node or one of its keys.
        """
        self.references: dict[str, str] = {}
        self.schemas: list[dict[str, Any]] = []
        self._at = at
        self._resolve = resolve
        self._error = error

    def check(self, node: Any, shape: str, owner: Any = None, key: str | None = None) -> None:
        """Check `node`, the value of `key` of `owner`, and everything that it refers to.

        Raises:
            SpecError: Something has another shape, or a reference leads nowhere.
        """
        waiting = list(self._walked(node, shape, owner, key))
        while waiting:
            reference, expected, user = waiting.pop()
            if reference not in self.references:
                self.references[reference] = expected
                self._resolve(user)
                waiting += self._walked(self._at(reference, user), expected, user, "$ref")

    def _walked(
        self, node: Any, shape: str, owner: Any, key: str | None
    ) -> Iterator[tuple[str, str, Any]]:
        """Check what stands in one place; yields its references, which stand in others."""
        shape = _chosen(node, shape)
        if shape == "reference":
            yield str(node), "schema", owner
        elif shape in _SIMPLE:
            fits, expected = _SIMPLE[shape]
            if not fits(node):
                raise self._error(owner, f"{key} is {_shown(node)}; write {expected}", key)
        elif shape[0] == "[":
            if not isinstance(node, list):
                raise self._error(owner, f"{key} is {_shown(node)}; write a list", key)
            for item in cast("Iterable[Any]", node):
                yield from self._walked(item, shape[1:-1], owner, key)
        elif not isinstance(node, Mapping):
            raise self._error(owner, f"{key} is {_shown(node)}; write a mapping", key)
        elif shape[0] == "{":
            for name, item in cast("Mapping[str, Any]", node).items():
                yield from self._walked(item, shape[1:-1], node, name)
        else:
            yield from self._fields(cast("Mapping[str, Any]", node), shape, key)

    def _fields(
        self, node: Mapping[str, Any], shape: str, key: str | None
    ) -> Iterator[tuple[str, str, Any]]:
        if isinstance(node.get("$ref"), str):
            yield node["$ref"], shape, node
            if shape != "schema":
                return
        known = _KEYS[shape]
        for name, value in node.items():
            if name in known:
                yield from self._walked(value, known[name], node, name)
            elif name != "$ref" and (other := meant(name, known)) is not None:
                text = f"{key or 'the document'} has no key '{name}'; did you mean '{other}'?"
                raise self._error(node, text, name)
        for name in _NEEDED[shape]:
            if name not in node:
                raise self._error(node, f"{key or 'the document'} needs the key '{name}'", None)
        if shape == "schema":
            self._check_required(node)
            self.schemas.append(cast("dict[str, Any]", node))

    def _check_required(self, node: Mapping[str, Any]) -> None:
        """Refuse a required property that is misspelt; others may stand in an ``allOf``."""
        known = node.get("properties", {})
        for name in node.get("required", ()):
            if name not in known and (other := meant(name, known, SURELY)) is not None:
                text = f"there is no property '{name}'; did you mean '{other}'?"
                raise self._error(node, text, "required")


_NEEDED: Final[Mapping[str, list[str]]] = {
    shape: [key[:-1] for key in fields if key[-1] == "!"] for shape, fields in SHAPES.items()
}
_KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    shape: {key.rstrip("!"): kind for key, kind in fields.items()}
    for shape, fields in SHAPES.items()
}


def meant(name: str, known: Iterable[str], alike: float = CLOSE) -> str | None:
    """The known key that `name` is a misspelling of; other keys are none of our business."""
    from difflib import get_close_matches  # noqa: PLC0415 - for what is not known alone

    ours = name.startswith("x-")  # other extensions are not misspelt keys of OpenAPI
    possible = [key for key in known if key.startswith("x-") is ours]
    return next(iter(get_close_matches(name, possible, 1, alike)), None)


def _chosen(node: Any, shape: str) -> str:
    """Of two shapes, the one that `node` may have."""
    first, _, second = shape.partition("|")
    if second:
        fits = isinstance(node, list) if first[0] == "[" else _SIMPLE[first][0](node)
        return first if fits else second
    return shape


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_pattern(value: Any) -> bool:
    """Whether Python reads it; the two dialects differ in little that specs use."""
    try:
        re.compile(value)
    except (re.error, TypeError):
        return False
    return True


_SIMPLE: Final[Mapping[str, tuple[Callable[[Any], bool], str]]] = {
    "any": (lambda _: True, "anything"),
    "text": (lambda value: isinstance(value, str), "a text"),
    "flag": (lambda value: isinstance(value, bool), "true or false"),
    "number": (_is_number, "a number"),
    "count": (lambda value: _is_number(value) and value == int(value) >= 0, "a number from 0 on"),
    "list": (lambda value: isinstance(value, list), "a list"),
    "pattern": (_is_pattern, "a regular expression"),
}


def _shown(value: Any) -> str:
    if isinstance(value, Mapping | list):
        return "a mapping" if isinstance(value, Mapping) else "a list"
    return f"'{value}'" if isinstance(value, str) else {None: "empty"}.get(value, str(value))
