"""ElevenLabs dubbing: a sound file for the language that the submit named."""

from typing import Any

import httpx
import pytest

from lifecycle_values import awaited, sent
from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi

SUBMIT, JOB = "POST /v1/dubbing", "/v1/dubbing/d1"
AUDIO = f"GET {JOB}/audio/de"
SOUND = httpx.Response(200, headers={"Content-Type": "audio/mpeg"}, content=b"ID3")


def dubbing(status: str, **more: Any) -> dict[str, Any]:
    return {"dubbing_id": "d1", "name": "a", "status": status, "target_languages": ["de"], **more}


def elevenlabs(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, {"dubbing_id": "d1", "expected_duration_sec": 9.5})
    return api.on(f"GET {JOB}", *polls).on(AUDIO, SOUND).on(f"DELETE {JOB}", {"status": "ok"})


def run(caller: Any, api: ScriptedApi, act: str = "run", **more: Any) -> Any:
    return caller("elevenlabs_dubbing", api, act, b"RIFF", target_lang="de", **more)


@pytest.mark.parametrize("caller", CALLERS)
def test_the_sound_in_the_language_of_the_submit_is_fetched_when_wanted(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbing"), dubbing("dubbed"))
    found = run(caller, api, num_speakers=2, filename="a.wav")
    assert AUDIO not in api.calls
    assert awaited(found.result.read) == b"ID3"
    assert api.calls == [SUBMIT, f"GET {JOB}", f"GET {JOB}", AUDIO]
    assert {request.headers["xi-api-key"] for request in api.requests} == {KEY}
    body = sent(api, SUBMIT).content
    assert b'name="file"; filename="a.wav"' in body
    assert body.count(b"RIFF") == 1
    assert b'name="target_lang"\r\n\r\nde\r\n' in body
    assert b'name="num_speakers"\r\n\r\n2\r\n' in body


@pytest.mark.parametrize("caller", CALLERS)
def test_the_url_of_a_recording_takes_its_place(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbed"))
    url = "https://example.com/a.mp4"
    caller("elevenlabs_dubbing", api, "run", source_url=url, target_lang="de")
    body = sent(api, SUBMIT).content
    assert url.encode() in body
    assert b'name="file"' not in body


@pytest.mark.parametrize("caller", CALLERS)
def test_a_sound_that_is_not_ready_yet_is_requested_again(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbed")).on(AUDIO, httpx.Response(425), SOUND)
    found = run(caller, api)
    assert awaited(found.result.read) == b"ID3"
    assert api.calls.count(AUDIO) == 2


@pytest.mark.parametrize("caller", CALLERS)
def test_a_resume_token_carries_the_language(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbed"))
    job = run(caller, api, "submit")
    again = type(job).from_resume_token(job.resume_token, job._client)
    assert awaited(awaited(again.result).result.read) == b"ID3"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_failure_has_the_text_of_the_service(caller: Any) -> None:
    with pytest.raises(errors.JobFailed, match="no speech was found") as caught:
        run(caller, elevenlabs(dubbing("failed", error="no speech was found")))
    assert caught.value.job_id == "d1"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_dubbing_can_be_deleted_but_not_cancelled(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbing"))
    job = run(caller, api, "submit")
    with pytest.raises(errors.InputError, match="no way to cancel"):
        awaited(job.cancel)
    assert awaited(job.delete) is job
    assert api.calls == [SUBMIT, f"DELETE {JOB}"]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_dubbing_that_someone_deleted_is_gone(caller: Any) -> None:
    missing = httpx.Response(404, json={"detail": {"status": "dubbing_not_found"}})
    with pytest.raises(errors.JobGone) as caught:
        run(caller, elevenlabs(dubbing("dubbing"), missing))
    assert caught.value.job_id == "d1"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_lost_submit_is_uncertain_and_not_sent_again(caller: Any) -> None:
    api = elevenlabs(dubbing("dubbed")).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]
