"""Google Speech-to-Text: an operation that is done or not, with an error or a response."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from scripted_api import CALLERS, KEY, ScriptedApi
from scripted_clients import document, now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
NAME = "projects/p/locations/global/operations/7"
SUBMIT = "POST /v1/speech:longrunningrecognize"
POLL = f"GET /v1/operations/{NAME}"
INPUT = {"config": {"languageCode": "en-GB"}, "audio": {"uri": "gs://bucket/a.flac"}}
RUNNING = {"name": NAME, "metadata": {"progressPercent": 40}}
RESPONSE = {"results": [{"alternatives": [{"transcript": "hello", "confidence": 0.5}]}]}
DONE = {"name": NAME, "done": True, "response": RESPONSE}


def google(*polls: Any) -> ScriptedApi:
    return ScriptedApi().on(SUBMIT, {"name": NAME}).on(POLL, *(polls or [RUNNING, DONE]))


def ended_badly(code: int, message: str) -> dict[str, Any]:
    return {"name": NAME, "done": True, "error": {"code": code, "message": message}}


@EVERY_CALLER
def test_an_operation_that_is_done_has_its_response(caller: Any) -> None:
    api, heard = google(), list[Any]()
    found = caller("google_speech", api, "run", **INPUT, on_event=heard.append)
    assert document(found.result) == RESPONSE
    assert (found.job_id, found.state) == (NAME, "succeeded")
    assert [event.progress for event in heard if isinstance(event, Polled)] == [40]
    assert json.loads(api.requests[0].content) == INPUT
    assert {request.headers["Authorization"] for request in api.requests} == {f"Bearer {KEY}"}


@EVERY_CALLER
def test_slashes_of_a_name_stand_in_the_path_as_they_are(caller: Any) -> None:
    api = google()
    caller("google_speech", api, "run", **INPUT)
    assert api.requests[1].url.raw_path.decode() == f"/v1/operations/{NAME}"


@EVERY_CALLER
def test_an_operation_with_an_error_has_failed(caller: Any) -> None:
    api = google(RUNNING, ended_badly(3, "the audio is no FLAC"))
    with pytest.raises(errors.JobFailed, match="the audio is no FLAC") as caught:
        caller("google_speech", api, "run", **INPUT)
    assert caught.value.job_id == NAME


@EVERY_CALLER
def test_an_error_with_the_code_1_is_a_cancellation(caller: Any) -> None:
    with pytest.raises(errors.JobCancelled, match="stopped by an administrator"):
        caller(
            "google_speech", google(ended_badly(1, "stopped by an administrator")), "run", **INPUT
        )


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = google().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        caller("google_speech", api, "run", **INPUT)
    assert api.calls == [SUBMIT]


@EVERY_CALLER
def test_an_operation_cannot_be_cancelled(caller: Any) -> None:
    api = google()

    async def scenario(client: Any) -> None:
        job = await now(client.submit(**INPUT))
        with pytest.raises(errors.InputError, match="no way to cancel"):
            await now(job.cancel())

    play(caller, "google_speech", api, scenario)
    assert api.calls == [SUBMIT]


@EVERY_CALLER
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_refused_poll_with_an_error_in_its_body_is_no_failure_of_the_job(
    caller: Any, status: int
) -> None:
    refused = httpx.Response(status, json={"error": {"code": status, "message": "try again"}})
    api = google(refused, refused, DONE)
    assert document(caller("google_speech", api, "run", **INPUT).result) == RESPONSE


@EVERY_CALLER
def test_a_refused_key_is_no_failure_of_the_job(caller: Any) -> None:
    api = google(httpx.Response(401, json={"error": {"code": 401, "message": "no such key"}}))
    with pytest.raises(errors.AuthenticationError, match="no such key"):
        caller("google_speech", api, "run", **INPUT)
