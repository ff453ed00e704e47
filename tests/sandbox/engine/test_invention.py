"""Whatever a schema asks for is invented, as OpenAPI 3.0 or 3.1 says it, the same every time."""

from collections.abc import Mapping
from typing import Any

import pytest

from redenlab.core.spec.schemas import problems
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor, Path, Schema, bounds, kind, plain

SCHEMAS: dict[str, Any] = {
    "Word": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}},
    "Tree": {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "branches": {"type": "array", "items": {"$ref": "#/Tree"}},
        },
    },
    "Endless": {
        "type": "object",
        "required": ["next"],
        "properties": {"next": {"$ref": "#/Endless"}},
    },
}


def resolve(node: Any) -> Any:
    while isinstance(node, Mapping) and "$ref" in node:
        node = SCHEMAS[node["$ref"].removeprefix("#/")]
    return node


FITTING: dict[str, Any] = {
    "a reference": {"$ref": "#/Word"},
    "a schema that contains itself": {"$ref": "#/Tree"},
    "all of several": {
        "allOf": [
            {"$ref": "#/Word"},
            {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}},
        ]
    },
    "one of several": {"oneOf": [{"type": "null"}, {"$ref": "#/Word"}]},
    "any of several, beside properties": {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    },
    "null as in 3.0": {"type": "string", "nullable": True},
    "null as in 3.1": {"type": ["null", "string"]},
    "nothing but null": {"type": "null"},
    "an enumeration": {"enum": ["a", "b"]},
    "an enumeration with null": {"enum": [None, "b"]},
    "a constant": {"const": 3},
    "a pattern": {"type": "string", "pattern": r"^r8_[A-Za-z0-9]{4,8}(-\d+)?$"},
    "a pattern with an example": {"type": "string", "pattern": "^SP_[0-9]+$", "example": "SP_1"},
    "a length": {"type": "string", "minLength": 30, "maxLength": 31},
    "bounds": {"type": "integer", "minimum": 3, "maximum": 3},
    "exclusive bounds as in 3.0": {
        "type": "integer",
        "minimum": 1,
        "exclusiveMinimum": True,
        "maximum": 2,
    },
    "exclusive bounds as in 3.1": {"type": "integer", "exclusiveMinimum": 1, "exclusiveMaximum": 3},
    "a multiple": {"type": "number", "multipleOf": 0.5, "minimum": 0.1, "maximum": 0.6},
    "many items": {"type": "array", "items": {"type": "integer"}, "minItems": 6},
    "few items": {"type": "array", "items": {"type": "integer"}, "maxItems": 0},
    "different items": {
        "type": "array",
        "items": {"type": "integer", "minimum": 0, "maximum": 3},
        "minItems": 4,
        "uniqueItems": True,
    },
    "different words": {
        "type": "array",
        "items": {"enum": ["a", "b", "c"]},
        "minItems": 3,
        "uniqueItems": True,
    },
    "a tuple": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]},
    "a map": {"type": "object", "additionalProperties": {"type": "integer"}},
    "a map of some size": {"type": "object", "minProperties": 2, "additionalProperties": True},
    "a type that follows": {"properties": {"a": {"minimum": 1}}, "required": ["a", "b"]},
    "anything": {},
}


@pytest.mark.parametrize("complete", [True, False])
@pytest.mark.parametrize("name", FITTING)
def test_a_value_fits_its_schema(name: str, complete: bool) -> None:
    schema = FITTING[name]
    for seed in range(20):
        made = Inventor(resolve, str(seed)).value(schema, complete=complete)
        assert list(problems(made, schema, lambda text: resolve({"$ref": text}))) == []


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("date-time", r"2026-01-\d\dT\d\d:00:00\+00:00"),
        ("date", r"2026-01-\d\d"),
        ("uuid", r"[0-9a-f-]{36}"),
        ("uri", r"https://sandbox\.invalid/.+"),
        ("email", r".+@sandbox\.invalid"),
        ("unheard-of", r"sandbox-.+"),
    ],
)
def test_a_text_has_its_format(form: str, expected: str) -> None:
    import re

    made = Inventor(resolve, "1").value({"type": "string", "format": form})
    assert re.fullmatch(expected, made)


def test_optional_properties_are_there_if_wanted() -> None:
    inventor = Inventor(resolve, "1")
    assert inventor.value({"$ref": "#/Tree"}, complete=False).keys() == {"name"}
    assert inventor.value({"$ref": "#/Tree"}).keys() == {"name", "branches"}


def test_a_new_property_changes_no_other_value() -> None:
    bigger = {
        **SCHEMAS["Word"],
        "properties": {"new": {"type": "string"}, "text": {"type": "string"}},
    }
    inventor = Inventor(resolve, "1")
    assert inventor.value(bigger)["text"] == inventor.value(SCHEMAS["Word"])["text"]


def test_what_is_known_is_not_invented() -> None:
    def known(path: Path, _: Schema) -> Any:
        return "known" if path == ("text",) else UNKNOWN

    assert Inventor(resolve, "1", known).value({"$ref": "#/Word"}) == {"text": "known"}


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"$ref": "#/Endless"}, "requires itself"),
        (
            {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"enum": [1]}},
            "different",
        ),
        ({"type": "string", "pattern": "(?<=x)^$"}, "no text was found"),
        ({"type": "string", "pattern": "("}, "cannot be read"),
    ],
)
def test_what_has_no_value_is_named(schema: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        Inventor(resolve, "1").value(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": ["null", "integer"]}, "integer"),
        ({"items": {}}, "array"),
        ({"required": ["a"]}, "object"),
        ({"minimum": 1}, "number"),
        ({"enum": [None]}, "null"),
        ({}, None),
    ],
)
def test_the_type_of_a_schema(schema: Any, expected: str | None) -> None:
    assert kind(schema) == expected


def test_a_plain_schema_has_what_its_parts_have() -> None:
    one = {
        "required": ["a"],
        "properties": {"a": {}},
        "allOf": [{"required": ["b"], "type": "object"}],
    }
    assert plain(one, resolve) == {
        "required": ["a", "b"],
        "properties": {"a": {}},
        "type": "object",
    }
    assert bounds({"exclusiveMinimum": 2, "minimum": 1, "maximum": 5}) == (2, 5)
