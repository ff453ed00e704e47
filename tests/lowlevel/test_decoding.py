"""The decoders that every generated model is made of."""

import datetime
import json
import pickle
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import ApiError, DecodeError, SchemaError
from redenlab.lowlevel.types import RawResponse
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


@pytest.mark.parametrize("text", ["2025-01-15T10:30:00", "Wed, 15 Jan 2025 10:30:00"])
def test_a_time_without_an_offset_is_in_utc(text: str) -> None:
    moment = datetime.datetime(2025, 1, 15, 10, 30, tzinfo=datetime.UTC)
    assert decoding.instant(text) == moment


@pytest.mark.parametrize(
    ("decode", "good", "bad"),
    [
        (decoding.string, ["", "x"], [1, None, [], {}, True]),
        (decoding.integer, [0, -5, 2.0, 10**40], [1.5, "1", None, True]),
        (decoding.number, [0, 1.5], ["1", None, True]),
        (decoding.boolean, [True, False], [0, 1, "true", None]),
        (decoding.null, [None], [0, "", False]),
        (decoding.mapping, [{}, {"a": 1}], [[], None, "x"]),
        (decoding.instant, ["2025-01-15T10:30:00Z"], ["", "soonish", 5, None, "9" * 400]),
        (decoding.date, ["2025-01-15"], ["2025-13-01", "", 5]),
        (decoding.uuid, ["6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10"], ["6f1d2c34", "", 5]),
        (decoding.constant("a"), ["a"], ["b", None]),
        (decoding.constant(1), [1], [True, 1.0, "1"]),
        (decoding.array(decoding.integer), [[], [1, 2]], [{}, [1, "2"], None]),
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


@pytest.mark.parametrize(
    "error",
    [ApiError(404, {"a": "b"}, b"x"), DecodeError(200, "no body"), SchemaError("a", "b", "/c")],
)
def test_low_level_errors_travel(error: Exception) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert (type(arrived), vars(arrived), str(arrived)) == (type(error), vars(error), str(error))


def test_pointers_escape_as_rfc_6901_says() -> None:
    assert SchemaError("x", "y").prefixed("a/b~c").path == "/a~1b~0c"
