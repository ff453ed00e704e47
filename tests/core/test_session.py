"""One call: signed, retried where that is safe, held to its deadline, and typed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import Virtual, channel, session
from redenlab.core import errors
from redenlab.core.events import Event, Retrying
from redenlab.core.io import patience
from redenlab.core.retry import Bucket, Retry
from redenlab.core.session import Session, clean
from redenlab.core.testing import Slow, VirtualIo
from redenlab_api.ml.api.inference import create_upload_url, get_result, predict
from redenlab_api.ml.models import PredictRequest, UploadUrlRequest
from redenlab_api.types import Answer
from service import BASE, KEY, Lost, Say, Service, say

OPERATIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "get_result": (get_result, {"job_id": "j"}),
    "create_upload_url": (create_upload_url, {"body": UploadUrlRequest(filename="a.wav")}),
    "predict": (
        predict,
        {"model_name": "m", "body": PredictRequest(job_id="j", file_key="k")},
    ),
}


def call(service: Service, name: str = "get_result", **options: Any) -> tuple[Any, VirtualIo]:
    """One operation in virtual time."""
    io = VirtualIo(service)
    operation, arguments = OPERATIONS[name]
    workflow = session(io, **options).call(operation, **arguments)
    return Virtual().run(workflow), io


def requests_until_failure(service: Service, name: str) -> int:
    with pytest.raises(errors.RedenLabError) as caught:
        call(service, name)
    assert caught.value.attempts == service.calls[name]
    return service.calls[name]


@pytest.mark.parametrize(
    ("fault", "repeatable", "submit"),
    [
        (say(408), 4, 1),
        (say(429), 4, 4),
        (say(500), 4, 1),
        (say(502), 4, 1),
        (say(503), 4, 1),
        (say(504), 4, 1),
        (say(501), 1, 1),
        (say(505), 1, 1),
        (say(520), 1, 1),
        (say(400), 1, 1),
        (say(401), 1, 1),
        (say(403), 1, 1),
        (say(404), 1, 1),
        (say(409), 1, 1),
        (say(413), 1, 1),
        (say(418), 1, 1),
        (say(422), 1, 1),
        (say(302), 1, 1),
        (Lost(acted=True), 4, 1),
        (Say(200, b"<html>"), 1, 1),
    ],
    ids=str,
)
def test_how_often_each_failure_is_tried(fault: Any, repeatable: int, submit: int) -> None:
    expected = {"get_result": repeatable, "create_upload_url": repeatable, "predict": submit}
    for name, times in expected.items():
        service = Service()
        service.faults[name] = [fault] * 10
        assert requests_until_failure(service, name) == times


def test_the_waits_are_2_4_and_8_seconds(service: Service) -> None:
    service.faults["get_result"] = [say(503)] * 3
    heard: list[Event] = []
    _, io = call(service, emit=heard.append)
    assert io.slept == [2, 4, 8]
    assert [event.wait for event in heard if isinstance(event, Retrying)] == [2, 4, 8]


def test_what_the_server_asks_for_is_waited_for(service: Service) -> None:
    service.faults["get_result"] = [say(429, retry_after="11")]
    assert call(service)[1].slept == [11]


def test_a_pause_beyond_the_deadline_is_an_error_at_once(service: Service) -> None:
    service.faults["get_result"] = [say(429, retry_after="100")]
    with pytest.raises(errors.RateLimited) as caught:
        call(service, timeout=60)
    assert caught.value.retry_after == 100
    assert service.calls["get_result"] == 1


def test_no_wait_begins_that_would_outlast_the_call(service: Service) -> None:
    service.faults["get_result"] = [say(503)] * 9
    with pytest.raises(errors.ServerError):
        call(service, timeout=5)
    assert service.calls["get_result"] == 2


def test_one_request_ends_at_its_own_limit_and_is_tried_again(service: Service) -> None:
    good = Answer(200, {}, b'{"job_id":"j","status":"processing"}')
    service.faults["get_result"] = [Slow(31, good), Slow(29, good)]
    (found, _), io = call(service)
    assert found.status == "processing"
    assert io.clock == 30 + 2 + 29


def test_a_call_without_time_sends_nothing(service: Service) -> None:
    with pytest.raises(errors.RequestTimeout, match="no time was left") as caught:
        call(service, timeout=0)
    assert service.seen == []
    assert not caught.value.sent


def test_a_client_stops_repeating_when_its_budget_is_gone(service: Service) -> None:
    service.faults["get_result"] = [say(500)] * 99
    io = VirtualIo(service)
    shared = channel(io, Retry(budget=5))
    for _ in range(4):
        with pytest.raises(errors.ServerError):
            Virtual().run(Session(shared, 3600).call(get_result, job_id="j"))
    assert service.calls["get_result"] == 4 + 5


def test_success_refills_the_budget(service: Service) -> None:
    io = VirtualIo(service)
    shared = channel(io)
    assert isinstance(shared.bucket, Bucket)
    for _ in range(100):
        shared.bucket.take()
    assert not shared.bucket.take()
    for _ in range(5):
        Virtual().run(Session(shared, 3600).call(get_result, job_id="j"))
    assert shared.bucket.take()


@pytest.mark.parametrize("job_id", ["", ".", ".."])
def test_an_id_that_names_another_path_is_refused_unsent(service: Service, job_id: str) -> None:
    with pytest.raises(errors.InputError, match="path"):
        Virtual().run(session(VirtualIo(service)).call(get_result, job_id=job_id))
    assert service.seen == []


def test_a_request_says_who_sends_it_and_what_it_takes(service: Service) -> None:
    call(service)
    call(service, "predict")
    look, submit = service.seen
    assert look.url == f"{BASE}/result/j"
    assert look.headers["X-Api-Key"] == KEY
    assert look.headers["Accept"] == "application/json"
    assert look.headers["Accept-Encoding"] == "identity"
    assert "User-Agent" in look.headers
    assert "Content-Length" not in look.headers
    assert submit.headers["Content-Length"] == str(len(submit.content))
    assert submit.headers["Content-Type"] == "application/json"
    assert KEY not in repr(look)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"error":"e","message":"m"}', "e"),
        (b'{"message":"m","detail":"d"}', "m"),
        (b'{"detail":{"a":1}}', '{"a": 1}'),
        (b'{"error":"","message":"m"}', "m"),
        (b"[1]", "[1]"),
        (b"plain words", "plain words"),
        (b"<p>some <b>markup</b></p>", "some markup"),
        (b"", ""),
    ],
)
def test_the_text_of_a_refusal_is_found(service: Service, body: bytes, text: str) -> None:
    service.faults["get_result"] = [Say(422, body)]
    with pytest.raises(errors.BadRequest) as caught:
        call(service)
    assert caught.value.message == "the service answered 422" + (f": {text}" if text else "")


def test_an_echoed_key_is_masked_everywhere(service: Service) -> None:
    service.faults["get_result"] = [say(401, {"error": f"unknown key {KEY}", "code": KEY})]
    with pytest.raises(errors.AuthenticationError, match=r"unknown key \*\*\*") as caught:
        call(service)
    assert KEY not in repr(vars(caught.value))


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://evil.example/steal?key=1", "redirect to https://evil.example"),
        ("/elsewhere", "answered 302"),
        ("https://[", "redirect"),
        ("", "answered 302"),
    ],
)
def test_a_redirect_names_only_where_it_points(service: Service, location: str, shown: str) -> None:
    service.faults["get_result"] = [say(302, location=location)]
    with pytest.raises(errors.RedirectRefused, match=shown) as caught:
        call(service)
    assert "steal" not in str(caught.value)


@pytest.mark.parametrize("header", ["x-request-id", "x-amzn-RequestId", "apigw-requestid"])
def test_a_request_id_is_found_whatever_it_is_called(service: Service, header: str) -> None:
    service.faults["get_result"] = [Say(404, b"{}", {header: "r-1"})]
    with pytest.raises(errors.NotFound) as caught:
        call(service)
    assert caught.value.request_id == "r-1"


@given(st.text(max_size=2000))
def test_an_excerpt_is_short_and_printable_whatever_came(text: str) -> None:
    excerpt = clean(text)
    assert len(excerpt) <= 200
    assert excerpt.isprintable() or excerpt == ""


def test_an_excerpt_shows_no_signed_query() -> None:
    signed = "see https://s.example/x?X-Amz-Signature=5ecre7 now"
    assert clean(signed) == "see https://s.example/x?… now"


def test_an_excerpt_of_a_huge_page_is_made_quickly() -> None:
    assert len(clean("<" * 10**6)) <= 200


def test_a_patient_client_waits_out_a_limit_for_as_long_as_there_is_time() -> None:
    service = Service()
    service.faults["get_result"] = [say(429)] * 20
    patient = Retry(retries=1, initial=1, factor=2, most=8, jitter=0, budget=0, patient=True)
    _, io = call(service, retry=patient)
    assert io.slept == [1, 2, 4, *[8] * 17]


def test_a_patient_client_still_ends_with_the_deadline() -> None:
    service = Service()
    service.faults["get_result"] = [say(429)] * 100
    with pytest.raises(errors.RateLimited) as caught:
        call(service, timeout=30, retry=Retry(initial=7, factor=1, jitter=0, patient=True))
    assert caught.value.attempts == service.calls["get_result"] == 5


def test_a_limit_does_not_use_up_the_retries_of_other_failures() -> None:
    service = Service()
    service.faults["get_result"] = [say(429), say(503), say(429), say(503), None]
    _, io = call(service, retry=Retry(retries=2, initial=1, factor=10, jitter=0, patient=True))
    assert io.slept == [1, 1, 10, 10]


@pytest.mark.parametrize(
    ("header", "body", "pause"),
    [
        ("3", {"retry_after": 30}, 30),
        ("30", {"retry_after": 3}, 30),
        (None, {"retry_after": 30}, 30),
        (None, {"retry_after": 2.5}, 2.5),
        (None, {"retry_after": -1}, 2),
        (None, {"retry_after": True}, 2),
        (None, {"retry_after": "30"}, 2),
        (None, {"retry_after": None}, 2),
    ],
)
def test_the_pause_may_stand_in_the_body(header: str | None, body: Any, pause: float) -> None:
    service = Service()
    service.faults["get_result"] = [say(429, body, **({"retry_after": header} if header else {}))]
    _, io = call(service, retry=Retry(jitter=0))
    assert io.slept == [pause]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([{"field": "a.b", "type": "required", "description": "is required"}], ["a.b"]),
        ([{"field": None}, "nonsense", 1], [""]),
        ({"field": "a"}, []),
        (None, []),
    ],
)
def test_a_refused_body_tells_which_fields_were_wrong(listed: Any, found: list[str]) -> None:
    service = Service()
    service.faults["predict"] = [say(422, {"title": "Invalid", "invalid_fields": listed})]
    with pytest.raises(errors.BadRequest, match="Invalid") as caught:
        call(service, "predict")
    assert [entry.field for entry in caught.value.fields] == found


@pytest.mark.parametrize(
    ("preference", "seconds"),
    [
        ("wait=10", 10),
        ("wait", 60),
        ("respond-async, wait = 5", 5),
        ("wait=x", 60),
        ("await=9", 0),
        ("", 0),
    ],
)
def test_an_answer_is_waited_for_as_long_as_it_was_asked_to_be_held_back(
    preference: str, seconds: float
) -> None:
    assert patience({"Prefer": preference}) == seconds
