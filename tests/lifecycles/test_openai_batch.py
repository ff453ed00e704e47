"""OpenAI batches: an upload by an operation, and two files of rows, after some bad ends as well."""

import json
import pickle
from typing import Any

import httpx
import pytest

from lifecycle_values import awaited, rows, sent
from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi, connect

UPLOAD, SUBMIT, POLL = "POST /files", "POST /batches", "GET /batches/b1"
ROWS = [{"custom_id": "1", "response": {"status_code": 200}}, {"custom_id": "2"}]
ERRORS = [{"custom_id": "3", "error": {"code": "expired"}}]


def batch(status: str, **more: Any) -> dict[str, Any]:
    ids = {"output_file_id": None, "error_file_id": None, "errors": None}
    return {"id": "b1", "status": status, **ids, **more}


def lines(values: list[Any]) -> httpx.Response:
    text = "\n".join(json.dumps(value) for value in values)
    return httpx.Response(200, text=f"{text}\n")


def openai(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(UPLOAD, {"id": "file-1", "bytes": 3})
    api.on(SUBMIT, batch("validating")).on(POLL, *polls)
    api.on("GET /files/out/content", lines(ROWS)).on("GET /files/err/content", lines(ERRORS))
    return api.on("POST /batches/b1/cancel", batch("cancelling"))


def run(caller: Any, api: ScriptedApi, act: str = "run", **more: Any) -> Any:
    return caller(
        "openai_batch", api, act, b"{}\n", filename="in.jsonl", endpoint="/v1/responses", **more
    )


@pytest.mark.parametrize("caller", CALLERS)
def test_a_batch_is_uploaded_submitted_and_read_row_by_row(caller: Any) -> None:
    counts = {"total": 3, "completed": 1, "failed": 0}
    api = openai(
        batch("in_progress", request_counts=counts),
        batch("finalizing"),
        batch("completed", output_file_id="out", error_file_id="err"),
    )
    heard: list[Any] = []
    found = run(caller, api, completion_window="24h", metadata={"run": "7"}, on_event=heard.append)
    assert api.calls == [UPLOAD, SUBMIT, POLL, POLL, POLL]
    assert rows(found.result["rows"]) == ROWS
    assert rows(found.result["errors"]) == ERRORS
    assert {request.headers["Authorization"] for request in api.requests} == {f"Bearer {KEY}"}
    upload = sent(api, UPLOAD).content
    assert b'name="purpose"\r\n\r\nbatch\r\n' in upload
    assert b'name="file"; filename="in.jsonl"' in upload
    assert json.loads(sent(api, SUBMIT).content) == {
        "input_file_id": "file-1",
        "endpoint": "/v1/responses",
        "completion_window": "24h",
        "metadata": {"run": "7"},
    }
    assert next(event.progress for event in heard if event.kind == "polled") == counts


@pytest.mark.parametrize("caller", CALLERS)
def test_a_default_of_the_spec_is_sent(caller: Any) -> None:
    api = openai(batch("completed"))
    run(caller, api)
    assert json.loads(sent(api, SUBMIT).content)["completion_window"] == "24h"


@pytest.mark.parametrize("caller", CALLERS)
def test_a_file_that_the_batch_does_not_have_is_left_out(caller: Any) -> None:
    found = run(caller, openai(batch("completed", output_file_id="out")))
    assert list(found.result) == ["rows"]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_batch_that_failed_has_the_text_of_the_service(caller: Any) -> None:
    problems = {"data": [{"code": "invalid_json", "message": "line 1 is no JSON", "line": 1}]}
    with pytest.raises(errors.JobFailed, match="line 1 is no JSON") as caught:
        run(caller, openai(batch("failed", errors=problems)))
    assert caught.value.job_id == "b1"
    assert caught.value.partial is None


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize(
    ("status", "kind"), [("expired", errors.JobFailed), ("cancelled", errors.JobCancelled)]
)
def test_the_rows_that_were_done_come_with_the_error(caller: Any, status: str, kind: Any) -> None:
    api = openai(batch(status, output_file_id="out", error_file_id="err"))
    with pytest.raises(kind) as caught:
        run(caller, api)
    assert caught.value.code == status
    partial = caught.value.partial
    assert rows(partial.result["rows"]) == ROWS
    assert rows(partial.result["errors"]) == ERRORS


def test_an_error_with_rows_can_be_pickled() -> None:
    with pytest.raises(errors.JobFailed) as caught:
        run(CALLERS[0], openai(batch("expired", output_file_id="out")))
    again = pickle.loads(pickle.dumps(caught.value))
    assert (again.job_id, again.partial) == ("b1", None)


@pytest.mark.parametrize("caller", CALLERS)
def test_an_expired_batch_without_rows_has_none(caller: Any) -> None:
    with pytest.raises(errors.JobFailed) as caught:
        run(caller, openai(batch("expired")))
    assert caught.value.partial.result == {}


@pytest.mark.parametrize("caller", CALLERS)
def test_a_cancelled_batch_is_waited_for_until_it_has_stopped(caller: Any) -> None:
    api = openai(batch("cancelling"), batch("cancelled"))
    job = run(caller, api, "submit")
    assert awaited(job.cancel) is job
    assert api.calls[-1] == "POST /batches/b1/cancel"
    with pytest.raises(errors.JobCancelled):
        awaited(job.result)
    assert api.calls.count(POLL) == 2


@pytest.mark.parametrize("caller", CALLERS)
def test_a_lost_submit_is_uncertain_and_keeps_the_upload(caller: Any) -> None:
    api = openai(batch("completed", output_file_id="out")).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain) as caught:
        run(caller, api)
    assert api.calls == [UPLOAD, SUBMIT]
    assert caught.value.asset.id == "file-1"
    again = openai(batch("completed", output_file_id="out"))
    with connect("openai_batch", again) as client:
        client.run(caught.value.asset, endpoint="/v1/responses")
    assert again.calls == [SUBMIT, POLL]
