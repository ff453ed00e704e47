"""Typed values as JSON, and as parts of a request."""

import datetime
from typing import Any
from uuid import UUID

import pytest

from redenlab.lowlevel import encoding


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_say_is_not_sent(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        encoding.json_body({"x": number})


def test_absent_values_are_not_sent() -> None:
    assert encoding.json_body({"b": None, "c": [{}]}) == b'{"b":null,"c":[{}]}'
    assert encoding.json_body(None) is None
    assert encoding.query({"b": None, "c": [1, 2], "d": True, "e": {"x": 1}}) == (
        ("c", "1"),
        ("c", "2"),
        ("d", "true"),
        ("e", '{"x": 1}'),
    )
    assert encoding.headers({"A": 1, "B": None, "C": ["x", 2], "D": []}) == {"A": "1", "C": "x,2"}


def test_a_list_is_repeated_in_a_form_unless_it_is_sent_as_json() -> None:
    values = {"a": [1, "x"], "b": None, "c": {"d": [1]}}
    assert encoding.parts(values) == (("a", "1"), ("a", "x"), ("c", '{"d": [1]}'))
    assert encoding.parts(values, ["a", "b"]) == (("a", '[1, "x"]'), ("c", '{"d": [1]}'))


@pytest.mark.parametrize(
    ("value", "text"), [("a/b", "a%2Fb"), ("ü", "%C3%BC"), (5, "5"), ("%2e", "%252e")]
)
def test_a_path_segment_stays_one_segment(value: Any, text: str) -> None:
    assert encoding.segment(value) == text


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_segment_that_names_another_path_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="path"):
        encoding.segment(value)


def test_dates_and_uuids_are_sent_as_text() -> None:
    text = "6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10"
    assert encoding.plain([datetime.date(2025, 1, 15), UUID(text)]) == ["2025-01-15", text]
