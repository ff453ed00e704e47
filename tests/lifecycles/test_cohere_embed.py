"""Cohere embed jobs: a dataset that is processed before the job, and another one after it."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi, typed, typed_async
from scripted_clients import document, now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
UPLOAD, SUBMIT = "POST /v1/datasets", "POST /v1/embed-jobs"
INPUT, POLL, OUTPUT = "GET /v1/datasets/in-1", "GET /v1/embed-jobs/j-1", "GET /v1/datasets/out-1"
CANCEL, PART = "POST /v1/embed-jobs/j-1/cancel", "GET /out-1.avro"
LINK = "https://storage.example.com/out-1.avro?sig=1"
DONE = {"job_id": "j-1", "status": "complete", "output_dataset_id": "out-1"}
FOUND = {
    "id": "out-1",
    "validation_status": "validated",
    "dataset_parts": [{"id": "p", "url": LINK}],
}


def dataset(status: str, **more: Any) -> dict[str, Any]:
    return {"dataset": {"id": "in-1", "validation_status": status, **more}}


def cohere(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(UPLOAD, {"id": "in-1"}).on(SUBMIT, {"job_id": "j-1"})
    api.on(INPUT, dataset("validated"))
    api.on(POLL, *(polls or [{"job_id": "j-1", "status": "processing"}, DONE]))
    return api.on(OUTPUT, {"dataset": FOUND}).on(PART, httpx.Response(200, content=b"avro"))


def run(caller: Any, api: ScriptedApi, act: str = "run") -> Any:
    return caller(
        "cohere_embed", api, act, b'{"text":"a"}', filename="a.jsonl", input_type="clustering"
    )


@EVERY_CALLER
def test_the_dataset_is_processed_before_the_job_uses_it(caller: Any) -> None:
    api = cohere().on(INPUT, dataset("queued"), dataset("processing"), dataset("validated"))
    found = run(caller, api)
    assert api.calls == [UPLOAD, INPUT, INPUT, INPUT, SUBMIT, POLL, POLL, OUTPUT]
    assert document(found.result) == FOUND
    assert dict(api.requests[0].url.params) == {"name": "a.jsonl", "type": "embed-input"}
    assert b'{"text":"a"}' in api.requests[0].content
    assert json.loads(api.requests[4].content) == {
        "model": "embed-english-v3.0",
        "dataset_id": "in-1",
        "input_type": "clustering",
    }
    assert {request.headers["Authorization"] for request in api.requests} == {f"Bearer {KEY}"}


@EVERY_CALLER
def test_the_parts_of_the_result_are_files_that_are_read_without_the_key(caller: Any) -> None:
    api = cohere()

    async def scenario(client: Any) -> bytes:
        job = await now(client.submit(b"{}", input_type="clustering"))
        found = await now(job.result())
        assert list(found.files) == ["/dataset_parts/0/url"]
        return bytes(await now(found.files["/dataset_parts/0/url"].read()))

    assert play(caller, "cohere_embed", api, scenario) == b"avro"
    assert api.requests[-1].url.host == "storage.example.com"
    assert "Authorization" not in api.requests[-1].headers


@EVERY_CALLER
def test_a_dataset_that_the_service_refuses_is_an_upload_error(caller: Any) -> None:
    api = cohere().on(
        INPUT, dataset("processing"), dataset("failed", validation_error="no column text")
    )
    with pytest.raises(errors.UploadError, match="no column text"):
        run(caller, api)
    assert SUBMIT not in api.calls


@pytest.mark.parametrize("caller", [typed, typed_async])
def test_one_upload_serves_two_jobs(caller: Any) -> None:
    api = cohere(DONE)

    async def scenario(client: Any) -> str:
        asset = await now(client.upload(b"{}"))
        for model in ("embed-english-v3.0", "embed-multilingual-v3.0"):
            await now(client.submit(asset, model_name=model, input_type="clustering"))
        return str(asset.id)

    assert play(caller, "cohere_embed", api, scenario) == "in-1"
    assert (api.calls.count(UPLOAD), api.calls.count(SUBMIT)) == (1, 2)


@EVERY_CALLER
def test_a_failure_without_a_text_is_a_failure(caller: Any) -> None:
    with pytest.raises(errors.JobFailed) as caught:
        run(caller, cohere({"job_id": "j-1", "status": "failed"}))
    assert (caught.value.job_id, caught.value.code) == ("j-1", "failed")


@EVERY_CALLER
def test_a_job_is_cancelled_by_its_operation(caller: Any) -> None:
    cancelled = {"job_id": "j-1", "status": "cancelled"}
    api = cohere({"job_id": "j-1", "status": "cancelling"}, cancelled)
    api.on(CANCEL, httpx.Response(200))

    async def scenario(client: Any) -> None:
        job = await now(client.submit(b"{}", input_type="clustering"))
        await now(job.cancel())
        with pytest.raises(errors.JobCancelled):
            await now(job.result())

    play(caller, "cohere_embed", api, scenario)
    assert api.calls[-3:] == [CANCEL, POLL, POLL]


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = cohere().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain) as caught:
        run(caller, api)
    assert api.calls.count(SUBMIT) == 1
    assert caught.value.asset.id == "in-1"
