"""Whether a model is ready, and how it is woken."""

import io
import json
import wave
from typing import Any

import pytest

from drivers import call_context, in_virtual_time
from fake_api import BASE, KEY, FakeApi, Say, say
from job_variants import with_x_job
from redenlab import InferenceClient, InputError, JobTimeout, NotFound, Poll, Retry, ServerError
from redenlab.core.errors import NetworkError
from redenlab.core.jobs.health import Health, health, silence
from redenlab.core.transport.io import OutgoingRequest, run
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.jobs import PREDICT
from virtual_io import Slow, VirtualIo


def client(fake_api: FakeApi) -> InferenceClient[Any]:
    fast: dict[str, Any] = {"poll": Poll(initial=0.001, max_interval=0.001), "retry": Retry.off()}
    return InferenceClient(KEY, BASE, transport=fake_api.transport(), **fast)


@pytest.mark.parametrize(
    ("body", "ready", "warming"),
    [
        ({"status": "ready", "ready": True}, True, False),
        ({"status": "healthy", "ready": True}, True, False),
        ({"status": "warming_up", "ready": False}, False, True),
        ({"status": "cold", "ready": False}, False, True),
        ({"status": "unhealthy", "ready": False}, False, False),
        ({"status": "newer word", "ready": False}, False, False),
        ({"status": "ready"}, True, False),
        ({}, True, False),
    ],
)
def test_health_is_what_the_service_says(body: Any, ready: bool, warming: bool) -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(200, body)]
    found = client(fake_api).health("whisperx")
    assert (found.status, found.ready, found.warming) == (body.get("status", ""), ready, warming)
    assert fake_api.seen[0].url == f"{BASE}/whisperx/health"


def test_a_200_that_is_no_json_is_a_backend_that_is_up() -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [Say(200, b"<html>OK</html>")]
    assert client(fake_api).health().ready


@pytest.mark.parametrize(("status", "kind"), [(404, NotFound), (503, ServerError)])
def test_a_refusal_is_no_health(status: int, kind: type[Exception]) -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(status, {"error": "no"})]
    with pytest.raises(kind):
        client(fake_api).health()


def test_a_slow_response_counts_as_warming_and_may_take_a_minute() -> None:
    def slow(_: OutgoingRequest) -> Slow:
        return Slow(59.0, RawResponse(200, {}, b'{"status": "ready", "ready": true}'))

    found = run(health(call_context(VirtualIo(slow), timeout=100), PREDICT, "whisperx"))
    assert found == Health("ready", True, 59.0)
    assert found.warming


def test_a_response_that_takes_longer_is_given_up() -> None:
    def slow(_: OutgoingRequest) -> Slow:
        return Slow(61.0, RawResponse(200, {}, b"{}"))

    io_ = VirtualIo(slow)
    with pytest.raises(NetworkError):
        run(health(call_context(io_, timeout=60, retry=Retry.off()), PREDICT, "whisperx"))
    assert io_.clock == 60


def test_a_service_without_health_says_so() -> None:

    with pytest.raises(InputError, match="does not report"):
        run(health(call_context(VirtualIo(FakeApi())), with_x_job(PREDICT, health=None), "m"))


def test_warming_up_runs_a_job_on_a_second_of_silence() -> None:
    fake_api = FakeApi(polls=1)
    assert client(fake_api).warm_up() >= 0
    (stored,) = fake_api.stored.values()
    with wave.open(io.BytesIO(stored)) as sound:
        assert (sound.getframerate(), sound.getnchannels()) == (16000, 1)
        assert sound.getnframes() == 16000
        assert not any(sound.readframes(16000))
    assert stored == silence()
    assert fake_api.started == ["job-1"]


def test_a_job_that_fails_on_silence_has_woken_the_model() -> None:
    fake_api = FakeApi(polls=0)
    fake_api.ending = {"status": "failed", "error": "no speech"}
    assert client(fake_api).warm_up("intelligibility") >= 0


def test_a_model_that_needs_a_parameter_is_given_it() -> None:
    fake_api = FakeApi(polls=0)
    fake_api.result = {"transcript": ""}
    client(fake_api).warm_up("transcribe", parameters={"language_code": "en-US"})
    body = json.loads(next(m.content for m in fake_api.seen if m.url.endswith("/predict")))
    assert (body["language_code"], body["max_speaker_count"]) == ("en-US", 10)


def test_a_model_that_still_warms_hands_out_its_job() -> None:
    fake_api = FakeApi(polls=10**9)
    with pytest.raises(JobTimeout) as caught:
        in_virtual_time(InferenceClient, fake_api).warm_up()
    assert caught.value.job.id == "job-1"
