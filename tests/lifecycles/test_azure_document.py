"""Azure Document Intelligence: a raw body, and a URL in a header that is all there is of a job."""

from typing import Any

import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from scripted_api import BASE, CALLERS, KEY, ScriptedApi
from scripted_clients import document, now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SUBMIT = "POST /documentModels/prebuilt-read:analyze"
POLL = "/documentModels/prebuilt-read/analyzeResults/r-1"
RUNNING = {"status": "running"}
DONE = {
    "status": "succeeded",
    "analyzeResult": {"modelId": "prebuilt-read", "content": "Hello", "pages": [{"number": 1}]},
}


def azure(*polls: Any, at: str = f"{BASE}{POLL}?api-version=2024-11-30") -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, httpx.Response(202, headers={"Operation-Location": at}))
    return api.on(f"GET {POLL}", *(polls or [RUNNING, DONE]))


@EVERY_CALLER
def test_the_document_is_the_body_and_the_url_in_the_header_is_polled(caller: Any) -> None:
    api = azure()
    found = caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read", pages="1-2")
    assert document(found.result) == DONE["analyzeResult"]
    assert found.job_id == "r-1"
    submit, first, second = api.requests
    assert dict(submit.url.params) == {"api-version": "2024-11-30", "pages": "1-2"}
    assert submit.content == b"%PDF"
    assert submit.headers["Content-Type"] == "application/octet-stream"
    assert str(first.url) == str(second.url) == f"{BASE}{POLL}?api-version=2024-11-30"
    keys = {request.headers["Ocp-Apim-Subscription-Key"] for request in api.requests}
    assert keys == {KEY}


@EVERY_CALLER
def test_a_relative_url_in_the_header_is_polled_as_well(caller: Any) -> None:
    api = azure(DONE, at=f"{POLL}?api-version=2024-11-30")
    found = caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read")
    assert found.job_id == "r-1"


@EVERY_CALLER
def test_the_key_is_not_sent_to_another_host_that_the_header_names(caller: Any) -> None:
    api = azure(at=f"https://elsewhere.example.com{POLL}")
    with pytest.raises(errors.RedenLabError):
        caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read")
    assert api.calls == [SUBMIT]


@EVERY_CALLER
def test_a_pause_that_a_good_poll_asks_for_is_kept(caller: Any) -> None:
    slow = httpx.Response(200, json=RUNNING, headers={"Retry-After": "0.1"})
    heard: list[Any] = []
    api = azure(slow, DONE)
    caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read", on_event=heard.append)
    assert [event.pause for event in heard if isinstance(event, Polled)] == [0.1]


@EVERY_CALLER
def test_a_failure_has_the_services_text(caller: Any) -> None:
    failed = {"status": "failed", "error": {"code": "InvalidContent", "message": "it is no PDF"}}
    with pytest.raises(errors.JobFailed, match="it is no PDF") as caught:
        caller("azure_document", azure(failed), "run", b"%PDF", model_name="prebuilt-read")
    assert caught.value.job_id == "r-1"


@EVERY_CALLER
def test_a_job_that_was_cancelled_elsewhere_is_named_so(caller: Any) -> None:
    with pytest.raises(errors.JobCancelled):
        api = azure({"status": "canceled"})
        caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read")


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = azure().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read")
    assert api.calls == [SUBMIT]


@EVERY_CALLER
def test_an_acceptance_without_the_header_is_uncertain(caller: Any) -> None:
    api = azure().on(SUBMIT, httpx.Response(202))
    with pytest.raises(errors.SubmitUncertain):
        caller("azure_document", api, "run", b"%PDF", model_name="prebuilt-read")


@EVERY_CALLER
def test_a_job_is_resumed_and_deleted_by_another_client(caller: Any) -> None:
    async def begun(client: Any) -> str:
        job = await now(client.submit(b"%PDF", model_name="prebuilt-read"))
        return str(job.resume_token)

    token = play(caller, "azure_document", azure(), begun)
    api = azure().on(f"DELETE {POLL}", httpx.Response(204))

    async def resumed(client: Any) -> Any:
        job = client.handle.from_resume_token(token, client)
        found = await now(job.result())
        await now(job.delete())
        with pytest.raises(errors.InputError, match="no way to cancel"):
            await now(job.cancel())
        return found

    found = play(caller, "azure_document", api, resumed)
    assert document(found.result) == DONE["analyzeResult"]
    assert api.calls == [f"GET {POLL}", f"GET {POLL}", f"DELETE {POLL}"]
    assert api.requests[-1].url.params["api-version"] == "2024-11-30"
