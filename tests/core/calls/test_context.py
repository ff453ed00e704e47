"""Which requests are sent again, and how long a call takes."""

from typing import Any

import pytest

from drivers import Virtual, api_client, call, call_context
from fake_api import FakeApi, Lost, Say, say
from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.events import Event, Retrying
from redenlab.core.transport.io import prefer_wait_seconds
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.api.inference import get_result
from virtual_io import Slow, VirtualIo


def requests_until_failure(fake_api: FakeApi, name: str) -> int:
    with pytest.raises(errors.RedenLabError) as caught:
        call(fake_api, name)
    assert caught.value.attempts == fake_api.calls[name]
    return fake_api.calls[name]


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
        fake_api = FakeApi()
        fake_api.faults[name] = [fault] * 10
        assert requests_until_failure(fake_api, name) == times


def test_the_waits_are_2_4_and_8_seconds(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(503)] * 3
    heard: list[Event] = []
    _, io = call(fake_api, emit=heard.append)
    assert io.slept == [2, 4, 8]
    assert [event.wait for event in heard if isinstance(event, Retrying)] == [2, 4, 8]


def test_what_the_server_asks_for_is_waited_for(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(429, retry_after="11")]
    assert call(fake_api)[1].slept == [11]


def test_a_pause_beyond_the_deadline_is_an_error_at_once(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(429, retry_after="100")]
    with pytest.raises(errors.RateLimited) as caught:
        call(fake_api, timeout=60)
    assert caught.value.retry_after == 100
    assert fake_api.calls["get_result"] == 1


def test_no_wait_begins_that_would_outlast_the_call(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(503)] * 9
    with pytest.raises(errors.ServerError):
        call(fake_api, timeout=5)
    assert fake_api.calls["get_result"] == 2


def test_one_request_ends_at_its_own_limit_and_is_tried_again(fake_api: FakeApi) -> None:
    good = RawResponse(200, {}, b'{"job_id":"j","status":"processing"}')
    fake_api.faults["get_result"] = [Slow(31, good), Slow(29, good)]
    (found, _), io = call(fake_api)
    assert found.status == "processing"
    assert io.clock == 30 + 2 + 29


def test_a_call_without_time_sends_nothing(fake_api: FakeApi) -> None:
    with pytest.raises(errors.RequestTimeout, match="no time was left") as caught:
        call(fake_api, timeout=0)
    assert fake_api.seen == []
    assert not caught.value.sent


def test_a_client_stops_repeating_when_its_budget_is_gone(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(500)] * 99
    io = VirtualIo(fake_api)
    shared = api_client(io, Retry(budget=5))
    for _ in range(4):
        with pytest.raises(errors.ServerError):
            Virtual().run(CallContext(shared, 3600).call(get_result, job_id="j"))
    assert fake_api.calls["get_result"] == 4 + 5


def test_success_refills_the_budget(fake_api: FakeApi) -> None:
    io = VirtualIo(fake_api)
    shared = api_client(io)
    assert isinstance(shared.bucket, Bucket)
    for _ in range(100):
        shared.bucket.take()
    assert not shared.bucket.take()
    for _ in range(5):
        Virtual().run(CallContext(shared, 3600).call(get_result, job_id="j"))
    assert shared.bucket.take()


@pytest.mark.parametrize("job_id", ["", ".", ".."])
def test_an_id_that_names_another_path_is_refused_unsent(fake_api: FakeApi, job_id: str) -> None:
    with pytest.raises(errors.InputError, match="path"):
        Virtual().run(call_context(VirtualIo(fake_api)).call(get_result, job_id=job_id))
    assert fake_api.seen == []


def test_a_patient_client_waits_out_a_limit_for_as_long_as_there_is_time() -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(429)] * 20
    patient = Retry(
        retries=1, initial=1, factor=2, max_delay=8, jitter=0, budget=0, wait_out_429=True
    )
    _, io = call(fake_api, retry=patient)
    assert io.slept == [1, 2, 4, *[8] * 17]


def test_a_patient_client_still_ends_with_the_deadline() -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(429)] * 100
    with pytest.raises(errors.RateLimited) as caught:
        call(fake_api, timeout=30, retry=Retry(initial=7, factor=1, jitter=0, wait_out_429=True))
    assert caught.value.attempts == fake_api.calls["get_result"] == 5


def test_a_limit_does_not_use_up_the_retries_of_other_failures() -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(429), say(503), say(429), say(503), None]
    _, io = call(
        fake_api, retry=Retry(retries=2, initial=1, factor=10, jitter=0, wait_out_429=True)
    )
    assert io.slept == [1, 1, 10, 10]


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
def test_the_request_timeout_includes_the_preferred_wait(preference: str, seconds: float) -> None:
    assert prefer_wait_seconds({"Prefer": preference}) == seconds
