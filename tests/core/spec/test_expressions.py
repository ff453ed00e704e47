"""Runtime expressions: the little that is needed of OpenAPI's."""

from typing import Any

import pytest

from redenlab.core.spec.expressions import MISSING, Scope, find, place

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
