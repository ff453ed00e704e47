"""Submit: parameters, and exactly one job whatever happens."""

from typing import Any

import pytest

from drivers import Driver, Virtual, call_context
from engine import predict, request
from fake_api import FakeApi, Lost, say
from job_variants import with_x_job
from redenlab.core import errors
from redenlab.core.events import (
    Attempted,
    Event,
    Finished,
    Polled,
    Submitted,
    Uploaded,
    Uploading,
)
from redenlab.core.jobs import submission
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.spec.grammar import Submit
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.jobs import PREDICT
from virtual_io import Slow, VirtualIo


def test_every_step_is_told_in_order(driver: Driver, fake_api: FakeApi) -> None:
    heard: list[Event] = []
    predict(driver, fake_api, heard=heard)
    steps = [event for event in heard if not isinstance(event, Attempted)]
    kinds = [type(event) for event in steps]
    assert kinds == [Uploading, Uploaded, Submitted, Polled, Polled, Finished]
    assert steps[0] == Uploading(8, 8)
    assert steps[1] == Uploaded("job-1", 8)
    assert steps[2] == Submitted("job-1")


def test_every_request_is_told_with_its_end(driver: Driver, fake_api: FakeApi) -> None:
    heard: list[Event] = []
    fake_api.faults["create_upload_url"] = [say(503, {"error": "busy"}, x_request_id="r-7")]
    predict(driver, fake_api, heard=heard)
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
def test_whatever_happens_to_the_submit_one_job_runs(fake_api: FakeApi, faults: Any) -> None:
    for driver in (Virtual(),):
        fake_api.faults["predict"] = list(faults)
        assert predict(driver, fake_api).status == "completed"
        assert fake_api.started == ["job-1"]


def test_a_lost_submit_is_looked_up_before_it_is_repeated(
    driver: Driver, fake_api: FakeApi
) -> None:
    fake_api.faults["predict"] = [Lost(acted=True)]
    predict(driver, fake_api)
    assert fake_api.calls["predict"] == 1
    assert fake_api.started == ["job-1"]


def test_a_submit_that_never_arrived_is_sent_again(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [Lost(acted=False)]
    predict(driver, fake_api)
    assert fake_api.calls["predict"] == 2
    assert fake_api.started == ["job-1"]


def test_a_service_that_keeps_failing_is_not_asked_for_ever(fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [say(500)] * 50
    with pytest.raises(errors.ServerError) as caught:
        predict(Virtual(), fake_api)
    assert fake_api.calls["predict"] == 4
    assert caught.value.job_id == "job-1"
    assert fake_api.started == []


def test_uncertainty_is_reported_and_never_resolved_by_guessing(driver: Driver) -> None:
    fake_api = FakeApi()
    fake_api.faults["predict"] = [Lost(acted=True)]
    fake_api.faults["get_result"] = [say(500)] * 50
    with pytest.raises(errors.SubmitUncertain) as caught:
        predict(driver, fake_api)
    assert caught.value.job_id == "job-1"
    assert fake_api.calls["predict"] == 1


def test_a_key_that_dies_while_reconciling_says_so(fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [Lost(acted=True)]
    fake_api.faults["get_result"] = [say(401)]
    with pytest.raises(errors.AuthenticationError):
        predict(Virtual(), fake_api)


def test_a_deadline_in_mid_submit_leaves_a_job_to_wait_for() -> None:
    fake_api = FakeApi()
    fake_api.faults["predict"] = [Slow(100, RawResponse(200, {}, b""))]
    with pytest.raises(errors.JobTimeout) as caught:
        predict(Virtual(), fake_api, timeout=20)
    assert caught.value.job_id == "job-1"


def test_an_upload_that_is_not_registered_yet_is_waited_for() -> None:
    fake_api = FakeApi(registered_after=4)
    io = VirtualIo(fake_api)
    Virtual().run(submission.submit(call_context(io), PREDICT, request(b"RIFF")))
    assert io.slept == [2, 4, 8, 16]
    assert fake_api.started == ["job-1"]


def test_a_409_that_stays_is_a_conflict() -> None:
    fake_api = FakeApi(registered_after=99)
    with pytest.raises(errors.Conflict, match="pending"):
        predict(Virtual(), fake_api)
    assert fake_api.calls["predict"] == 5


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
    fake_api = FakeApi()
    fake_api.faults["create_upload_url"] = [say(status, {"error": "no"})]
    with pytest.raises(kind, match="no"):
        predict(driver, fake_api)
    assert fake_api.calls == {"create_upload_url": 1}


def test_a_known_model_refuses_parameters_it_does_not_have(fake_api: FakeApi) -> None:
    call = call_context(VirtualIo(fake_api))
    with pytest.raises(errors.InputError, match="no parameter 'speed'"):
        Virtual().run(submission.submit(call, PREDICT, request(b"RIFF", speed=2)))
    assert fake_api.seen == []


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (0, "num_speakers is 0, and has to be 1 or more"),
        (11, "num_speakers is 11, and has to be 10"),
    ],
)
def test_a_number_beyond_its_limits_costs_no_upload(
    fake_api: FakeApi, given: int, problem: str
) -> None:
    call = call_context(VirtualIo(fake_api))
    asked = request(b"RIFF", model="speaker_diarisation_workflow", num_speakers=given)
    with pytest.raises(errors.InputError, match=problem):
        Virtual().run(submission.submit(call, PREDICT, asked))
    assert fake_api.seen == []


@pytest.mark.parametrize("given", [1, 10])
def test_a_limit_is_within(fake_api: FakeApi, given: int) -> None:
    call = call_context(VirtualIo(fake_api))
    asked = request(b"RIFF", model="speaker_diarisation_workflow", num_speakers=given)
    assert Virtual().run(submission.submit(call, PREDICT, asked)).job_id


def submit(fake_api: FakeApi, job: Any) -> JobRef:
    return Virtual().run(
        submission.submit(call_context(VirtualIo(fake_api)), job, request(b"RIFF"))
    )


def test_an_operation_that_must_never_be_repeated_is_uncertain_at_once(fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [Lost(acted=True)]
    with pytest.raises(errors.SubmitUncertain):
        submit(fake_api, with_x_job(PREDICT, idempotency="never"))
    assert (fake_api.calls["predict"], fake_api.calls["get_result"]) == (1, 0)


def test_an_idempotent_submit_is_repeated_without_a_lookup(fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [Lost(acted=False)]
    assert submit(fake_api, with_x_job(PREDICT, idempotency="always")).job_id == "job-1"
    assert (fake_api.calls["predict"], fake_api.calls["get_result"]) == (2, 0)


def test_without_an_id_before_the_submit_there_is_nothing_to_look_up(fake_api: FakeApi) -> None:
    job = with_x_job(PREDICT, id="$response.body#/job_id")
    fake_api.faults["predict"] = [Lost(acted=True)]
    with pytest.raises(errors.SubmitUncertain) as caught:
        submit(fake_api, job)
    assert caught.value.job_id is None


def test_the_id_of_the_submit_response_wins(fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [say(200, {"job_id": "born-now"})]
    assert submit(fake_api, PREDICT).job_id == "born-now"


def test_an_accepted_job_without_an_id_is_uncertain(fake_api: FakeApi) -> None:
    job = with_x_job(PREDICT, id="$response.body#/missing")
    with pytest.raises(errors.SubmitUncertain, match="without naming the job") as caught:
        submit(fake_api, job)
    assert caught.value.status == 200
    assert caught.value.asset is not None


def test_a_job_without_an_upload_is_submitted_right_away(fake_api: FakeApi) -> None:
    job = with_x_job(PREDICT, upload=(), submit=Submit())
    nothing_to_send = JobRequest("m", {"job_id": "mine", "file_key": "k"})
    call = call_context(VirtualIo(fake_api))
    assert Virtual().run(submission.submit(call, job, nothing_to_send)).job_id == "mine"
    assert fake_api.calls == {"predict": 1}


def test_a_body_that_the_spec_does_not_allow_is_refused_unsent(fake_api: FakeApi) -> None:
    given = JobRequest("m", {"job_id": 5})
    with pytest.raises(
        errors.InputError, match="an integer at '/job_id' where a string was expected"
    ):
        Virtual().run(submission.submit(call_context(VirtualIo(fake_api)), PREDICT, given))
    assert fake_api.seen == []


def test_an_end_with_the_submit_is_kept_though_a_field_is_not_as_documented(
    fake_api: FakeApi,
) -> None:
    fake_api.faults["predict"] = [say(200, {"job_id": "j", "status": "completed", "result": [1]})]
    inline = PREDICT.x_job.submit.replace(inline="$statusCode == 200")
    ref = submit(fake_api, with_x_job(PREDICT, submit=inline))
    assert ref.end is not None
    assert ref.end["result"] == [1]
    assert "/result" in ref.end.notes[0]


def test_a_job_with_models_needs_one(fake_api: FakeApi) -> None:
    with pytest.raises(errors.InputError, match="no model is named"):
        Virtual().run(
            submission.submit(call_context(VirtualIo(fake_api)), PREDICT, JobRequest(None, {}))
        )
    assert fake_api.seen == []
