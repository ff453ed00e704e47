"""Runway: files as a presigned form, a list of links, and a version with every request."""

import json
from typing import Any

import httpx
import pytest

from lifecycle_values import awaited, is_typed, keyless, named, plain, sent
from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi

SUBMIT, TASK = "POST /v1/image_to_video", "/v1/tasks/t1"
LINKS = ["https://media.example.com/a.mp4?_jwt=1", "https://media.example.com/b.mp4?_jwt=2"]
NAMES = {"promptImage": "prompt_image", "promptText": "prompt_text"}
IMAGE = "https://example.com/cat.png"


def task(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "t1", "status": status, **more}


def runway(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, {"id": "t1"}).on(f"GET {TASK}", *polls)
    return api.on(f"DELETE {TASK}", httpx.Response(204))


def run(caller: Any, api: ScriptedApi, act: str = "run", image: Any = IMAGE, **more: Any) -> Any:
    given = {"promptImage": image, "promptText": "it purrs", "ratio": "1280:720"}
    return caller(
        "runway", api, act, model_name="gen4_turbo", **named(caller, NAMES, given), **more
    )


@pytest.mark.parametrize("caller", CALLERS)
def test_the_result_is_a_list_of_links_that_are_read_without_the_key(caller: Any) -> None:
    api = runway(
        task("PENDING"), task("THROTTLED"), task("RUNNING", progress=0.5),
        task("SUCCEEDED", output=LINKS),
    )  # fmt: skip
    api.on("GET /b.mp4", httpx.Response(200, content=b"film"))
    heard: list[Any] = []
    found = run(caller, api, on_event=heard.append)
    assert plain(found.result) == {"output": LINKS}
    assert is_typed(caller) is (type(found.result) is not dict)
    assert [str(found.files[f"/output/{number}"]) for number in (0, 1)] == LINKS
    assert awaited(found.files["/output/1"].read) == b"film"
    assert keyless(api.requests[-1])
    assert json.loads(sent(api, SUBMIT).content) == {
        "model": "gen4_turbo",
        "promptImage": IMAGE,
        "promptText": "it purrs",
        "ratio": "1280:720",
    }
    progress = [event.progress for event in heard if event.kind == "polled"]
    assert progress == [None, None, 0.5]


@pytest.mark.parametrize("caller", CALLERS)
def test_every_request_to_the_api_has_the_key_and_the_version(caller: Any) -> None:
    api = runway(task("SUCCEEDED", output=LINKS))
    run(caller, api)
    headers = [
        (request.headers["Authorization"], request.headers["X-Runway-Version"])
        for request in api.requests
    ]
    assert headers == [(f"Bearer {KEY}", "2024-11-06")] * 2


@pytest.mark.parametrize("caller", CALLERS)
def test_a_file_of_the_input_goes_to_storage_as_a_presigned_form(caller: Any) -> None:
    api = runway(task("SUCCEEDED", output=LINKS))
    signed = {"key": "k/1", "policy": "p", "x-amz-signature": "s"}
    upload = {"uploadUrl": "https://storage.example.com/bucket", "fields": signed}
    api.on("POST /v1/uploads", {**upload, "uri": "runway://1"})
    api.on("POST /bucket", httpx.Response(204))
    run(caller, api, image=b"\x89PNG")
    assert json.loads(sent(api, "POST /v1/uploads").content)["type"] == "ephemeral"
    form = sent(api, "POST /bucket")
    assert keyless(form)
    assert "X-Runway-Version" not in form.headers
    assert form.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert form.headers["Content-Length"] == str(len(form.content))
    fields = [line.split(b'"')[1] for line in form.content.split(b"\r\n") if b"; name=" in line]
    assert fields == [b"key", b"policy", b"x-amz-signature", b"file"]
    assert b"\r\n\r\n\x89PNG\r\n" in form.content
    assert json.loads(sent(api, SUBMIT).content)["promptImage"] == "runway://1"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_form_that_storage_refuses_ends_the_call_before_the_submit(caller: Any) -> None:
    api = runway(task("SUCCEEDED", output=LINKS))
    upload = {"uploadUrl": "https://storage.example.com/bucket", "fields": {"key": "k"}}
    api.on("POST /v1/uploads", {**upload, "uri": "runway://1"})
    api.on("POST /bucket", httpx.Response(403, text="<Code>AccessDenied</Code>"))
    with pytest.raises(errors.UploadError):
        run(caller, api, image=b"\x89PNG")
    assert api.calls == ["POST /v1/uploads", "POST /bucket"]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_failure_has_the_text_of_the_service(caller: Any) -> None:
    failure = {"failure": "the picture was refused", "failureCode": "SAFETY.INPUT.IMAGE"}
    with pytest.raises(errors.JobFailed, match="the picture was refused") as caught:
        run(caller, runway(task("FAILED", **failure)))
    assert caught.value.job_id == "t1"


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("act", ["cancel", "delete"])
def test_cancelling_and_deleting_are_one_request(caller: Any, act: str) -> None:
    api = runway(task("RUNNING"))
    job = run(caller, api, "submit")
    assert awaited(getattr(job, act)) is job
    assert api.calls == [SUBMIT, f"DELETE {TASK}"]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_task_that_someone_cancelled_ends_the_wait(caller: Any) -> None:
    with pytest.raises(errors.JobCancelled) as caught:
        run(caller, runway(task("RUNNING"), task("CANCELLED")))
    assert caught.value.code == "CANCELLED"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_lost_submit_is_uncertain_and_not_sent_again(caller: Any) -> None:
    api = runway(task("SUCCEEDED", output=LINKS)).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]
