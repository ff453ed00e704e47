"""fal: the service sends the URLs; one word for good and bad ends; files go to a CDN."""

import json
from typing import Any

import httpx
import pytest

from lifecycle_values import awaited, is_typed, keyless, plain, sent
from redenlab.core import errors
from scripted_api import BASE, CALLERS, KEY, ScriptedApi

SUBMIT = "POST /fal-ai/flux/dev"
JOB = "/fal-ai/flux/requests/r1"
STATUS, RESPONSE, CANCEL = f"{JOB}/status", JOB, f"{JOB}/cancel"
QUEUED = {
    "request_id": "r1",
    "status_url": f"{BASE}{STATUS}",
    "response_url": f"{BASE}{RESPONSE}",
    "cancel_url": f"{BASE}{CANCEL}",
}
PICTURES = {"images": [{"url": "https://cdn.example.com/cat.png", "width": 8}], "seed": 1}


def fal(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, {**QUEUED, "queue_position": 3})
    api.on(f"GET {STATUS}", *polls)
    return api.on(f"GET {RESPONSE}", PICTURES).on(f"PUT {CANCEL}", httpx.Response(202))


def run(caller: Any, api: ScriptedApi, act: str = "run", **more: Any) -> Any:
    return caller("fal", api, act, model_name="dev", prompt="a cat", **more)


@pytest.mark.parametrize("caller", CALLERS)
def test_a_job_is_followed_by_the_urls_that_the_service_sent(caller: Any) -> None:
    waiting = {"status": "IN_QUEUE", "queue_position": 3, "logs": None}
    api = fal(waiting, {"status": "IN_PROGRESS"}, {"status": "COMPLETED"})
    heard: list[Any] = []
    found = run(caller, api, fal_webhook="https://example.com/hook", on_event=heard.append)
    assert plain(found.result) == PICTURES
    assert is_typed(caller) is (type(found.result) is not dict)
    assert str(found.files["/images/0/url"]) == "https://cdn.example.com/cat.png"
    submit = sent(api, SUBMIT)
    assert str(submit.url) == f"{BASE}/fal-ai/flux/dev?fal_webhook=https%3A%2F%2Fexample.com%2Fhook"
    assert json.loads(submit.content) == {"prompt": "a cat"}
    assert {request.headers["Authorization"] for request in api.requests} == {f"Key {KEY}"}
    polls = [request for request in api.requests if request.url.path == STATUS]
    assert [request.url.params["logs"] for request in polls] == ["1", "1", "1"]
    assert api.calls[-1] == f"GET {RESPONSE}"
    progress = [event.progress for event in heard if event.kind == "polled"]
    assert progress[0] == {"position": 3}


@pytest.mark.parametrize("caller", CALLERS)
def test_a_stream_of_events_is_listened_to_instead_of_pausing(caller: Any) -> None:
    events = b'data: {"status": "IN_PROGRESS"}\n\ndata: {"status": "COMPLETED"}\n\n'
    api = fal({"status": "IN_QUEUE"}, {"status": "COMPLETED"})
    api.on(
        f"GET {STATUS}/stream",
        httpx.Response(200, headers={"Content-Type": "text/event-stream"}, content=events),
    )
    heard: list[Any] = []
    run(caller, api, on_event=heard.append)
    statuses = [event.status for event in heard if event.kind in {"polled", "finished"}]
    assert statuses == ["IN_QUEUE", "IN_PROGRESS", "COMPLETED"]
    assert api.calls.count(f"GET {STATUS}") == 2


@pytest.mark.parametrize("caller", CALLERS)
def test_a_file_of_the_input_goes_to_the_cdn_with_a_token_of_its_own(caller: Any) -> None:
    api = fal({"status": "COMPLETED"})
    token = {"token": "short-lived", "base_url": "https://cdn.example.com"}
    api.on("POST /storage/auth/token", token)
    api.on("POST /files/upload", {"access_url": "https://cdn.example.com/in.png"})
    run(caller, api, image_url=b"\x89PNG")
    upload = sent(api, "POST /files/upload")
    assert upload.url.host == "cdn.example.com"
    assert upload.headers["Authorization"] == "Bearer short-lived"
    assert upload.content == b"\x89PNG"
    assert keyless(upload)
    body = json.loads(sent(api, SUBMIT).content)
    assert body == {"prompt": "a cat", "image_url": "https://cdn.example.com/in.png"}


@pytest.mark.parametrize("caller", CALLERS)
def test_a_completed_job_with_an_error_has_failed(caller: Any) -> None:
    failed = {"status": "COMPLETED", "error": "out of memory", "error_type": "runner_server_error"}
    api = fal(failed)
    with pytest.raises(errors.JobFailed, match="out of memory") as caught:
        run(caller, api)
    assert caught.value.job_id == "r1"
    assert f"GET {RESPONSE}" not in api.calls


@pytest.mark.parametrize("caller", CALLERS)
def test_a_job_is_cancelled_by_the_url_that_the_service_sent(caller: Any) -> None:
    api = fal({"status": "IN_QUEUE"})
    job = run(caller, api, "submit")
    assert awaited(job.cancel) is job
    cancel = sent(api, f"PUT {CANCEL}")
    assert cancel.headers["Authorization"] == f"Key {KEY}"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_job_that_someone_cancelled_ends_as_cancelled(caller: Any) -> None:
    cancelled = {"status": "COMPLETED", "error": "cancelled", "error_type": "client_cancelled"}
    with pytest.raises(errors.JobCancelled, match="cancelled"):
        run(caller, fal(cancelled))


@pytest.mark.parametrize("caller", CALLERS)
def test_a_lost_submit_is_uncertain_and_not_sent_again(caller: Any) -> None:
    api = fal({"status": "COMPLETED"}).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("name", ["status_url", "response_url"])
def test_a_url_on_another_origin_is_not_sent_the_key(caller: Any, name: str) -> None:
    api = fal({"status": "COMPLETED"})
    api.on(SUBMIT, {**QUEUED, name: "https://elsewhere.example.net/x"})
    with pytest.raises(errors.APIError, match="not the API's own origin"):
        run(caller, api)
    assert {request.url.host for request in api.requests} == {"api.example.com"}
