"""Messages of realtime sessions: tables of frames, of codes, and of parameters."""

import json
from typing import Any

import pytest

from redenlab.core import errors
from redenlab.core.live.socket import Closed
from redenlab.core.transport.outcomes import STATUSES
from redenlab.dalston import RealtimeMessageType, SessionBegin, TranscriptFinal, VADEvent
from redenlab.dalston.messages import RealtimeCodec, parameters
from redenlab_api.dalston.realtime import CLOSE_CODES, ERROR_CODES, RECEIVED

NESTED = {
    "type": "session.begin",
    "session_id": "sess_1",
    "config": {"sample_rate": 8000, "encoding": "mulaw", "language": "en", "model": None},
}
FLAT = {
    "type": "session.begin",
    "session_id": "sess_1",
    "sample_rate": 8000,
    "encoding": "mulaw",
    "language": "en",
    "model": "fast",
}
END = {"type": "session.end", "session_id": "sess_1"}


def begun(offset: float = 0.0) -> RealtimeCodec:
    codec = RealtimeCodec(offset)
    codec.read(json.dumps(NESTED))
    return codec


def said(codec: RealtimeCodec, **message: Any) -> Any:
    return codec.read(json.dumps(message)).data


@pytest.mark.parametrize(("sent", "model"), [(NESTED, None), (FLAT, "fast")])
def test_a_session_begins_with_nested_and_with_flat_details(sent: Any, model: str | None) -> None:
    codec = RealtimeCodec()
    found = codec.read(json.dumps(sent)).data
    assert isinstance(found, SessionBegin)
    assert (found.session_id, found.sample_rate, found.encoding) == ("sess_1", 8000, "mulaw")
    assert (found.language, found.model) == ("en", model)
    assert codec.begun


@pytest.mark.parametrize("key", ["word", "text"])
def test_words_are_read_under_both_keys(key: str) -> None:
    words = [{key: "hello", "start": 0.5, "end": 1}]
    found = said(begun(), type="transcript.final", text="hello", start=0.5, end=1, words=words)
    assert isinstance(found, TranscriptFinal)
    assert found.words is not None
    assert [word.text for word in found.words] == ["hello"]


def test_every_type_of_the_spec_is_a_member_and_has_a_class() -> None:
    assert {each.value for each in RealtimeMessageType} == RECEIVED.keys()


def test_a_message_of_an_unknown_type_is_kept_as_it_is() -> None:
    message = begun().read('{"type": "speaker.changed", "to": 2}')
    assert (message.type, message.data["to"]) == ("speaker.changed", 2)


def test_an_event_has_its_type_and_its_moment() -> None:
    found = said(begun(), type="vad.speech_start", timestamp=2.5)
    assert isinstance(found, VADEvent)
    assert (found.type, found.timestamp) == ("vad.speech_start", 2.5)


@pytest.mark.parametrize(
    "frame",
    [
        b"\x00\x01",
        "",
        "no JSON",
        "[]",
        "{}",
        '{"type": 1}',
        '{"type": "transcript.final"}',
        '{"type": "vad.speech_end", "timestamp": "now"}',
        '{"type": "vad.speech_end", "timestamp": NaN}',
        '{"type": "session.begin", "session_id": "s", "config": []}',
    ],
)
def test_what_is_no_message_is_a_typed_error(frame: str | bytes) -> None:
    with pytest.raises(errors.UnexpectedResponse):
        begun().read(frame)


@pytest.mark.parametrize(("code", "status"), CLOSE_CODES.items())
def test_a_close_code_is_the_error_of_its_status(code: int, status: int | None) -> None:
    for codec in (RealtimeCodec(), begun()):
        error = codec.closed(Closed(code, "because"))
        if status is None:
            assert isinstance(error, errors.NetworkError)
            continue
        assert type(error) is STATUSES[status].error
        assert (error.status, error.code) == (status, str(code))
        assert "because" in error.message
        assert error.retryable is STATUSES[status].retryable


CLASSES = {
    401: errors.AuthenticationError,
    403: errors.PermissionDenied,
    429: errors.RateLimited,
    400: errors.BadRequest,
    404: errors.NotFound,
    503: errors.ServerError,
}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        *((4001, 401), (4401, 401), (4003, 403), (4403, 403), (4029, 429), (4429, 429)),
        *((4400, 400), (4404, 404), (4503, 503), (4010, 503)),
    ],
)
def test_the_codes_of_the_contract_have_their_classes(code: int, expected: int) -> None:
    assert type(begun().closed(Closed(code))) is CLASSES[expected]


@pytest.mark.parametrize(("code", "status"), ERROR_CODES.items())
def test_an_error_before_the_beginning_refuses_the_session(code: str, status: int) -> None:
    with pytest.raises(errors.RedenLabError, match="because") as caught:
        said(RealtimeCodec(), type="error", code=code, message="because")
    expected = STATUSES[status].error
    assert type(caught.value) is expected
    assert caught.value.code == code


def test_a_session_goes_on_after_an_error_that_is_recoverable() -> None:
    codec = begun()
    found = said(codec, type="error", code="invalid_message", message="?", recoverable=True)
    assert found.code == "invalid_message"
    assert isinstance(codec.closed(Closed()), errors.NetworkError)


def test_an_error_that_ends_the_session_says_why_it_broke() -> None:
    codec = begun()
    said(codec, type="error", code="lag_exceeded", message="too fast", recoverable=False)
    hint = {"action": "reconnect", "retry_after_ms": 500}
    said(codec, type="session.terminated", reason="x", recoverable=True, recovery_hint=hint)
    error = codec.closed(Closed())
    assert isinstance(error, errors.ServerError)
    assert (error.code, error.retryable, error.retry_after) == ("lag_exceeded", True, 0.5)


def test_a_termination_that_is_final_cannot_be_retried() -> None:
    codec = begun()
    said(codec, type="session.terminated", reason="session_timeout", recoverable=False)
    error = codec.closed(Closed(4010))
    assert error is not None
    assert (error.status, error.retryable) == (408, False)


@pytest.mark.parametrize("code", [1000, 1001, 1006, 4503])
def test_every_end_after_session_end_is_success(code: int) -> None:
    codec = begun()
    said(codec, **END)
    assert codec.done
    assert codec.closed(Closed(code)) is None


@pytest.mark.parametrize("code", [1000, 1006])
def test_every_end_before_session_end_is_a_lost_connection(code: int) -> None:
    error = begun().closed(Closed(code))
    assert isinstance(error, errors.NetworkError)
    assert error.retryable


def test_times_of_a_resumed_session_go_on() -> None:
    codec = begun(offset=10.0)
    words = [{"word": "hello", "start": 1.0, "end": 1.5, "confidence": 1}]
    found = said(codec, type="transcript.final", text="hello", start=1.0, end=1.5, words=words)
    assert (found.start, found.end, found.words[0].start) == (11.0, 11.5, 11.0)
    assert codec.confirmed == 11.5
    assert said(codec, type="vad.speech_start", timestamp=2).timestamp == 12


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ({"enable_vad": False}, "false"),
        ({"sample_rate": 8000}, "8000"),
        ({"vocabulary": ["a", "b"]}, '["a", "b"]'),
        ({"pii_entity_types": ["ssn", "name"]}, "ssn,name"),
        ({"retention": -1}, "-1"),
        ({"language": "de"}, "de"),
    ],
)
def test_a_parameter_is_written_as_the_service_reads_it(given: Any, sent: str) -> None:
    assert parameters(given) == {next(iter(given)): sent}


def test_what_is_none_is_not_sent() -> None:
    assert parameters({"model": None}) == {}


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"encoding": "mp3"}, "one of pcm_s16le, pcm_f32le, mulaw, alaw"),
        ({"sample_rate": 7999}, "8000 to 48000"),
        ({"sample_rate": 48001}, "8000 to 48000"),
        ({"vocabulary": ["a"] * 101}, "100 are allowed"),
        ({"vocabulary": ["a" * 51]}, "more than 50 characters"),
        ({"retention": 3651}, "-1 to 3650"),
    ],
)
def test_a_parameter_that_would_be_refused_is_not_sent(given: Any, problem: str) -> None:
    with pytest.raises(errors.InputError, match=problem):
        parameters(given)
