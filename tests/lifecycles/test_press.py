"""An invented API whose responses have no body but the last: headers tell."""

from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import BASE, CALLERS, KEY, ScriptedApi, connect

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SUBMIT, POLL, TEXT = "POST /v1/print", "GET /v1/tickets/t9", "GET /v1/tickets/t9/text"
DONE = httpx.Response(204, headers={"X-Done": "yes"})


def press(*polls: Any) -> ScriptedApi:
    made = httpx.Response(202, headers={"Location": f"{BASE}/v1/tickets/t9"})
    api = ScriptedApi().on(SUBMIT, made).on(POLL, *(polls or [DONE]))
    text = httpx.Response(200, text="hello", headers={"Content-Type": "text/plain"})
    return api.on(TEXT, httpx.Response(425), text)


def run(caller: Any, api: ScriptedApi, **parameters: Any) -> Any:
    return caller("press", api, "run", b"PDF", filename="a.pdf", **parameters)


@EVERY_CALLER
def test_a_text_is_fetched_once_it_is_ready(caller: Any) -> None:
    api = press(httpx.Response(204), DONE)
    found = run(caller, api, layout={"columns": 2})
    assert (found.job_id, found.status, found.result) == ("t9", "succeeded", "hello")
    assert api.calls == [SUBMIT, POLL, POLL, TEXT, TEXT]
    assert {request.url.params["token"] for request in api.requests} == {KEY}
    body = api.requests[0].content
    assert b'filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\nPDF' in body
    assert b'name="layout"\r\nContent-Type: application/json\r\n\r\n{"columns": 2}' in body


@EVERY_CALLER
def test_a_reason_in_a_header_is_told(caller: Any) -> None:
    why = {"X-Done": "yes", "X-Ok": "no", "X-Why": "out of ink"}
    with pytest.raises(errors.JobFailed, match="the press says out of ink"):
        run(caller, press(httpx.Response(204, headers=why)))


@EVERY_CALLER
def test_a_ticket_that_is_not_known_any_more_is_gone(caller: Any) -> None:
    with pytest.raises(errors.JobGone):
        run(caller, press(httpx.Response(404)))


@EVERY_CALLER
def test_a_lost_submit_is_uncertain(caller: Any) -> None:
    api = press().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]


def test_the_key_in_the_query_is_in_no_resume_token() -> None:
    with connect("press", press().on("DELETE /v1/tickets/t9", httpx.Response(204))) as client:
        job = client.submit(b"PDF")
        again = type(job).from_resume_token(job.resume_token, client)
        assert again.result().result == "hello"
        assert KEY not in job.resume_token
        again.cancel()
