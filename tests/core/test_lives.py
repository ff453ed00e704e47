"""One workflow, every driver: upload, submit exactly once, wait, result."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from drivers import Driver, Virtual, session
from redenlab.core import errors, submission, vigil
from redenlab.core.asynchronous import AsyncIo
from redenlab.core.events import (
    Attempted,
    Event,
    Finished,
    Polled,
    PollFailed,
    Retrying,
    Submitted,
    Uploaded,
    Uploading,
)
from redenlab.core.network import Route
from redenlab.core.poll import Poll
from redenlab.core.results import Snapshot
from redenlab.core.retry import Retry
from redenlab.core.sources import recording
from redenlab.core.submission import Order
from redenlab.core.testing import Slow, VirtualIo
from redenlab.core.vigil import Vigil
from redenlab_api.ml.jobs import PREDICT, Prediction
from redenlab_api.ml.models import IntelligibilityResult
from redenlab_api.types import Answer
from service import KEY, STORAGE, Lost, Say, Service, say


def order(source: Any, model: str = "intelligibility", **parameters: Any) -> Order:
    return Order(model, parameters, partial(recording, source))


async def wait(watch: Vigil) -> Snapshot[Any]:
    """To the end, as the handles do it."""
    async for event in watch.events():
        watch.session.emit(event)
    return watch.seen()


def predict(
    driver: Driver,
    service: Service,
    source: Any = b"RIFF1234",
    *,
    timeout: float = 3600.0,
    heard: list[Event] | None = None,
    model: str = "intelligibility",
) -> Any:
    """The whole job, as the facades run it."""
    io = driver.io(service)
    emit = (heard if heard is not None else []).append
    call = session(io, timeout=timeout, retry=driver.retry, emit=emit)

    async def workflow() -> Any:
        ticket = await submission.submit(call, PREDICT, order(source, model))
        watch = Vigil(call, PREDICT, ticket.job_id, model, driver.poll)
        return await vigil.result(call, PREDICT, model, await wait(watch))

    return driver.run(workflow())


def test_a_recording_becomes_a_typed_result(driver: Driver, service: Service, wav: Path) -> None:
    found = predict(driver, service, wav)
    assert isinstance(found, Prediction)
    assert found.result == IntelligibilityResult(intelligibility_score=0.85)
    assert found["result"]["intelligibility_score"] == 0.85
    assert list(service.stored.values()) == [wav.read_bytes()]
    assert service.started == ["job-1"]


def test_every_step_is_told_in_order(driver: Driver, service: Service) -> None:
    heard: list[Event] = []
    predict(driver, service, heard=heard)
    steps = [event for event in heard if not isinstance(event, Attempted)]
    kinds = [type(event) for event in steps]
    assert kinds == [Uploading, Uploaded, Submitted, Polled, Polled, Finished]
    assert steps[0] == Uploading(8, 8)
    assert steps[1] == Uploaded("job-1", 8)
    assert steps[2] == Submitted("job-1")


def test_every_request_is_told_with_its_end(driver: Driver, service: Service) -> None:
    heard: list[Event] = []
    service.faults["create_upload_url"] = [say(503, {"error": "busy"}, x_request_id="r-7")]
    predict(driver, service, heard=heard)
    tries = [event for event in heard if isinstance(event, Attempted)]
    assert [(each.operation, each.attempt, each.status) for each in tries] == [
        ("create_upload_url", 1, 503),
        ("create_upload_url", 2, 200),
        ("upload", 1, 200),
        ("predict", 1, 200),
        *[("get_result", 1, 200)] * 3,
    ]
    assert (tries[0].request_id, tries[0].reason) == ("r-7", "the service answered 503: busy")
    assert tries[1].request_id == "req-1"


def test_the_default_schedule_is_5_10_20_40_60_60(service: Service) -> None:
    service.polls = 7
    io = VirtualIo(service)
    watch = Vigil(session(io), PREDICT, "job-1", "intelligibility", PREDICT.poll.schedule)
    service.started.append("job-1")
    Virtual().run(wait(watch))
    assert io.slept == [5, 10, 20, 40, 60, 60, 60]


def test_a_job_that_ends_in_the_last_pause_is_seen_at_the_deadline() -> None:
    """Looks at 0, 5, 15 s; the next would be at 35 s, the deadline is at 34, the end at 33."""
    io: VirtualIo

    def job(_: object) -> Answer:
        status = b"completed" if io.clock >= 33 else b"processing"
        body = b'{"job_id":"j","status":"%s","result":{"intelligibility_score":1}}' % status
        return Answer(200, {}, body)

    io = VirtualIo(job)
    watch = Vigil(session(io, timeout=34), PREDICT, "j", "intelligibility", Poll())
    assert Virtual().run(wait(watch)).state == "succeeded"
    assert io.clock == 34


def test_slow_looks_leave_room_for_the_last_one() -> None:
    """Looks take 2 s each, so the last begins early enough to end by the deadline."""
    answer = Answer(200, {}, b'{"job_id":"j","status":"processing"}')
    io = VirtualIo(lambda _: Slow(2, answer))
    watch = Vigil(session(io, timeout=60), PREDICT, "j", "intelligibility", Poll())
    with pytest.raises(errors.JobTimeout):
        Virtual().run(wait(watch))
    assert 57 <= io.clock <= 60.25


# ---- waiting through trouble


@pytest.mark.parametrize(
    "fault",
    [Lost(acted=True), say(500), say(503), say(429), say(418), Say(200, b"<html>"), Say(200, b"")],
    ids=["reset", "500", "503", "429", "418", "html", "empty"],
)
def test_a_failed_look_does_not_end_the_wait(driver: Driver, service: Service, fault: Any) -> None:
    service.faults["get_result"] = [None] + [fault] * 4
    heard: list[Event] = []
    assert predict(driver, service, heard=heard).result.intelligibility_score == 0.85
    assert any(isinstance(event, PollFailed | Retrying) for event in heard)


@pytest.mark.parametrize(
    ("status", "kind"), [(401, errors.AuthenticationError), (403, errors.PermissionDenied)]
)
def test_a_refused_look_ends_the_wait(
    driver: Driver, service: Service, status: int, kind: type[Exception]
) -> None:
    service.faults["get_result"] = [None, say(status, {"message": "no"})]
    with pytest.raises(kind) as caught:
        predict(driver, service)
    assert caught.value.job_id == "job-1"
    assert service.calls["get_result"] == 2


def test_a_job_may_be_invisible_for_a_while(driver: Driver, service: Service) -> None:
    service.faults["get_result"] = [say(404), say(404)]
    assert predict(driver, service).status == "completed"


def test_a_lasting_404_is_not_found(service: Service) -> None:
    service.faults["get_result"] = [say(404)] * 50
    with pytest.raises(errors.NotFound) as caught:
        predict(Virtual(), service)
    assert caught.value.job_id == "job-1"
    assert service.calls["get_result"] == 4  # at 0, 5, 15 and 35 s: 30 s are granted


def test_an_unknown_status_counts_as_running(driver: Driver, service: Service) -> None:
    heard: list[Event] = []
    service.faults["get_result"] = [say(200, {"job_id": "job-1", "status": "archiving"})]
    assert predict(driver, service, heard=heard).status == "completed"
    assert next(e.status for e in heard if isinstance(e, Polled)) == "archiving"


def test_an_answer_about_another_job_is_thrown_away(driver: Driver, service: Service) -> None:
    wrong = {"job_id": "job-2", "status": "completed", "result": {"intelligibility_score": 0.1}}
    service.faults["get_result"] = [say(200, wrong)]
    heard: list[Event] = []
    assert predict(driver, service, heard=heard).result.intelligibility_score == 0.85
    assert "another job" in next(e.reason for e in heard if isinstance(e, PollFailed))


def test_running_out_of_time_keeps_the_job() -> None:
    service = Service(polls=10**6)
    with pytest.raises(errors.JobTimeout) as caught:
        predict(Virtual(), service, timeout=100)
    assert isinstance(caught.value, TimeoutError)
    assert caught.value.job_id == "job-1"
    assert "processing" in str(caught.value)


def test_a_retry_after_is_the_floor_of_the_next_pause(service: Service) -> None:
    service.faults["get_result"] = [say(429, retry_after="50")]
    io = VirtualIo(service)
    service.started.append("j")
    call = session(io, retry=Retry.off())
    Virtual().run(wait(Vigil(call, PREDICT, "j", "intelligibility", Poll())))
    assert io.slept[0] == 50


def test_a_retry_after_beyond_the_deadline_ends_the_wait_at_once(service: Service) -> None:
    service.faults["get_result"] = [None, say(429, retry_after="500")]
    service.started.append("j")
    io = VirtualIo(service)
    watch = Vigil(session(io, timeout=60), PREDICT, "j", "intelligibility", Poll())
    with pytest.raises(errors.JobTimeout) as caught:
        Virtual().run(wait(watch))
    assert caught.value.retry_after == 500
    assert io.clock == 5


@pytest.mark.parametrize("job_id", ["", ".."])
def test_an_id_that_can_be_none_is_not_waited_for(service: Service, job_id: str) -> None:
    io = VirtualIo(service)
    watch = Vigil(session(io), PREDICT, job_id, "intelligibility", Poll())
    with pytest.raises(errors.InputError):
        Virtual().run(wait(watch))
    assert io.clock == 0


# ---- endings


def test_a_failed_job_says_why(driver: Driver, service: Service) -> None:
    service.ending = {"status": "failed", "error": "no speech"}
    with pytest.raises(errors.JobFailed, match="no speech") as caught:
        predict(driver, service)
    assert (caught.value.job_id, caught.value.code) == ("job-1", "failed")


def test_a_failure_without_a_reason_is_named_so(driver: Driver, service: Service) -> None:
    service.ending = {"status": "failed"}
    with pytest.raises(errors.JobFailed, match="Unknown error"):
        predict(driver, service)


def test_an_unknown_model_gives_the_plain_json(driver: Driver, service: Service) -> None:
    service.result = {"anything": [1, 2]}
    assert predict(driver, service, model="next-year").result == {"anything": [1, 2]}


@pytest.mark.parametrize("result", [None, {}, {"intelligibility_score": "high"}, [1]])
def test_a_result_of_another_shape_is_a_typed_error(service: Service, result: Any) -> None:
    service.result = result
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        predict(Virtual(), service)
    assert caught.value.job_id == "job-1"
    assert "'/" in caught.value.message  # the place in the answer


def test_the_result_of_a_running_job_is_refused(service: Service) -> None:
    seen = Snapshot("j", "processing", "running", None, {})
    with pytest.raises(errors.JobRunning):
        Virtual().run(vigil.result(session(VirtualIo(service)), PREDICT, "intelligibility", seen))


def test_a_cancelled_job_is_named_so(service: Service) -> None:
    seen = Snapshot("j", "stopped", "cancelled", None, {})
    with pytest.raises(errors.JobCancelled):
        Virtual().run(vigil.result(session(VirtualIo(service)), PREDICT, "intelligibility", seen))


# ---- submit: exactly one job


@pytest.mark.parametrize(
    "faults",
    [
        [Lost(acted=True)],
        [Lost(acted=False)],
        [Lost(acted=False), Lost(acted=True)],
        [say(500)],
        [say(502), Lost(acted=True)],
        [say(504)],
        [say(408)],
        [say(429, retry_after="1")],
        [say(409), Lost(acted=True)],
    ],
    ids=str,
)
def test_whatever_happens_to_the_submit_one_job_runs(service: Service, faults: Any) -> None:
    for driver in (Virtual(),):
        service.faults["predict"] = list(faults)
        assert predict(driver, service).status == "completed"
        assert service.started == ["job-1"]


def test_a_lost_submit_is_looked_up_before_it_is_repeated(driver: Driver, service: Service) -> None:
    service.faults["predict"] = [Lost(acted=True)]
    predict(driver, service)
    assert service.calls["predict"] == 1
    assert service.started == ["job-1"]


def test_a_submit_that_never_arrived_is_sent_again(driver: Driver, service: Service) -> None:
    service.faults["predict"] = [Lost(acted=False)]
    predict(driver, service)
    assert service.calls["predict"] == 2
    assert service.started == ["job-1"]


def test_a_service_that_keeps_failing_is_not_asked_for_ever(service: Service) -> None:
    service.faults["predict"] = [say(500)] * 50
    with pytest.raises(errors.ServerError) as caught:
        predict(Virtual(), service)
    assert service.calls["predict"] == 4
    assert caught.value.job_id == "job-1"
    assert service.started == []


def test_uncertainty_is_reported_and_never_resolved_by_guessing(driver: Driver) -> None:
    service = Service()
    service.faults["predict"] = [Lost(acted=True)]
    service.faults["get_result"] = [say(500)] * 50
    with pytest.raises(errors.SubmitUncertain) as caught:
        predict(driver, service)
    assert caught.value.job_id == "job-1"
    assert service.calls["predict"] == 1


def test_a_key_that_dies_while_reconciling_says_so(service: Service) -> None:
    service.faults["predict"] = [Lost(acted=True)]
    service.faults["get_result"] = [say(401)]
    with pytest.raises(errors.AuthenticationError):
        predict(Virtual(), service)


def test_a_deadline_in_mid_submit_leaves_a_job_to_wait_for() -> None:
    service = Service()
    service.faults["predict"] = [Slow(100, Answer(200, {}, b""))]
    with pytest.raises(errors.JobTimeout) as caught:
        predict(Virtual(), service, timeout=20)
    assert caught.value.job_id == "job-1"


def test_an_upload_that_is_not_registered_yet_is_waited_for() -> None:
    service = Service(registered_after=4)
    io = VirtualIo(service)
    Virtual().run(submission.submit(session(io), PREDICT, order(b"RIFF")))
    assert io.slept == [2, 4, 8, 16]
    assert service.started == ["job-1"]


def test_a_409_that_stays_is_a_conflict() -> None:
    service = Service(registered_after=99)
    with pytest.raises(errors.Conflict, match="pending"):
        predict(Virtual(), service)
    assert service.calls["predict"] == 5


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.BadRequest),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDenied),
        (404, errors.NotFound),
        (413, errors.TooLarge),
        (422, errors.BadRequest),
        (501, errors.ServerError),
    ],
)
def test_a_refusal_is_final(driver: Driver, status: int, kind: type[Exception]) -> None:
    service = Service()
    service.faults["create_upload_url"] = [say(status, {"error": "no"})]
    with pytest.raises(kind, match="no"):
        predict(driver, service)
    assert service.calls == {"create_upload_url": 1}


def test_asking_for_a_link_is_repeated_freely(driver: Driver, service: Service) -> None:
    service.faults["create_upload_url"] = [Lost(acted=True), say(503), say(500)]
    assert predict(driver, service).status == "completed"
    assert service.calls["create_upload_url"] == 4


# ---- upload


def test_storage_gets_the_recording_and_nothing_else(driver: Driver, service: Service) -> None:
    predict(driver, service, b"RIFF1234")
    (put,) = [message for message in service.seen if message.method == "PUT"]
    assert put.url.startswith(STORAGE)
    names = {name.title() for name in put.headers} - {"Host"}
    assert names == {"Content-Type", "Content-Length"}
    assert put.headers["Content-Length"] == "8"
    assert KEY not in repr(dict(put.headers))


@pytest.mark.parametrize("fault", [Lost(acted=False), say(500), say(403), say(307, location="x")])
def test_an_upload_is_tried_once(driver: Driver, service: Service, fault: Any) -> None:
    service.faults["put"] = [fault]
    with pytest.raises(errors.UploadError) as caught:
        predict(driver, service)
    assert service.calls["put"] == 1
    assert service.calls["predict"] == 0
    assert caught.value.job_id == "job-1"
    assert "5ecre7" not in str(caught.value)


def test_the_storages_own_word_is_kept(service: Service) -> None:
    body = b"<Error><Code>SignatureDoesNotMatch</Code><Message>?</Message></Error>"
    service.faults["put"] = [Say(403, body, {"x-amz-request-id": "amz-1"})]
    with pytest.raises(errors.UploadError) as caught:
        predict(Virtual(), service)
    error = caught.value
    assert (error.status, error.code, error.request_id) == (403, "SignatureDoesNotMatch", "amz-1")


def test_a_link_that_is_too_old_is_not_used(service: Service) -> None:
    service.expires_in = 3
    with pytest.raises(errors.UploadError, match="expired"):
        predict(Virtual(), service)
    assert service.calls["put"] == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://storage.example.com/x",
        "http://169.254.169.254/latest",
        "https://127.0.0.1/x",
        "https://localhost/x",
        "ftp://storage.example.com/x",
        "file:///etc/passwd",
        "https://user:pw@storage.example.com/x",
        "https://storage.example.com\\@127.0.0.1/x",
        "https://[::1]/x",
        "https://[/x",
        "data:,x",
        "",
    ],
)
def test_a_link_into_the_dark_is_refused(service: Service, url: str) -> None:
    service.upload_url = url
    with pytest.raises(errors.UploadError, match="cannot be trusted"):
        predict(Virtual(), service)
    assert service.calls["put"] == 0


def test_an_upload_that_is_too_slow_is_an_upload_timeout(service: Service) -> None:
    service.faults["put"] = [Slow(99, Answer(200, {}, b""))]
    with pytest.raises(errors.UploadTimeout) as caught:
        predict(Virtual(), service, timeout=50)
    assert isinstance(caught.value, TimeoutError)
    assert service.started == []


def test_a_missing_file_costs_no_request(driver: Driver, service: Service, tmp_path: Path) -> None:
    with pytest.raises(errors.InputError):
        predict(driver, service, tmp_path / "missing.wav")
    assert service.seen == []


# ---- parameters


def test_a_known_model_refuses_parameters_it_does_not_have(service: Service) -> None:
    call = session(VirtualIo(service))
    with pytest.raises(errors.InputError, match="no parameter 'speed'"):
        Virtual().run(submission.submit(call, PREDICT, order(b"RIFF", speed=2)))
    assert service.seen == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (0, "num_speakers is 0, and has to be 1 or more"),
        (11, "num_speakers is 11, and has to be 10"),
    ],
)
def test_a_number_beyond_its_limits_costs_no_upload(
    service: Service, given: int, problem: str
) -> None:
    call = session(VirtualIo(service))
    asked = order(b"RIFF", model="speaker_diarisation_workflow", num_speakers=given)
    with pytest.raises(errors.InputError, match=problem):
        Virtual().run(submission.submit(call, PREDICT, asked))
    assert service.seen == []


@pytest.mark.parametrize("given", [1, 10])
def test_a_limit_is_within(service: Service, given: int) -> None:
    call = session(VirtualIo(service))
    asked = order(b"RIFF", model="speaker_diarisation_workflow", num_speakers=given)
    assert Virtual().run(submission.submit(call, PREDICT, asked)).job_id


# ---- other lives than RedenLab's


def submit(service: Service, job: Any) -> submission.Ticket:
    return Virtual().run(submission.submit(session(VirtualIo(service)), job, order(b"RIFF")))


def test_an_operation_that_must_never_be_repeated_is_uncertain_at_once(service: Service) -> None:
    service.faults["predict"] = [Lost(acted=True)]
    with pytest.raises(errors.SubmitUncertain):
        submit(service, replace(PREDICT, idempotency="never"))
    assert (service.calls["predict"], service.calls["get_result"]) == (1, 0)


def test_an_operation_that_may_always_be_repeated_is_not_looked_up(service: Service) -> None:
    service.faults["predict"] = [Lost(acted=False)]
    assert submit(service, replace(PREDICT, idempotency="always")).job_id == "job-1"
    assert (service.calls["predict"], service.calls["get_result"]) == (2, 0)


def test_without_an_id_before_the_submit_there_is_nothing_to_look_up(service: Service) -> None:
    upload = replace(PREDICT.upload, id=None)
    service.faults["predict"] = [Lost(acted=True)]
    with pytest.raises(errors.SubmitUncertain) as caught:
        submit(service, replace(PREDICT, upload=upload))
    assert caught.value.job_id is None


def test_the_id_of_the_submits_answer_wins(service: Service) -> None:
    service.faults["predict"] = [say(200, {"job_id": "born-now"})]
    assert submit(service, PREDICT).job_id == "born-now"


def test_an_accepted_job_without_any_name_is_an_unexpected_answer(service: Service) -> None:
    upload = replace(PREDICT.upload, id=None)
    job = replace(PREDICT, upload=upload, id="$response.body#/missing")
    with pytest.raises(errors.UnexpectedAnswer, match="without naming it"):
        submit(service, job)


def test_a_job_without_an_upload_is_submitted_right_away(service: Service) -> None:
    job = replace(PREDICT, upload=None)
    nothing_to_send = Order("m", {"job_id": "mine", "file_key": "k"})
    call = session(VirtualIo(service))
    assert Virtual().run(submission.submit(call, job, nothing_to_send)).job_id == "mine"
    assert service.calls == {"predict": 1}


def test_a_body_that_the_spec_does_not_allow_is_refused_unsent(service: Service) -> None:
    given = Order("m", {"job_id": 5})
    with pytest.raises(errors.InputError, match="an integer at '/job_id' where a string was due"):
        Virtual().run(submission.submit(session(VirtualIo(service)), PREDICT, given))
    assert service.seen == []


def test_an_end_of_another_shape_with_the_submit_is_a_typed_error(service: Service) -> None:
    service.faults["predict"] = [say(200, {"job_id": "j", "status": "completed", "result": [1]})]
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        submit(service, replace(PREDICT, inline=frozenset({200})))
    assert caught.value.job_id == "j"


def test_a_job_with_models_needs_one(service: Service) -> None:
    with pytest.raises(errors.InputError, match="no model is named"):
        Virtual().run(submission.submit(session(VirtualIo(service)), PREDICT, Order(None, {})))
    assert service.seen == []


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_cancelled_upload_closes_the_file(wav: Path, backend: str) -> None:
    closed: list[bool] = []

    def opened(*_: Any) -> Any:
        source = recording(wav)
        release = source.close

        def close() -> None:
            closed.append(True)
            release()

        source.close = close  # type: ignore[method-assign]
        return source

    async def never(_: httpx.Request) -> httpx.Response:
        await anyio.sleep_forever()
        raise AssertionError

    async def main() -> None:
        io = AsyncIo(Route(), httpx.MockTransport(never))
        with anyio.move_on_after(0.05):
            order = Order("intelligibility", {}, opened)
            await submission.submit(session(io), PREDICT, order)

    anyio.run(main, backend=backend)
    assert closed == [True]
