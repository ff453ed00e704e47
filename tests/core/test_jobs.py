"""Handles: done, wait, result, events, tokens, pickles, in both colours."""

import base64
import json
import pickle
from typing import Any

import anyio
import pytest

from redenlab import AsyncInferenceClient, AsyncJob, InferenceClient, Job, Poll, Retry
from redenlab.core import errors
from redenlab.core.events import Finished, Polled
from service import BASE, KEY, Service, say

FAST = {"poll": Poll(initial=0.001, most=0.001), "retry": Retry(initial=0)}


def blocking(service: Service, **options: Any) -> InferenceClient[Any]:
    return InferenceClient(KEY, BASE, transport=service.transport(), **{**FAST, **options})


def asynchronous(service: Service, **options: Any) -> AsyncInferenceClient[Any]:
    return AsyncInferenceClient(KEY, BASE, transport=service.transport(), **{**FAST, **options})


def test_a_handle_is_there_before_the_job_has_ended(service: Service) -> None:
    job = blocking(service).submit(b"RIFF")
    assert (job.id, job.model_name, job.status) == ("job-1", "intelligibility", "processing")
    assert service.calls["get_result"] == 0
    assert repr(job) == "Job(id='job-1', model='intelligibility', status='processing')"


def test_done_asks_the_service_until_the_end_is_known(service: Service) -> None:
    job = blocking(service).submit(b"RIFF")
    assert [job.done() for _ in range(5)] == [False, False, True, True, True]
    assert service.calls["get_result"] == 3
    assert job.status == "completed"


def test_wait_gives_the_job_back_even_if_it_failed(service: Service) -> None:
    service.ending = {"status": "failed", "error": "no speech"}
    job = blocking(service).submit(b"RIFF")
    assert job.wait() is job
    assert job.status == "failed"
    with pytest.raises(errors.JobFailed, match="no speech"):
        job.result()


def test_the_first_end_that_was_seen_is_the_end(service: Service) -> None:
    job = blocking(service).submit(b"RIFF")
    assert job.result().result.intelligibility_score == 0.85
    calls = service.calls["get_result"]
    service.ending = {"status": "failed"}
    assert job.result().result.intelligibility_score == 0.85
    assert service.calls["get_result"] == calls


def test_events_tell_every_look_and_end(service: Service) -> None:
    job = blocking(service).submit(b"RIFF")
    kinds = [type(event) for event in job.events()]
    assert kinds == [Polled, Polled, Finished]
    assert job.result().status == "completed"


def test_running_out_of_time_hands_the_live_job_back() -> None:
    service = Service(polls=10**6)
    client = blocking(service)
    with pytest.raises(errors.JobTimeout) as caught:
        client.predict(b"RIFF", timeout=0.02)
    job = caught.value.job
    assert isinstance(job, Job)
    assert job.id == "job-1"
    service.polls = 0
    assert job.result().result.intelligibility_score == 0.85
    assert service.started == ["job-1"]


def test_events_end_with_the_live_job_too() -> None:
    job = blocking(Service(polls=10**6)).submit(b"RIFF")
    with pytest.raises(errors.JobTimeout) as caught:
        list(job.events(timeout=0.02))
    assert caught.value.job is job


def test_a_timeout_travels_with_its_job() -> None:
    service = Service(polls=10**6)
    with pytest.raises(errors.JobTimeout) as caught:
        blocking(service).predict(b"RIFF", timeout=0.02)
    data = pickle.dumps(caught.value)
    assert KEY.encode() not in data
    job = pickle.loads(data).job
    with pytest.raises(errors.ConfigurationError, match="attach"):
        job.result()
    service.polls = 0
    assert job.attach(blocking(service)).result().status == "completed"


def test_a_token_finds_the_job_from_another_client(service: Service) -> None:
    job = blocking(service).submit(b"RIFF", model_name="speaker_diarisation_workflow")
    service.result = {"speaker_count": 2}
    found = Job.from_token(job.token, blocking(service))
    assert found.result().result.speaker_count == 2


def test_a_token_is_small_and_holds_no_secret(service: Service) -> None:
    token = blocking(service).submit(b"RIFF").token
    content = json.loads(base64.urlsafe_b64decode(token + "=="))
    assert content == {
        "v": 1,
        "service": "ml",
        "job": "predict",
        "model": "intelligibility",
        "id": "job-1",
    }


def token(**changes: Any) -> str:
    content = {"v": 1, "service": "ml", "job": "predict", "model": None, "id": "j"} | changes
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not a job token"),
        ("hello", "not a job token"),
        ("!!!", "not a job token"),
        ("é", "not a job token"),
        (base64.urlsafe_b64encode(b"[1]").decode(), "not a job token"),
        (base64.urlsafe_b64encode(b"[" * 99999).decode(), "not a job token"),
        (token(v=2), "another version"),
        (token(service="dalston"), "belongs to dalston"),
        (token(job="train"), "belongs to ml"),
        (token(id=""), "damaged"),
        (token(model=3), "damaged"),
    ],
)
def test_a_bad_token_is_an_input_error(service: Service, text: str, problem: str) -> None:
    with pytest.raises(errors.InputError, match=problem):
        Job.from_token(text, blocking(service))
    assert service.seen == []


def test_a_job_is_found_again_by_its_id(service: Service) -> None:
    service.started.append("job-9")
    job = blocking(service).job("job-9")
    assert job.result().job_id == "job-9"


def test_the_async_handle_does_the_same(service: Service) -> None:
    async def main() -> None:
        async with asynchronous(service) as client:
            job = await client.submit(b"RIFF")
            assert isinstance(job, AsyncJob)
            assert not await job.done()
            events = [type(event) async for event in job.events()]
            assert events == [Polled, Finished]
            assert await job.wait() is job
            assert (await job.result()).result.intelligibility_score == 0.85
            again = AsyncJob.from_token(job.token, client)
            assert (await again.result()).job_id == job.id
            assert (await client.job(job.id).result()).job_id == job.id

    anyio.run(main)


def test_the_async_timeout_hands_the_live_job_back() -> None:
    service = Service(polls=10**6)

    async def main() -> None:
        async with asynchronous(service) as client:
            with pytest.raises(errors.JobTimeout) as caught:
                await client.predict(b"RIFF", timeout=0.02)
            assert isinstance(caught.value.job, AsyncJob)
            with pytest.raises(errors.JobTimeout):
                async for _ in caught.value.job.events(timeout=0.02):
                    pass

    anyio.run(main)


def test_the_end_is_told_to_whoever_listens(service: Service) -> None:
    heard: list[Any] = []
    blocking(service).submit(b"RIFF").wait(on_event=heard.append)
    assert isinstance(heard[-1], Finished)
    assert heard[-1].status == "completed"


def test_a_timed_out_submit_still_names_its_job(service: Service) -> None:
    """The answer to the submit is lost and no time is left to look for it."""
    from redenlab.core.testing import Slow
    from redenlab_api.types import Answer

    service.faults["predict"] = [Slow(1, Answer(200, {}, b""))]
    service.faults["get_result"] = [say(503)] * 9
    with pytest.raises(errors.SubmitUncertain) as caught:
        blocking(service, retry=Retry.off()).submit(b"RIFF")
    assert caught.value.job_id == "job-1"
