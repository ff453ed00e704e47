"""Anthropic batches: one word for every end, and rows behind a link that needs the key."""

import json
from typing import Any

import httpx
import pytest

from lifecycle_values import awaited, rows, sent
from redenlab.core import errors
from scripted_api import BASE, CALLERS, KEY, ScriptedApi

SUBMIT, JOB = "POST /v1/messages/batches", "/v1/messages/batches/m1"
REQUESTS = [{"custom_id": "1", "params": {"model": "m", "max_tokens": 8}}]
ROWS = [{"custom_id": "2", "result": {"type": "succeeded"}}, {"custom_id": "1", "result": {}}]
RESULTS = f"{JOB}/results"


def batch(status: str = "ended", url: str | None = None, **counts: int) -> dict[str, Any]:
    zero = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
    return {
        "id": "m1",
        "processing_status": status,
        "request_counts": {**zero, **counts},
        "results_url": url,
    }


def ended(**counts: int) -> dict[str, Any]:
    return batch(url=f"{BASE}{RESULTS}", **counts)


def anthropic(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, batch("in_progress", processing=2))
    text = "".join(f"{json.dumps(row)}\n" for row in ROWS)
    api.on(f"GET {JOB}", *polls).on(f"GET {RESULTS}", httpx.Response(200, text=text))
    api.on(f"POST {JOB}/cancel", batch("canceling", processing=2))
    return api.on(f"DELETE {JOB}", {"id": "m1", "type": "message_batch_deleted"})


def run(caller: Any, api: ScriptedApi, act: str = "run", **more: Any) -> Any:
    return caller("anthropic_batches", api, act, requests=REQUESTS, **more)


@pytest.mark.parametrize("caller", CALLERS)
def test_the_rows_are_read_from_the_link_with_the_key(caller: Any) -> None:
    api = anthropic(batch("in_progress", processing=1, succeeded=1), ended(succeeded=2))
    heard: list[Any] = []
    found = run(caller, api, on_event=heard.append)
    assert f"GET {RESULTS}" not in api.calls
    assert rows(found.result) == ROWS
    assert api.calls[-1] == f"GET {RESULTS}"
    headers = [
        (request.headers["x-api-key"], request.headers["anthropic-version"])
        for request in api.requests
    ]
    assert headers == [(KEY, "2023-06-01")] * 4
    assert not any("Authorization" in request.headers for request in api.requests)
    assert json.loads(sent(api, SUBMIT).content) == {"requests": REQUESTS}
    (progress,) = [event.progress for event in heard if event.kind == "polled"]
    assert progress["succeeded"] == 1


@pytest.mark.parametrize("caller", CALLERS)
def test_a_batch_in_which_some_requests_failed_has_ended_well(caller: Any) -> None:
    found = run(caller, anthropic(ended(succeeded=1, errored=1)))
    assert rows(found.result) == ROWS


@pytest.mark.parametrize("caller", CALLERS)
@pytest.mark.parametrize("counts", [{"errored": 2}, {"expired": 2}])
def test_a_batch_without_a_success_has_failed_and_has_rows(caller: Any, counts: Any) -> None:
    ((name, _),) = counts.items()
    with pytest.raises(errors.JobFailed, match=f"'{name}': 2") as caught:
        run(caller, anthropic(ended(**counts)))
    assert caught.value.job_id == "m1"
    assert rows(caught.value.partial.result) == ROWS


@pytest.mark.parametrize("caller", CALLERS)
def test_a_cancelled_batch_ends_with_the_rows_that_were_done(caller: Any) -> None:
    api = anthropic(batch("canceling", processing=1), ended(succeeded=1, canceled=1))
    job = run(caller, api, "submit")
    assert awaited(job.cancel) is job
    assert api.calls == [SUBMIT, f"POST {JOB}/cancel"]
    with pytest.raises(errors.JobCancelled, match="'canceled': 1") as caught:
        awaited(job.result)
    assert rows(caught.value.partial.result) == ROWS


@pytest.mark.parametrize("caller", CALLERS)
def test_a_batch_is_deleted_by_its_id(caller: Any) -> None:
    api = anthropic(ended(succeeded=2))
    awaited(run(caller, api, "submit").delete)
    assert api.calls == [SUBMIT, f"DELETE {JOB}"]


@pytest.mark.parametrize("caller", CALLERS)
def test_a_lost_submit_is_uncertain_and_not_sent_again(caller: Any) -> None:
    api = anthropic(ended(succeeded=2)).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]


@pytest.mark.parametrize("caller", CALLERS)
def test_rows_on_another_origin_are_not_requested(caller: Any) -> None:
    api = anthropic(batch(url="https://elsewhere.example.net/rows", succeeded=2))
    found = run(caller, api)
    with pytest.raises(errors.UnexpectedResponse, match="not the API's own origin"):
        rows(found.result)
    assert {request.url.host for request in api.requests} == {"api.example.com"}
