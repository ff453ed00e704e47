"""Handles: done, wait, result, events, tokens, pickles, sync and async."""

import base64
import json
import pickle
from typing import Any

import anyio
import pytest

from drivers import in_virtual_time
from fake_api import BASE, KEY, FakeApi, say
from redenlab import AsyncInferenceClient, AsyncJob, InferenceClient, Job, Poll, Retry
from redenlab.core import errors
from redenlab.core.events import Finished, Polled

FAST = {"poll": Poll(initial=0.001, max_interval=0.001), "retry": Retry(initial=0)}


def blocking(fake_api: FakeApi, **options: Any) -> InferenceClient[Any]:
    return InferenceClient(KEY, BASE, transport=fake_api.transport(), **{**FAST, **options})


def asynchronous(fake_api: FakeApi, **options: Any) -> AsyncInferenceClient[Any]:
    return AsyncInferenceClient(KEY, BASE, transport=fake_api.transport(), **{**FAST, **options})


def test_a_handle_is_there_before_the_job_has_ended(fake_api: FakeApi) -> None:
    job = blocking(fake_api).submit(b"RIFF")
    assert (job.id, job.model_name, job.status) == ("job-1", "intelligibility", "processing")
    assert fake_api.calls["get_result"] == 0
    assert repr(job) == "Job(id='job-1', model='intelligibility', status='processing')"


def test_done_asks_the_service_until_the_end_is_known(fake_api: FakeApi) -> None:
    job = blocking(fake_api).submit(b"RIFF")
    assert [job.done() for _ in range(5)] == [False, False, True, True, True]
    assert fake_api.calls["get_result"] == 3
    assert job.status == "completed"


def test_wait_gives_the_job_back_even_if_it_failed(fake_api: FakeApi) -> None:
    fake_api.ending = {"status": "failed", "error": "no speech"}
    job = blocking(fake_api).submit(b"RIFF")
    assert job.wait() is job
    assert job.status == "failed"
    with pytest.raises(errors.JobFailed, match="no speech"):
        job.result()


def test_the_first_end_that_was_seen_is_the_end(fake_api: FakeApi) -> None:
    job = blocking(fake_api).submit(b"RIFF")
    assert job.result().result.intelligibility_score == 0.85
    calls = fake_api.calls["get_result"]
    fake_api.ending = {"status": "failed"}
    assert job.result().result.intelligibility_score == 0.85
    assert fake_api.calls["get_result"] == calls


def test_events_include_every_poll_and_the_end(fake_api: FakeApi) -> None:
    job = blocking(fake_api).submit(b"RIFF")
    kinds = [type(event) for event in job.events()]
    assert kinds == [Polled, Polled, Finished]
    assert job.result().status == "completed"


def test_running_out_of_time_hands_the_live_job_back() -> None:
    fake_api = FakeApi(polls=10**6)
    client = in_virtual_time(InferenceClient, fake_api)
    with pytest.raises(errors.JobTimeout) as caught:
        client.predict(b"RIFF")
    job = caught.value.job
    assert isinstance(job, Job)
    assert job.id == "job-1"
    fake_api.polls = 0
    assert job.result().result.intelligibility_score == 0.85
    assert fake_api.started == ["job-1"]


def test_events_end_with_the_live_job_too() -> None:
    job = in_virtual_time(InferenceClient, FakeApi(polls=10**6)).submit(b"RIFF")
    with pytest.raises(errors.JobTimeout) as caught:
        list(job.events(timeout=60))
    assert caught.value.job is job


def test_a_timeout_travels_with_its_job() -> None:
    fake_api = FakeApi(polls=10**6)
    with pytest.raises(errors.JobTimeout) as caught:
        in_virtual_time(InferenceClient, fake_api).predict(b"RIFF")
    data = pickle.dumps(caught.value)
    assert KEY.encode() not in data
    job = pickle.loads(data).job
    with pytest.raises(errors.ConfigurationError, match="attach"):
        job.result()
    fake_api.polls = 0
    assert job.attach(blocking(fake_api)).result().status == "completed"


def test_a_token_finds_the_job_from_another_client(fake_api: FakeApi) -> None:
    job = blocking(fake_api).submit(b"RIFF", model_name="speaker_diarisation_workflow")
    fake_api.result = {"speaker_count": 2}
    found = Job.from_resume_token(job.resume_token, blocking(fake_api))
    assert found.result().result.speaker_count == 2


def test_a_token_is_small_and_holds_no_secret(fake_api: FakeApi) -> None:
    token = blocking(fake_api).submit(b"RIFF").resume_token
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
        ("", "not a resume token"),
        ("hello", "not a resume token"),
        ("!!!", "not a resume token"),
        ("é", "not a resume token"),
        (base64.urlsafe_b64encode(b"[1]").decode(), "not a resume token"),
        (base64.urlsafe_b64encode(b"[" * 99999).decode(), "not a resume token"),
        (token(v=2), "another version"),
        (token(service="dalston"), "belongs to dalston"),
        (token(job="train"), "belongs to ml"),
        (token(id=""), "damaged"),
        (token(model=3), "damaged"),
    ],
)
def test_a_bad_token_is_an_input_error(fake_api: FakeApi, text: str, problem: str) -> None:
    with pytest.raises(errors.InputError, match=problem):
        Job.from_resume_token(text, blocking(fake_api))
    assert fake_api.seen == []


def test_a_job_is_found_again_by_its_id(fake_api: FakeApi) -> None:
    fake_api.started.append("job-9")
    job = blocking(fake_api).job("job-9")
    assert job.result().job_id == "job-9"


def test_the_async_handle_does_the_same(fake_api: FakeApi) -> None:
    async def main() -> None:
        async with asynchronous(fake_api) as client:
            job = await client.submit(b"RIFF")
            assert isinstance(job, AsyncJob)
            assert not await job.done()
            events = [type(event) async for event in job.events()]
            assert events == [Polled, Finished]
            assert await job.wait() is job
            assert (await job.result()).result.intelligibility_score == 0.85
            again = AsyncJob.from_resume_token(job.resume_token, client)
            assert (await again.result()).job_id == job.id
            assert (await client.job(job.id).result()).job_id == job.id

    anyio.run(main)


def test_the_async_timeout_hands_the_live_job_back() -> None:
    fake_api = FakeApi(polls=10**6)

    async def main() -> None:
        client = in_virtual_time(AsyncInferenceClient, fake_api)
        with pytest.raises(errors.JobTimeout) as caught:
            await client.predict(b"RIFF")
        assert isinstance(caught.value.job, AsyncJob)
        with pytest.raises(errors.JobTimeout):
            async for _ in caught.value.job.events(timeout=60):
                pass

    anyio.run(main)


def test_listeners_are_notified_of_the_end(fake_api: FakeApi) -> None:
    heard: list[Any] = []
    blocking(fake_api).submit(b"RIFF").wait(on_event=heard.append)
    assert isinstance(heard[-1], Finished)
    assert heard[-1].status == "completed"


def test_a_timed_out_submit_still_names_its_job(fake_api: FakeApi) -> None:
    """The response to the submit is lost and no time is left to look for it."""
    from redenlab.lowlevel.types import RawResponse
    from virtual_io import Slow

    fake_api.faults["predict"] = [Slow(1, RawResponse(200, {}, b""))]
    fake_api.faults["get_result"] = [say(503)] * 9
    with pytest.raises(errors.SubmitUncertain) as caught:
        blocking(fake_api, retry=Retry.off()).submit(b"RIFF")
    assert caught.value.job_id == "job-1"
