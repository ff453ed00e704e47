"""What is wrong with a value, and where."""

from typing import Any

import pytest

from redenlab.sandbox.engine.schemas import problems

OBJECT: dict[str, Any] = {
    "type": "object",
    "required": ["a"],
    "additionalProperties": False,
    "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}},
}


def resolve(node: Any) -> Any:
    return node


@pytest.mark.parametrize(
    ("value", "schema", "expected"),
    [
        ({"a": 1, "b": ["x"]}, OBJECT, None),
        ({}, OBJECT, "/a: it is missing"),
        ({"a": "1"}, OBJECT, "/a: a value of the type integer is needed"),
        ({"a": 1, "b": ["x", 2]}, OBJECT, "/b/1: a value of the type string is needed"),
        ({"a": 1, "c": 2}, OBJECT, "/c: it is not documented"),
        (1, True, None),
        (2.0, {"type": "integer"}, None),
        (True, {"type": "integer"}, "/: a value of the type integer is needed"),
        (None, {"type": "string", "nullable": True}, None),
        (None, {"type": ["string", "null"]}, None),
        (None, {"type": "string"}, "/: a value of the type string is needed"),
        ("c", {"enum": ["a", "b"]}, "/: it has to be one of a, b"),
        (1, {"const": 2}, "/: it has to be 2"),
        ("x", {"minLength": 2}, "/: its length is wrong"),
        ("x", {"pattern": "^y"}, "/: it has to match ^y"),
        (1, {"minimum": 2}, "/: it is too small"),
        (2, {"exclusiveMinimum": 2}, "/: it is too small"),
        (2, {"minimum": 2, "exclusiveMinimum": True}, "/: it is too small"),
        (3, {"maximum": 3, "exclusiveMaximum": True}, "/: it is too large"),
        ([1], {"minItems": 2}, "/: the number of its items is wrong"),
        ([1, 1], {"uniqueItems": True}, "/: its items have to differ"),
        ([1, "x"], {"prefixItems": [{"type": "string"}]}, "/0: a value of the type string"),
        (1, {"allOf": [{"type": "integer"}, {"minimum": 2}]}, "/: it is too small"),
        (1, {"oneOf": [{"type": "string"}, {"type": "null"}]}, "/: a value of the type string"),
        (1, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, None),
        ({"k": "x"}, {"additionalProperties": {"type": "integer"}}, "/k: a value of the type"),
    ],
)
def test_a_problem_is_named_with_its_place(value: Any, schema: Any, expected: str | None) -> None:
    found = next(problems(value, schema, resolve), None)
    assert (found is None) if expected is None else str(found).startswith(expected)
