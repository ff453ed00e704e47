"""Unstructured: a form with JSON text and a file, and a result of one request for each file."""

from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi
from scripted_clients import now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SUBMIT, POLL = "POST /api/v1/jobs/", "GET /api/v1/jobs/j-1"
CANCEL, DOWNLOAD = "POST /api/v1/jobs/j-1/cancel", "GET /api/v1/jobs/j-1/download"
FILES = [{"node_id": "n-1", "file_id": "f-1"}, {"node_id": "n-2", "file_id": "f-1"}]


def job(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "j-1", "status": status, **more}


def unstructured(*polls: Any) -> ScriptedApi:
    done = job("COMPLETED", output_node_files=FILES)
    api = (
        ScriptedApi().on(SUBMIT, job("SCHEDULED")).on(POLL, *(polls or [job("IN_PROGRESS"), done]))
    )
    return api.on(DOWNLOAD, [{"type": "Title"}], [{"type": "Text"}])


def run(caller: Any, api: ScriptedApi) -> Any:
    return caller(
        "unstructured", api, "run", b"%PDF", filename="a.pdf", request_data={"nodes": [1]}
    )


@EVERY_CALLER
def test_every_file_that_the_poll_lists_is_requested(caller: Any) -> None:
    api = unstructured()
    found = run(caller, api)
    assert found.result == [[{"type": "Title"}], [{"type": "Text"}]]
    assert api.calls == [SUBMIT, POLL, POLL, DOWNLOAD, DOWNLOAD]
    assert [dict(request.url.params) for request in api.requests[-2:]] == FILES
    assert {request.headers["unstructured-api-key"] for request in api.requests} == {KEY}


@EVERY_CALLER
def test_an_object_is_json_text_beside_the_file_in_the_form(caller: Any) -> None:
    api = unstructured()
    run(caller, api)
    form = api.requests[0]
    assert form.headers["Content-Type"].startswith("multipart/form-data; boundary=")
    assert b'name="request_data"' in form.content
    assert b'{"nodes": [1]}' in form.content
    assert b'name="input_files"; filename="a.pdf"' in form.content
    assert b"%PDF" in form.content


@EVERY_CALLER
def test_a_job_without_files_has_an_empty_result(caller: Any) -> None:
    assert run(caller, unstructured(job("COMPLETED", output_node_files=[]))).result == []


@EVERY_CALLER
def test_a_job_that_ended_with_errors_has_its_files_all_the_same(caller: Any) -> None:
    api = unstructured(job("COMPLETED_WITH_ERRORS", output_node_files=FILES[:1]))
    with pytest.raises(errors.JobFailed) as caught:
        run(caller, api)
    assert caught.value.partial.result == [[{"type": "Title"}]]


@EVERY_CALLER
def test_a_failure_has_the_status_of_the_service(caller: Any) -> None:
    with pytest.raises(errors.JobFailed) as caught:
        run(caller, unstructured(job("FAILED")))
    assert (caught.value.job_id, caught.value.code) == ("j-1", "FAILED")


@EVERY_CALLER
def test_a_job_is_cancelled_by_its_operation(caller: Any) -> None:
    api = unstructured(job("STOPPED")).on(CANCEL, httpx.Response(200))

    async def scenario(client: Any) -> None:
        handle = await now(client.submit(b"%PDF", request_data={}))
        await now(handle.cancel())
        with pytest.raises(errors.JobCancelled):
            await now(handle.result())

    play(caller, "unstructured", api, scenario)
    assert api.calls == [SUBMIT, CANCEL, POLL]


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = unstructured().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]
