"""An invented API: integer ids and states, and responses that no document announced."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from scripted_api import CALLERS, ScriptedApi, connect

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
DONE = {"firing": 7, "stage": 2, "pot": {"colour": "blue"}}


def kiln(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on("POST /firings", httpx.Response(201, json={"firing": 7, "stage": 0}))
    return api.on("GET /firings/7", *(polls or [DONE]))


def colour(found: Any) -> str:
    """Of a typed result, or of plain JSON."""
    return found.result["colour"] if type(found.result) is dict else found.result.colour


@EVERY_CALLER
def test_integer_ids_and_states_work(caller: Any) -> None:
    api = kiln({"firing": 7, "stage": 1, "degrees": 900}, DONE)
    heard: list[Any] = []
    found = caller("kiln", api, "run", clay="red", on_event=heard.append)
    assert (found.job_id, found.status, colour(found)) == ("7", "2", "blue")
    assert [event.progress for event in heard if isinstance(event, Polled)] == [{"degrees": 900}]
    submit = api.requests[0]
    assert submit.headers["Authorization"] == "Kiln sk_test_1234567890"
    assert submit.headers["Kiln-Version"] == "3"


@EVERY_CALLER
@pytest.mark.parametrize("status", [200, 202, 203])
def test_any_success_that_names_the_job_is_an_acceptance(caller: Any, status: int) -> None:
    api = kiln().on("POST /firings", httpx.Response(status, json={"firing": 7}))
    assert colour(caller("kiln", api, "run", clay="red")) == "blue"
    assert api.calls.count("POST /firings") == 1


@EVERY_CALLER
@pytest.mark.parametrize("response", [httpx.Response(204), httpx.Response(202, text="<p>ok")])
def test_a_success_that_names_no_job_is_uncertain(caller: Any, response: Any) -> None:
    api = kiln().on("POST /firings", response)
    with pytest.raises(errors.SubmitUncertain) as caught:
        caller("kiln", api, "run", clay="red")
    assert caught.value.status == response.status_code
    assert api.calls == ["POST /firings"]


@EVERY_CALLER
def test_a_lost_submit_is_sent_again_under_the_same_token(caller: Any) -> None:
    made = httpx.Response(201, json={"firing": 7, "stage": 0})
    api = kiln().on("POST /firings", httpx.ReadError("reset"), made)
    assert colour(caller("kiln", api, "run", clay="red")) == "blue"
    first, second = (r.headers["Once"] for r in api.requests if r.url.path == "/firings")
    assert first == second


@EVERY_CALLER
def test_a_token_that_the_caller_chose_is_kept(caller: Any) -> None:
    api = kiln()
    name = "Once" if caller.__name__.startswith("dynamic") else "once"
    caller("kiln", api, "run", clay="red", **{name: "mine"})
    assert api.requests[0].headers["Once"] == "mine"


@EVERY_CALLER
def test_a_finished_job_is_not_lost_to_an_error_that_is_an_object(caller: Any) -> None:
    api = kiln({**DONE, "error": {"code": 0}})
    found = caller("kiln", api, "run", clay="red")
    assert colour(found) == "blue"
    assert found["error"] == {"code": 0}
    if not caller.__name__.startswith("dynamic"):
        assert found.error is None
        assert "/error" in found.notes[0]


@EVERY_CALLER
def test_a_failure_that_is_an_object_is_told(caller: Any) -> None:
    api = kiln({"firing": 7, "stage": 3, "error": {"reason": "cracked"}})
    with pytest.raises(errors.JobFailed, match="cracked"):
        caller("kiln", api, "run", clay="red")


@EVERY_CALLER
def test_a_job_that_was_cancelled_elsewhere_is_named_so(caller: Any) -> None:
    with pytest.raises(errors.JobCancelled):
        caller("kiln", kiln({"firing": 7, "stage": 4}), "run", clay="red")


@EVERY_CALLER
def test_a_job_that_is_gone_is_named_so(caller: Any) -> None:
    api = kiln(httpx.Response(410, json={"error": "older than a day"}))
    with pytest.raises(errors.JobGone, match="older than a day") as caught:
        caller("kiln", api, "run", clay="red")
    assert caught.value.job_id == "7"


@EVERY_CALLER
def test_a_pause_that_the_service_asks_for_is_the_shortest(caller: Any) -> None:
    slow = httpx.Response(200, json={"firing": 7, "stage": 1}, headers={"Retry-After": "0.2"})
    heard: list[Any] = []
    caller("kiln", kiln(slow, DONE), "run", clay="red", on_event=heard.append)
    assert [event.pause for event in heard if isinstance(event, Polled)] == [0.2]


@EVERY_CALLER
@pytest.mark.parametrize(
    ("glaze", "problem"), [(0, "1 or more"), (10, "9 or less"), ("1", "an integer")]
)
def test_an_option_is_checked_before_anything_is_sent(
    caller: Any, glaze: Any, problem: str
) -> None:
    api = kiln()
    with pytest.raises(errors.InputError, match=problem):
        caller("kiln", api, "run", clay="red", glaze=glaze)
    assert api.requests == []


def test_a_job_is_cancelled_retried_and_deleted_without_a_body() -> None:
    api = kiln({"firing": 7, "stage": 3}, DONE)
    api.on("POST /firings/7/stop", httpx.Response(204))
    api.on("POST /firings/7/again", httpx.Response(202))
    api.on("DELETE /firings/7", httpx.Response(204))
    with connect("kiln", api) as client:
        job = client.submit(clay="red", glaze=3)
        assert json.loads(api.requests[0].content) == {"clay": "red", "glaze": 3}
        assert job.cancel() is job
        with pytest.raises(errors.JobFailed):
            job.result()
        assert colour(job.retry().result()) == "blue"
        job.delete()
    assert api.calls[-3:] == ["POST /firings/7/again", "GET /firings/7", "DELETE /firings/7"]
