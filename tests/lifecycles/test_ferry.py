"""An invented API: an integer id before the submit, integer states, and a result of three parts."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, KEY, ScriptedApi
from scripted_clients import now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
RESERVE, STORE, SUBMIT = "POST /v1/reservations", "POST /store", "POST /v1/crossings"
POLL, SAIL, RETURN = (
    f"{call}"
    for call in ("GET /v1/crossings/7", "POST /v1/crossings/7/sail", "POST /v1/crossings/7/return")
)
CARGO, LOG = "GET /v1/crossings/7/cargo", "GET /v1/crossings/7/log"


def crossing(code: int, text: str = "", **more: Any) -> dict[str, Any]:
    return {"number": 7, "leg": {"code": code, "text": text}, **more}


DONE = crossing(30, seal="S-1", log_page=2)


def ferry(*polls: Any) -> ScriptedApi:
    form = {"url": "https://storage.example.com/store", "policy": "p-1"}
    api = ScriptedApi().on(RESERVE, httpx.Response(201, json={"number": 7, "form": form}))
    api.on(STORE, httpx.Response(204)).on(SUBMIT, httpx.Response(202, json=crossing(10)))
    for call in (SAIL, RETURN):
        api.on(call, httpx.Response(204))
    api.on(
        CARGO,
        {"boxes": [{"n": 1}], "after": "x", "more": True},
        {"boxes": [{"n": 2}], "more": False},
    )
    api.on(LOG, httpx.Response(200, text="calm sea"))
    return api.on(POLL, *(polls or [crossing(20), DONE]))


def start(caller: Any) -> dict[str, str]:
    """The arguments ``from`` and ``to``, as the kind of client spells them."""
    return {"from_" if caller.__name__.startswith("typed") else "from": "Dover", "to": "Calais"}


def run(caller: Any, api: ScriptedApi, **more: Any) -> Any:
    return caller("ferry", api, "run", b"cars", **start(caller), **more)


@EVERY_CALLER
def test_a_result_has_a_value_of_the_poll_all_pages_and_a_text(caller: Any) -> None:
    api = ferry()
    found = run(caller, api)
    assert found.result == {"seal": "S-1", "cargo": [{"n": 1}, {"n": 2}], "log": "calm sea"}
    assert (found.job_id, found.status, found.state) == ("7", "30", "succeeded")
    assert api.calls == [RESERVE, STORE, SUBMIT, SAIL, POLL, POLL, CARGO, CARGO, LOG]
    assert api.requests[7].url.params["after"] == "x"
    assert api.requests[8].url.params["page"] == "2"


@EVERY_CALLER
def test_storage_is_sent_a_form_and_no_key(caller: Any) -> None:
    api = ferry()
    run(caller, api)
    store = api.requests[1]
    assert b'name="policy"' in store.content
    assert b"cars" in store.content
    assert KEY not in str(store.headers)
    others = [request for request in api.requests if request is not store]
    assert {request.headers["Ferry-Key"] for request in others} == {KEY}


@EVERY_CALLER
def test_what_the_submit_carried_is_known_to_the_steps_after_it(caller: Any) -> None:
    api = ferry()
    run(caller, api)
    sent = json.loads(api.requests[2].content)
    assert (sent["number"], sent["from"], sent["to"]) == (7, "Dover", "Calais")
    assert json.loads(api.requests[3].content) == {"port": "Dover-Calais"}


@EVERY_CALLER
def test_a_job_that_starts_by_itself_is_not_started(caller: Any) -> None:
    api = ferry()
    run(caller, api, at_once=True)
    assert SAIL not in api.calls


@EVERY_CALLER
def test_a_part_that_the_poll_does_not_name_is_left_out(caller: Any) -> None:
    found = run(caller, ferry(crossing(30, seal=None, log_page=None)))
    assert found.result == {"cargo": [{"n": 1}, {"n": 2}]}


@EVERY_CALLER
def test_a_failed_job_has_its_text_and_its_result(caller: Any) -> None:
    with pytest.raises(errors.JobFailed, match="it ran aground") as caught:
        run(caller, ferry(crossing(40, "it ran aground", log_page=1)))
    assert caught.value.partial.result["log"] == "calm sea"


@EVERY_CALLER
def test_a_job_of_an_unknown_state_is_refused(caller: Any) -> None:
    with pytest.raises(errors.UnexpectedResponse, match="99"):
        run(caller, ferry(crossing(99)))


@EVERY_CALLER
def test_a_job_that_is_gone_is_named_so(caller: Any) -> None:
    with pytest.raises(errors.JobGone):
        run(caller, ferry(crossing(60)))


@EVERY_CALLER
def test_a_lost_submit_that_the_service_has_is_not_sent_again(caller: Any) -> None:
    api = ferry(crossing(10), DONE).on(SUBMIT, httpx.ReadError("reset"))
    assert run(caller, api).job_id == "7"
    assert api.calls.count(SUBMIT) == 1
    assert api.calls.index(POLL) == 3


@EVERY_CALLER
def test_a_lost_submit_that_the_service_has_not_is_sent_again(caller: Any) -> None:
    accepted = httpx.Response(202, json=crossing(10))
    api = ferry(crossing(0), DONE).on(SUBMIT, httpx.ReadError("reset"), accepted)
    assert run(caller, api).job_id == "7"
    assert api.calls[2:5] == [SUBMIT, POLL, SUBMIT]


@EVERY_CALLER
def test_a_lost_submit_that_cannot_be_looked_up_is_uncertain(caller: Any) -> None:
    api = ferry(httpx.Response(403)).on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.RedenLabError) as caught:
        run(caller, api)
    assert caught.value.job_id == "7"
    assert api.calls.count(SUBMIT) == 1


@EVERY_CALLER
def test_a_job_is_cancelled_with_a_body_and_tried_again(caller: Any) -> None:
    api = ferry(crossing(50), DONE)

    async def scenario(client: Any) -> Any:
        job = await now(client.submit(b"cars", **start(caller)))
        again = client.handle.from_resume_token(job.resume_token, client)
        await now(again.cancel())
        with pytest.raises(errors.JobCancelled):
            await now(again.result())
        await now(again.retry())
        return await now(again.result())

    assert play(caller, "ferry", api, scenario).result["seal"] == "S-1"
    assert api.calls[3:8] == [SAIL, RETURN, POLL, SAIL, POLL]
    ports = [json.loads(api.requests[number].content) for number in (3, 4, 6)]
    assert ports == [{"port": "Dover-Calais"}] * 3
