"""Waiting for a job: the schedule, failed polls, the deadline."""

from typing import Any

import pytest

from drivers import Driver, Virtual, call_context
from engine import predict
from fake_api import FakeApi, Lost, Say, say
from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.retry import Retry
from redenlab.core.events import (
    Event,
    Polled,
    PollFailed,
    Retrying,
)
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.polling import JobPoller
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.jobs import PREDICT
from virtual_io import Slow, VirtualIo


def poller_of(call: CallContext, job_id: str = "j") -> JobPoller:
    return JobPoller(call, PREDICT, JobRef(job_id, "intelligibility"))


def test_the_default_schedule_is_5_10_20_40_60_60(fake_api: FakeApi) -> None:
    fake_api.polls = 7
    io = VirtualIo(fake_api)
    poller = poller_of(call_context(io), "job-1")
    fake_api.started.append("job-1")
    Virtual().run(poller.finished())
    assert io.slept == [5, 10, 20, 40, 60, 60, 60]


def test_a_job_that_ends_in_the_last_pause_is_seen_at_the_deadline() -> None:
    """Polls at 0, 5, 15 s; the next would be at 35 s, the deadline is at 34, the end at 33."""
    io: VirtualIo

    def job(_: object) -> RawResponse:
        status = b"completed" if io.clock >= 33 else b"processing"
        body = b'{"job_id":"j","status":"%s","result":{"intelligibility_score":1}}' % status
        return RawResponse(200, {}, body)

    io = VirtualIo(job)
    poller = poller_of(call_context(io, timeout=34))
    assert Virtual().run(poller.finished()).state == "succeeded"
    assert io.clock == 34


def test_slow_polls_leave_time_for_the_last_one() -> None:
    """Polls take 2 s each, so the last begins early enough to end by the deadline."""
    response = RawResponse(200, {}, b'{"job_id":"j","status":"processing"}')
    io = VirtualIo(lambda _: Slow(2, response))
    poller = poller_of(call_context(io, timeout=60))
    with pytest.raises(errors.JobTimeout):
        Virtual().run(poller.finished())
    assert 57 <= io.clock <= 60.25


@pytest.mark.parametrize(
    "fault",
    [Lost(acted=True), say(500), say(503), say(429), say(418), Say(200, b"<html>"), Say(200, b"")],
    ids=["reset", "500", "503", "429", "418", "html", "empty"],
)
def test_a_failed_poll_does_not_end_the_wait(driver: Driver, fake_api: FakeApi, fault: Any) -> None:
    fake_api.faults["get_result"] = [None] + [fault] * 4
    heard: list[Event] = []
    assert predict(driver, fake_api, heard=heard).result.intelligibility_score == 0.85
    assert any(isinstance(event, PollFailed | Retrying) for event in heard)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.AuthenticationError), (403, errors.PermissionDenied)]
)
def test_a_refused_poll_ends_the_wait(
    driver: Driver, fake_api: FakeApi, status: int, kind: type[Exception]
) -> None:
    fake_api.faults["get_result"] = [None, say(status, {"message": "no"})]
    with pytest.raises(kind) as caught:
        predict(driver, fake_api)
    assert caught.value.job_id == "job-1"
    assert fake_api.calls["get_result"] == 2


def test_a_job_may_be_invisible_for_a_while(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(404), say(404)]
    assert predict(driver, fake_api).status == "completed"


def test_a_lasting_404_is_not_found(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(404)] * 50
    with pytest.raises(errors.NotFound) as caught:
        predict(Virtual(), fake_api)
    assert caught.value.job_id == "job-1"
    assert fake_api.calls["get_result"] == 4  # at 0, 5, 15 and 35 s: 30 s are granted


def test_an_unknown_status_counts_as_running(driver: Driver, fake_api: FakeApi) -> None:
    heard: list[Event] = []
    fake_api.faults["get_result"] = [say(200, {"job_id": "job-1", "status": "archiving"})]
    assert predict(driver, fake_api, heard=heard).status == "completed"
    assert next(e.status for e in heard if isinstance(e, Polled)) == "archiving"


def test_a_response_about_another_job_is_discarded(driver: Driver, fake_api: FakeApi) -> None:
    wrong = {"job_id": "job-2", "status": "completed", "result": {"intelligibility_score": 0.1}}
    fake_api.faults["get_result"] = [say(200, wrong)]
    heard: list[Event] = []
    assert predict(driver, fake_api, heard=heard).result.intelligibility_score == 0.85
    assert "another job" in next(e.reason for e in heard if isinstance(e, PollFailed))


def test_running_out_of_time_keeps_the_job() -> None:
    fake_api = FakeApi(polls=10**6)
    with pytest.raises(errors.JobTimeout) as caught:
        predict(Virtual(), fake_api, timeout=100)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.job_id == "job-1"
    assert "processing" in str(caught.value)


def test_a_retry_after_is_the_floor_of_the_next_pause(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(429, retry_after="50")]
    io = VirtualIo(fake_api)
    fake_api.started.append("j")
    call = call_context(io, retry=Retry.off())
    Virtual().run(poller_of(call).finished())
    assert io.slept[0] == 50


def test_a_retry_after_beyond_the_deadline_ends_the_wait_at_once(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [None, say(429, retry_after="500")]
    fake_api.started.append("j")
    io = VirtualIo(fake_api)
    poller = poller_of(call_context(io, timeout=60))
    with pytest.raises(errors.JobTimeout) as caught:
        Virtual().run(poller.finished())
    assert caught.value.retry_after == 500
    assert io.clock == 5


@pytest.mark.parametrize("job_id", ["", ".."])
def test_an_id_that_can_be_none_is_not_waited_for(fake_api: FakeApi, job_id: str) -> None:
    io = VirtualIo(fake_api)
    poller = poller_of(call_context(io), job_id)
    with pytest.raises(errors.InputError):
        Virtual().run(poller.finished())
    assert io.clock == 0
