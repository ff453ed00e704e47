"""DataRobot: what is polled, and what is the result, stands in the header Location."""

from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import BASE, CALLERS, KEY, ScriptedApi
from scripted_clients import document, now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SUBMIT, POLL, PROJECT = "POST /projects/", "GET /status/s-1/", "GET /projects/p-1/"
RUNNING = {"status": "RUNNING", "message": "reading the file"}
DONE = {"id": "p-1", "projectName": "Titanic"}


def see_other(url: str) -> httpx.Response:
    return httpx.Response(303, headers={"Location": url})


def datarobot(*polls: Any) -> ScriptedApi:
    at = {"Location": f"{BASE}/status/s-1/"}
    api = ScriptedApi().on(SUBMIT, httpx.Response(202, headers=at, json={"pid": "p-1"}))
    api.on(POLL, *(polls or [RUNNING, see_other(f"{BASE}/projects/p-1/")]))
    return api.on(PROJECT, DONE)


def name_of(caller: Any) -> str:
    """The argument ``projectName``, as the kind of client spells it."""
    return "project_name" if caller.__name__.startswith("typed") else "projectName"


def run(caller: Any, api: ScriptedApi, **more: Any) -> Any:
    named = {name_of(caller): "Titanic"}
    return caller("datarobot", api, "run", b"age\n1\n", filename="a.csv", **named, **more)


@EVERY_CALLER
def test_a_303_is_success_and_its_location_the_result(caller: Any) -> None:
    api = datarobot()
    found = run(caller, api)
    assert document(found.result) == DONE
    assert (found.job_id, found.state) == ("s-1", "succeeded")
    assert api.calls == [SUBMIT, POLL, POLL, PROJECT]
    assert {request.headers["Authorization"] for request in api.requests} == {f"Bearer {KEY}"}
    form = api.requests[0].content
    assert b"age\n1\n" in form
    assert b'name="projectName"' in form


@EVERY_CALLER
def test_a_relative_location_is_followed_as_well(caller: Any) -> None:
    api = datarobot(see_other("/projects/p-1/"))
    assert document(run(caller, api).result) == DONE


@EVERY_CALLER
def test_a_result_elsewhere_is_not_sent_the_key(caller: Any) -> None:
    api = datarobot(see_other("https://elsewhere.example.com/projects/p-1/"))
    with pytest.raises(errors.UnexpectedResponse, match="elsewhere") as caught:
        run(caller, api)
    assert caught.value.job_id == "s-1"
    assert api.calls == [SUBMIT, POLL]


@EVERY_CALLER
def test_another_redirect_is_no_success(caller: Any) -> None:
    moved = httpx.Response(302, headers={"Location": f"{BASE}/projects/p-1/"})
    api = datarobot(moved, see_other(f"{BASE}/projects/p-1/"))
    assert document(run(caller, api).result) == DONE
    assert api.calls.count(POLL) == 2


@EVERY_CALLER
def test_a_failure_has_the_services_text(caller: Any) -> None:
    failed = {"status": "ERROR", "message": "the file has no rows"}
    with pytest.raises(errors.JobFailed, match="the file has no rows"):
        run(caller, datarobot(RUNNING, failed))


@EVERY_CALLER
def test_a_job_that_was_aborted_is_cancelled(caller: Any) -> None:
    with pytest.raises(errors.JobCancelled, match="aborted by ann"):
        run(caller, datarobot({"status": "ABORTED", "message": "aborted by ann"}))


@EVERY_CALLER
def test_a_job_that_has_expired_is_gone(caller: Any) -> None:
    with pytest.raises(errors.JobGone):
        run(caller, datarobot({"status": "EXPIRED"}))


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = datarobot().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        run(caller, api)
    assert api.calls == [SUBMIT]


@EVERY_CALLER
def test_a_job_is_resumed_by_another_client(caller: Any) -> None:
    async def begun(client: Any) -> str:
        job = await now(client.submit(b"age\n1\n"))
        return str(job.resume_token)

    token = play(caller, "datarobot", datarobot(), begun)
    api = datarobot()

    async def resumed(client: Any) -> Any:
        job = client.handle.from_resume_token(token, client)
        with pytest.raises(errors.InputError, match="no way to cancel"):
            await now(job.cancel())
        assert not await now(job.done())
        return await now(job.result())

    assert document(play(caller, "datarobot", api, resumed).result) == DONE
    assert api.calls == [POLL, POLL, PROJECT]
