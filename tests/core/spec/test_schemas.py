"""The checker of JSON schemas: keyword by keyword, and against the library `jsonschema`."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from redenlab.core.spec.schemas import MAX_DEPTH, Problem, problems

TREE = {
    "type": "object",
    "required": ["size"],
    "properties": {
        "size": {"type": "integer", "minimum": 0},
        "left": {"$ref": "#/$defs/tree"},
        "rest": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
    },
}
DEFINITIONS = {
    "#/$defs/tree": TREE,
    "#/$defs/loop": {"allOf": [{"$ref": "#/$defs/loop"}, {"type": "integer"}]},
    "#/$defs/twice": {
        "oneOf": [
            {"type": "array", "minItems": 2},
            {"type": "array", "items": {"$ref": "#/$defs/twice"}, "maxItems": 1},
            {"type": "array", "items": {"$ref": "#/$defs/twice"}, "maxItems": 1, "minItems": 9},
        ]
    },
}
NAN, INFINITY = float("nan"), float("inf")


def found(value: Any, schema: Any) -> list[Problem]:
    return list(problems(value, schema, DEFINITIONS.__getitem__))


FITTING: list[tuple[Any, Any]] = [
    ("a", {"type": "string"}),
    (2.0, {"type": "integer"}),
    (3, {"type": "number"}),
    (None, {"type": ["string", "null"]}),
    (None, {"type": "string", "nullable": True, "enum": ["a"]}),
    (None, {"allOf": [{"type": "string"}], "nullable": True}),
    (b"", {"type": "file"}),
    (1.0, {"enum": [1]}),
    ([1, {"a": None}], {"const": [1.0, {"a": None}]}),
    (10, {"minimum": 10, "maximum": 10}),
    ("10", {"minimum": 11}),
    (0.3, {"multipleOf": 0.1}),
    (1e300, {"multipleOf": 1e-9}),
    ("äö", {"minLength": 2, "maxLength": 2}),
    ("grey cat", {"pattern": "c.t"}),
    ("cost [$]", {"pattern": r"[$]\]$"}),
    ("anything", {"pattern": "(unreadable"}),
    ("2026-01-01T10:00:00Z", {"format": "date-time"}),
    ("whatever", {"format": "email"}),
    ([1, True, 1.5, "1", [1], [True]], {"uniqueItems": True}),
    ([1, 1], {"uniqueItems": False}),
    (["a", 1, 2], {"prefixItems": [{"type": "string"}], "items": {"type": "integer"}}),
    ({"x": 1}, {"properties": {"y": False}}),
    ({"x-a": 1}, {"patternProperties": {"^x-": {}}, "additionalProperties": False}),
    ({"size": 1, "rest": [{"size": 2}]}, {"$ref": "#/$defs/tree"}),
    (1, {"$ref": "#/$defs/loop"}),
    (3, {"not": {"type": "string"}}),
    (3, {"$comment": "no keyword that is checked", "x-limit": 2}),
    (object(), True),
]


@pytest.mark.parametrize(("value", "schema"), FITTING)
def test_a_value_fits(value: Any, schema: Any) -> None:
    assert found(value, schema) == []


WRONG: list[tuple[Any, Any, str, str]] = [
    (5, {"type": "string"}, "", "is 5, and has to be a string"),
    ("secret", {"type": "integer"}, "", "is a string, and has to be an integer"),
    (True, {"type": "number"}, "", "is a boolean, and has to be a number"),
    (1.5, {"type": ["integer", "null"]}, "", "is 1.5, and has to be an integer or null"),
    (None, {"type": "string"}, "", "is null, and has to be a string"),
    (NAN, {"type": "number"}, "", "is nan, and has to be a number"),
    (object(), {"type": "object"}, "", "is object, and has to be an object"),
    ("secret", {"enum": ["a", 1, None]}, "", "has to be one of: a, 1, null"),
    (True, {"enum": [1]}, "", "has to be one of: 1"),
    ([1], {"const": [True]}, "", "has to be [true]"),
    (9, {"minimum": 10}, "", "is 9, and has to be 10 or more"),
    (11.0, {"maximum": 10}, "", "is 11, and has to be 10 or less"),
    (NAN, {"maximum": 10}, "", "is nan, and has to be 10 or less"),
    (INFINITY, {"maximum": 10.5}, "", "is inf, and has to be 10.5 or less"),
    (1, {"exclusiveMinimum": 1}, "", "is 1, and has to be more than 1"),
    (1, {"minimum": 1, "exclusiveMinimum": True}, "", "is 1, and has to be more than 1"),
    (1, {"maximum": 1, "exclusiveMaximum": True}, "", "is 1, and has to be less than 1"),
    (2, {"maximum": 1, "exclusiveMaximum": False}, "", "is 2, and has to be 1 or less"),
    (10**40, {"maximum": 1}, "", "is a number of more than 30 digits, and has to be 1 or less"),
    (0.35, {"multipleOf": 0.1}, "", "is 0.35, and has to be a multiple of 0.1"),
    ("a", {"minLength": 2}, "", "has to have 2 or more characters, and has 1"),
    ("abc", {"maxLength": 2}, "", "has to have 2 or fewer characters, and has 3"),
    ([], {"minItems": 1}, "", "has to have 1 or more items, and has 0"),
    ({"a": 1}, {"maxProperties": 0}, "", "has to have 0 or fewer keys, and has 1"),
    ("ab", {"pattern": "^a$"}, "", "has to match ^a$"),
    ("a\n", {"pattern": "^a$"}, "", "has to match ^a$"),
    ("soon", {"format": "date-time"}, "", "has to be a timestamp"),
    ("2026-02-30", {"format": "date"}, "", "has to be a date"),
    ("1-2", {"format": "uuid"}, "", "has to be a UUID"),
    ([{"a": 1}, {"a": 1.0}], {"uniqueItems": True}, "", "has to have no item twice"),
    (["a", "b"], {"items": {"type": "integer"}}, "/0", "is a string, and has to be an integer"),
    ([1, "b"], {"prefixItems": [{}, {"const": 2}]}, "/1", "has to be 2"),
    ({}, {"required": ["a", "b"]}, "", "needs the key 'a'"),
    ({"b": 1}, {"properties": {"a": {}}, "additionalProperties": False}, "", "has no key 'b'"),
    ({"a/~": ""}, {"additionalProperties": {"minLength": 1}}, "/a~1~0", "has to have 1 or more"),
    ({"x": 0}, {"properties": {"x": False}}, "/x", "is not allowed"),
    ({"size": 1, "left": {"size": -1}}, {"$ref": "#/$defs/tree"}, "/left/size", "is -1, and has"),
    ("a", {"$ref": "#/$defs/loop"}, "", "is a string, and has to be an integer"),
    ("", {"allOf": [{}, {"minLength": 1}]}, "", "has to have 1 or more characters"),
    (5, {"anyOf": [{"type": "null"}, {"maximum": 4, "type": "integer"}]}, "", "is 5, and has to"),
    (5, {"anyOf": [{"const": 4}, {"const": 6}]}, "", "is 5, and fits none of the variants"),
    (5, {"oneOf": [{}, True]}, "", "fits several variants, and has to fit one alone"),
    (5, {"oneOf": [False]}, "", "is 5, and fits none of the variants"),
    (5, {"not": {"type": "integer"}}, "", "is what the schema excludes by 'not'"),
]


@pytest.mark.parametrize(("value", "schema", "pointer", "text"), WRONG)
def test_a_problem_has_a_place_and_says_what_to_write(
    value: Any, schema: Any, pointer: str, text: str
) -> None:
    first, *_ = found(value, schema)
    assert first.pointer == pointer
    assert first.text.startswith(text)


def test_every_problem_is_found() -> None:
    schema = {"type": "object", "additionalProperties": {"type": "integer", "maximum": 1}}
    assert [each.pointer for each in found({"a": 2, "b": 1, "c": "x"}, schema)] == ["/a", "/c"]


def test_no_text_is_quoted() -> None:
    for value, schema, _, _ in WRONG:
        assert "secret" not in str(found(value, schema))


def test_what_is_opaque_fits_everything() -> None:
    schema = {"properties": {"file": {"type": "string"}, "size": {"type": "integer"}}}
    value = {"file": b"RIFF", "size": "big"}
    seen = problems(value, schema, DEFINITIONS.__getitem__, opaque=lambda each: each == b"RIFF")
    assert [each.pointer for each in seen] == ["/size"]


def test_a_value_of_too_many_levels_is_refused() -> None:
    schema = {"items": {"$ref": "#/$defs/nested"}}
    value: list[Any] = []
    for _ in range(10 * MAX_DEPTH):
        value = [value]
    (problem,) = problems(value, schema, lambda _: schema)
    assert problem.text == f"has more than {MAX_DEPTH} levels"


def test_variants_that_contain_themselves_are_tried_once_for_each_part() -> None:
    value: list[Any] = []
    for _ in range(40):
        value = [value]
    resolved: list[str] = []

    def resolve(reference: str) -> Any:
        resolved.append(reference)
        return DEFINITIONS[reference]

    assert list(problems(value, {"$ref": "#/$defs/twice"}, resolve)) == []
    assert len(resolved) == 41


# ---- against the library

texts = st.text(alphabet="ab1", max_size=4)
numbers = st.integers(-4, 4) | st.integers(-8, 8).map(lambda number: number / 2)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b", "size", "left", "rest"]), inner, max_size=3)
    ),
    max_leaves=8,
)
sizes = st.integers(0, 3)
types = st.sampled_from(["string", "integer", "number", "boolean", "array", "object", "null"])
patterns = st.sampled_from(["a", "^a", "b$", "^[ab]+$", r"\d", "^$"])
keys = st.sampled_from(["a", "b", "size"])
flat = st.fixed_dictionaries(
    {},
    optional={
        "type": types | st.lists(types, min_size=1, max_size=2, unique=True),
        "minimum": numbers,
        "exclusiveMaximum": numbers,
        "multipleOf": st.sampled_from([1, 2, 0.5]),
        "minLength": sizes,
        "maxLength": sizes,
        "pattern": patterns,
        "minItems": sizes,
        "maxItems": sizes,
        "uniqueItems": st.booleans(),
        "required": st.lists(keys, max_size=2, unique=True),
        "minProperties": sizes,
        "maxProperties": sizes,
    },
)
choices = st.lists(values, min_size=1, max_size=3).map(lambda each: {"enum": each})
fixed = values.map(lambda each: {"const": each})
trees = st.just({"$ref": "#/$defs/tree"})


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(keys, inner, max_size=2),
            "patternProperties": st.dictionaries(patterns, inner, max_size=1),
            "additionalProperties": inner,
            "items": inner,
            "prefixItems": several,
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
            "required": st.lists(keys, max_size=2, unique=True),
        },
    )


schemas = st.recursive(st.booleans() | flat | choices | fixed | trees, nested, max_leaves=8)


def fits(value: Any, schema: Any) -> bool:
    definitions = {"tree": TREE}
    return Draft202012Validator({"$defs": definitions, "allOf": [schema]}).is_valid(value)


@given(values, schemas)
def test_the_verdict_is_that_of_the_library(value: Any, schema: Any) -> None:
    assert (found(value, schema) == []) is fits(value, schema)


@given(values, flat)
def test_a_nullable_schema_is_one_that_admits_null(value: Any, schema: Any) -> None:
    admits = {"anyOf": [schema, {"type": "null"}]}
    assert (found(value, {**schema, "nullable": True}) == []) is fits(value, admits)
