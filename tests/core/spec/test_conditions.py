"""Conditions on responses: what they compare, and what cannot be read."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.spec.conditions import holds, literals, operands
from redenlab.core.spec.expressions import Scope

BODY = {
    "status": "Running",
    "count": 3,
    "share": 0.5,
    "done": False,
    "error": None,
    "text": "it's over",
    "empty": "",
    "stages": [{"status": "ok", "left": 0}, {"status": "running", "left": 7}],
    "none": [],
}
SCOPE = Scope(response={"body": BODY, "header": {}}, statusCode=303)

TRUE = [
    "$statusCode == 303",
    "$statusCode != 200",
    "$statusCode < 304",
    "$statusCode <= 303",
    "$statusCode > 302",
    "$statusCode >= 303",
    "303 == $statusCode",
    "$response.body#/share == 0.5",
    "$response.body#/count == 3.0",
    "$response.body#/count > -1e2",
    "$response.body#/done == false",
    "$response.body#/error == null",
    # texts, in either case
    "$response.body#/status == running",
    "$response.body#/status == 'RUNNING'",
    '$response.body#/status == "running"',
    "$response.body#/text == 'It''s over'",
    "$response.body#/status != nan",
    # what is missing is null
    "$response.body#/nothing == null",
    "$response.body#/nothing/deeper == null",
    "$response.body#/status != null",
    # lists
    "$response.body#/stages/*/status == running",
    "running == $response.body#/stages/*/status",
    "$response.body#/stages/*/status != running",
    "$response.body#/stages/*/left > 5",
    # a value alone
    "$response.body#/status",
    "!$response.body#/done",
    "!$response.body#/nothing",
    "!$response.body#/empty",
    # how they are joined
    "true || true && false",
    "(true || true) && true",
    "!(true && false)",
    "!false && true",
    "!!true",
    "$statusCode==303&&$response.body#/count==3",
    "  $statusCode  ==  303  ",
]

FALSE = [
    "$statusCode == 200",
    "$statusCode < 303",
    "$statusCode > 303",
    "$response.body#/status == ran",
    "$response.body#/count == '3'",
    "$response.body#/done == null",
    "$response.body#/done == 0",
    "$response.body#/nothing == ''",
    "$response.body#/nothing",
    "$response.body#/done",
    "$response.body#/stages/*/status == failed",
    "$response.body#/none/*/status == running",
    "$response.body#/none/*/status != running",
    "(true || true) && false",
    "!(true || false)",
    "!true || false",
    # there is no order between these
    "$response.body#/status > 1",
    "$response.body#/status <= 1",
    "$response.body#/nothing < 1",
    "$response.body#/done < 1",
]


@pytest.mark.parametrize("condition", TRUE)
def test_a_condition_is_true(condition: str) -> None:
    assert holds(condition, SCOPE)


@pytest.mark.parametrize("condition", FALSE)
def test_a_condition_is_false(condition: str) -> None:
    assert not holds(condition, SCOPE)


def test_a_true_value_is_not_the_number_one() -> None:
    scope = Scope(response={"body": {"yes": True, "one": 1}})
    assert not holds("$response.body#/yes == 1", scope)
    assert not holds("$response.body#/one == true", scope)
    assert holds("$response.body#/one != true", scope)


def test_the_expressions_of_a_condition_are_known_in_order() -> None:
    condition = "$statusCode == 303 && !($response.body#/a/*/b == $job.id || 'x$y' == z)"
    assert operands(condition) == ("$statusCode", "$response.body#/a/*/b", "$job.id")


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ("", "it ends too early"),
        ("   ", "it ends too early"),
        ("$statusCode ==", "it ends too early"),
        ("$statusCode == 200 &&", "it ends too early"),
        ("!", "it ends too early"),
        ("== 200", "'==' is not expected there"),
        ("$statusCode == == 200", "'==' is not expected there"),
        ("($statusCode == 200", "a parenthesis is not closed"),
        ("$statusCode == 200)", r"'\)' is not expected there"),
        ("$statusCode == 200 300", "'300' is not expected there"),
        ("1 < 2 < 3", "'<' is not expected there"),
        ("$statusCode = 200", "'= 200' cannot be read"),
        ("$response.body#/a == 'it", "''it' cannot be read"),
        ("a & b", "'& b' cannot be read"),
        ("(" * 20_000, "it is nested too deeply"),
        ("!" * 20_000 + "true", "it is nested too deeply"),
    ],
    ids=lambda text: text[:30],
)
def test_what_cannot_be_read_is_refused_with_the_reason(condition: str, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        operands(condition)


PIECES = ["$statusCode", "$response.body#/a/*", "==", "!=", "<", "&&", "||", "!", "(", ")", "'a'"]


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(st.sampled_from([*PIECES, " ", "1", "null", '"', "'", "$"])).map("".join),
    ),
    st.one_of(st.none(), st.integers(), st.text(), st.lists(st.integers())),
)
def test_any_text_is_a_condition_or_refused_as_a_value(text: str, value: Any) -> None:
    try:
        found = holds(text, Scope(response={"body": {"a": value}}, statusCode=200))
    except ValueError:
        return
    assert found in {True, False}


def test_the_values_that_a_condition_compares_with_are_known() -> None:
    text = "$statusCode == 410 || $response.body#/a == 'x y' && !($response.body#/b != null)"
    assert literals(text) == (410.0, "x y", None)
