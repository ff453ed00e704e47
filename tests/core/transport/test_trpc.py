"""What wraps the calls and answers of tRPC, and SuperJSON's notes on values."""

from typing import Any

import pytest

from redenlab.core.spec.expressions import MISSING
from redenlab.core.transport import trpc


def wrapped(value: Any, values: Any = None) -> Any:
    meta = {} if values is None else {"meta": {"values": values}}
    return {"result": {"data": {"json": value, **meta}}}


VALUES: list[tuple[Any, Any]] = [
    (wrapped({"a": 1}), {"a": 1}),
    (wrapped(None), None),
    (wrapped(None, ["undefined"]), MISSING),
    (wrapped({"a": None, "b": None}, {"a": ["undefined"]}), {"b": None}),
    (wrapped([{"a": None}], {"0.a": ["undefined"]}), [{}]),
    (wrapped([None], {"0": ["undefined"]}), [None]),
    (wrapped({"a.b": {"c": None}}, {"a\\.b.c": ["undefined"]}), {"a.b": {}}),
    (wrapped({"a\\": None}, {"a\\\\": ["undefined"]}), {}),
    (wrapped({"m": {"a": None}}, {"m": ["map", {"a": ["undefined"]}]}), {"m": {}}),
    (wrapped({"a": "2026-01-01T00:00:00Z"}, {"a": ["Date"]}), {"a": "2026-01-01T00:00:00Z"}),
    (wrapped({"a": 1}, {"x.y.z": ["undefined"], "0": 7}), {"a": 1}),
    ({"result": {"data": 7}}, MISSING),
    ({"result": None}, MISSING),
    ([], MISSING),
    (None, MISSING),
]


@pytest.mark.parametrize(("document", "value"), VALUES)
def test_the_value_of_a_success(document: Any, value: Any) -> None:
    found = trpc.value(document)
    assert found is MISSING if value is MISSING else found == value


FAILURES: list[tuple[Any, Any]] = [
    (
        {"error": {"json": {"message": "No", "data": {"code": "NOT_FOUND"}}}},
        {"code": "NOT_FOUND", "message": "No"},
    ),
    (
        {"error": {"json": {"message": '[{"message": "a"}, {"message": "b"}]'}}},
        {
            "code": "ERROR",
            "message": "a; b",
            "issues": [{"message": "a"}, {"message": "b"}],
        },
    ),
    ({"error": {"json": {"message": "[not json"}}}, {"code": "ERROR", "message": "[not json"}),
    ({"error": "plain"}, None),
    ({"error": {"message": "plain"}}, None),
    (wrapped(1), None),
    ("text", None),
]


@pytest.mark.parametrize(("document", "failure"), FAILURES)
def test_the_failure_in_an_answer(document: Any, failure: Any) -> None:
    assert trpc.failure(document) == failure


def test_inputs_are_wrapped_and_left_out() -> None:
    assert trpc.query("a.b", MISSING) == ("/a.b", ())
    assert trpc.query("a.b", {"ü": 1}) == ("/a.b", (("input", '{"json":{"ü":1}}'),))
    assert trpc.mutation("a.b", MISSING) == ("/a.b", b"{}")
    assert trpc.mutation("a.b", "x") == ("/a.b", b'{"json":"x"}')
    assert trpc.query("a/../b", MISSING)[0] == "/a%2F..%2Fb"
