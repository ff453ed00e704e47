"""The decoders and encoders that every generated model is made of."""

import copy
import datetime
import json
import pickle
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError, DecodeError, SchemaError
from redenlab.lowlevel.types import UNSET, RawResponse, Unset
from redenlab_api.ml.models import IntelligibilityResult, JobResult, SpeakerDiarisationResult

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
DONE: dict[str, Any] = {
    "job_id": "j",
    "status": "completed",
    "result": {"speaker_count": 2},
    "created_at": "2025-01-15T10:30:00Z",
    "error": "none",
}


@pytest.mark.parametrize(
    ("decode", "good", "bad"),
    [
        (codec.string, ["", "x"], [1, None, [], {}, True]),
        (codec.integer, [0, -5, 2.0, 10**40], [1.5, "1", None, True]),
        (codec.number, [0, 1.5], ["1", None, True]),
        (codec.boolean, [True, False], [0, 1, "true", None]),
        (codec.null, [None], [0, "", False]),
        (codec.mapping, [{}, {"a": 1}], [[], None, "x"]),
        (codec.instant, ["2025-01-15T10:30:00Z"], ["", "soonish", 5, None, "9" * 400]),
        (codec.date, ["2025-01-15"], ["2025-13-01", "", 5]),
        (codec.uuid, ["6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10"], ["6f1d2c34", "", 5]),
        (codec.constant("a"), ["a"], ["b", None]),
        (codec.constant(1), [1], [True, 1.0, "1"]),
        (codec.array(codec.integer), [[], [1, 2]], [{}, [1, "2"], None]),
    ],
)
def test_each_decoder_takes_its_type_and_nothing_else(decode: Any, good: Any, bad: Any) -> None:
    for value in good:
        decode(value)
    for value in bad:
        with pytest.raises(SchemaError):
            decode(value)


@given(JSON)
def test_any_json_gives_a_model_or_a_schema_error(value: Any) -> None:
    for model in (JobResult, SpeakerDiarisationResult, IntelligibilityResult):
        try:
            model.from_dict(value)
        except SchemaError as error:
            assert error.path == "" or error.path.startswith("/")


@given(st.binary(max_size=200))
def test_any_bytes_give_json_or_a_decode_error(content: bytes) -> None:
    with suppress(DecodeError):
        json.dumps(RawResponse(200, {}, content).json(), allow_nan=False)


@given(st.sampled_from(sorted(DONE)), JSON)
def test_a_field_of_any_type_gives_a_model_or_names_that_field(field: str, value: Any) -> None:
    try:
        JobResult.from_dict(DONE | {field: value})
    except SchemaError as error:
        assert error.path.startswith(f"/{field}")


def test_what_is_read_is_written_again() -> None:
    source = DONE | {"new": [1, {"x": None}]}
    model = JobResult.from_dict(source)
    assert model.additional_properties == {"new": [1, {"x": None}]}
    written = model.to_dict()
    assert written.pop("created_at") == "2025-01-15T10:30:00+00:00"
    assert written == {key: value for key, value in source.items() if key != "created_at"}


def test_a_model_also_reads_like_a_mapping() -> None:
    model = IntelligibilityResult(intelligibility_score=0.5)
    assert model["intelligibility_score"] == 0.5
    assert "intelligibility_score" in model
    assert "other" not in model


def test_a_field_that_may_be_null_keeps_null_apart_from_absent() -> None:
    nullable = codec.union(codec.null, codec.string)
    assert codec.nullable({"a": None}, "a", nullable) is None
    assert codec.nullable({}, "a", nullable) is UNSET


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_json_cannot_say_is_not_sent(number: float) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        codec.json_body({"x": number})


def test_absent_values_are_not_sent() -> None:
    assert codec.json_body({"a": UNSET, "b": None, "c": [{"d": UNSET}]}) == b'{"b":null,"c":[{}]}'
    assert codec.json_body(UNSET) is None
    assert codec.query({"a": UNSET, "b": None, "c": [1, 2], "d": True, "e": {"x": 1}}) == (
        ("c", "1"),
        ("c", "2"),
        ("d", "true"),
        ("e", '{"x": 1}'),
    )
    assert codec.headers({"A": 1, "B": UNSET, "C": ["x", 2], "D": []}) == {"A": "1", "C": "x,2"}


@pytest.mark.parametrize(
    ("value", "text"), [("a/b", "a%2Fb"), ("ü", "%C3%BC"), (5, "5"), ("%2e", "%252e")]
)
def test_a_path_segment_stays_one_segment(value: Any, text: str) -> None:
    assert codec.segment(value) == text


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_segment_that_names_another_path_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="path"):
        codec.segment(value)


def test_dates_and_uuids_are_sent_as_text() -> None:
    text = "6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10"
    assert codec.plain([datetime.date(2025, 1, 15), UUID(text)]) == ["2025-01-15", text]


def test_unset_stays_the_only_one() -> None:
    assert pickle.loads(pickle.dumps(UNSET)) is UNSET
    assert copy.deepcopy([UNSET])[0] is UNSET
    assert not UNSET
    assert repr(UNSET) == "UNSET"
    assert isinstance(UNSET, Unset)


@pytest.mark.parametrize(
    "error",
    [ApiError(404, {"a": "b"}, b"x"), DecodeError(200, "no body"), SchemaError("a", "b", "/c")],
)
def test_low_level_errors_travel(error: Exception) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert (type(arrived), vars(arrived), str(arrived)) == (type(error), vars(error), str(error))


def test_pointers_escape_as_rfc_6901_says() -> None:
    assert SchemaError("x", "y").prefixed("a/b~c").path == "/a~1b~0c"
