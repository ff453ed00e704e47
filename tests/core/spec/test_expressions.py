"""Runtime expressions: the little that is needed of OpenAPI's."""

from typing import Any

import pytest

from redenlab.core.spec.expressions import MISSING, Headers, Scope, expressions, find, place
from redenlab.lowlevel.types import RawResponse

SCOPE = Scope(
    response={"body": {"job_id": "j", "deep": {"a/b": [10, {"m~n": 20}]}, "none": None}},
    request={"path": {"model": "m"}},
    file={"name": "a.wav"},
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$response.body#/job_id", "j"),
        ("$response.body#/none", None),
        ("$response.body#/deep/a~1b/0", 10),
        ("$response.body#/deep/a~1b/1/m~0n", 20),
        ("$request.path.model", "m"),
        ("$file.name", "a.wav"),
        ("audio/wav", "audio/wav"),
        ("$response.body#/missing", MISSING),
        ("$response.body#/job_id/deeper", MISSING),
        ("$response.body#/deep/a~1b/9", MISSING),
        ("$response.body#/deep/a~1b/x", MISSING),
        ("$nothing.at.all", MISSING),
    ],
)
def test_an_expression_finds_its_value_or_says_that_there_is_none(
    expression: str, value: Any
) -> None:
    assert SCOPE.value(expression) == value


def test_values_that_are_not_there_are_left_out() -> None:
    assert SCOPE.values({"a": "$file.name", "b": "$file.size"}) == {"a": "a.wav"}


def test_having_more_does_not_change_the_scope_it_came_from() -> None:
    SCOPE.extended(job={"id": 1})
    assert SCOPE.value("$job.id") is MISSING


def test_placing_makes_the_objects_on_the_way() -> None:
    document: dict[str, Any] = {"kept": 1}
    place(document, "/a/b~1c", 2)
    assert document == {"kept": 1, "a": {"b/c": 2}}
    assert find(document, "/a/b~1c") == 2


PARTS = Scope(
    response={
        "body": {
            "nodes": [{"id": 1, "runs": [{"n": 1}, {"n": 2}]}, {"id": 2, "runs": [{"n": 3}]}, {}],
            "named": {"a": {"id": 7}, "b": {"id": 8}},
            "flag": True,
            "null": None,
            "text": "x",
        },
        "header": Headers({"Location": "/jobs/7", "X-Region": "eu"}),
    },
    job={"id": 7, "region": None},
    upload={"etags": [{"number": 1, "etag": "a"}, {"number": 2, "etag": "b"}]},
)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$response.body#/nodes/*/id", [1, 2]),
        ("$response.body#/nodes/*/runs/*/n", [1, 2, 3]),
        ("$response.body#/named/*/id", [7, 8]),
        ("$response.body#/nodes/*/nothing", []),
        ("$response.header.location", "/jobs/7"),
        ("$response.header.LOCATION", "/jobs/7"),
        ("$response.header.Retry-After", MISSING),
    ],
)
def test_a_star_is_every_element_and_headers_are_found_in_either_case(
    expression: str, value: Any
) -> None:
    assert PARTS.value(expression) == value


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ("jobs/{$job.id}", "jobs/7"),
        ("{$job.id}-{$response.body#/text}", "7-x"),
        ("{$response.body#/flag}", "true"),
        ("jobs/{$job.region}", MISSING),
        ("jobs/{$job.nothing}", MISSING),
        ("a {brace} stays", "a {brace} stays"),
        ({"a": "$job.id", "b": "$job.nothing", "c": 1}, {"a": 7, "c": 1}),
        ({"a": {"b": ["$job.nothing", "$job.id", None]}}, {"a": {"b": [7, None]}}),
        ({"a": "$response.body#/null"}, {"a": None}),
        (
            {
                "parts": {
                    "each": "$upload.etags",
                    "as": {"N": "$entry#/number", "E": "$entry#/etag"},
                }
            },
            {"parts": [{"N": 1, "E": "a"}, {"N": 2, "E": "b"}]},
        ),
        ({"each": "$response.body#/named/*/id", "as": "id {$entry}"}, ["id 7", "id 8"]),
        ({"a": {"each": "$response.body#/text", "as": "$entry"}}, {}),
        (7, 7),
        (None, None),
    ],
)
def test_a_template_is_filled_and_what_is_missing_is_left_out(template: Any, value: Any) -> None:
    assert PARTS.filled(template) == value


def test_every_expression_of_a_template_is_found() -> None:
    template = {"a": "$job.id", "b": ["x {$file.name} {$file.size}", 1], "c": {"d": "plain $"}}
    assert list(expressions(template)) == ["$job.id", "$file.name", "$file.size"]


@pytest.mark.parametrize(
    ("headers", "content", "body"),
    [
        ({}, b'{"a": 1}', {"a": 1}),
        ({"content-type": "text/plain"}, b"seven", "seven"),
        ({"content-type": "image/png"}, b"\x89PNG", MISSING),
        ({"content-type": "text/plain"}, b"", MISSING),
        ({}, b"", MISSING),
    ],
)
def test_a_body_is_json_or_text_or_missing(
    headers: dict[str, str], content: bytes, body: Any
) -> None:
    found = Scope().responded(RawResponse(201, headers, content), "https://a.example/x")
    assert found.value("$response.body") == body
    assert found.value("$statusCode") == 201
    assert found.value("$url") == "https://a.example/x"
