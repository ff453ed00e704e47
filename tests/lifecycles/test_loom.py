"""An invented API that is polled by a POST, whose response is a list."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, ScriptedApi, connect

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)


def loom(*states: str) -> ScriptedApi:
    made = {"jobs": [{"id": "w1", "shed": "north", "state": "waiting"}]}
    api = ScriptedApi().on("POST /weave", httpx.ReadError("reset"), httpx.Response(201, json=made))
    polls = [{"jobs": [{"id": "w1", "state": state, "why": "a knot"}]} for state in states]
    api.on("POST /sheds/north/ask", *polls).on("PATCH /sheds/north/ask", httpx.Response(202))
    pages = ({"rows": [{"n": 1}, {"n": 2}], "next": "c2"}, {"rows": [{"n": 3}], "next": None})
    return api.on("GET /sheds/north/rows/w1", *pages)


@EVERY_CALLER
def test_a_lost_submit_is_sent_again_and_all_pages_are_the_result(caller: Any) -> None:
    api = loom("weaving", "woven")
    found = caller("loom", api, "run", threads=["red"])
    assert found.result == [{"n": 1}, {"n": 2}, {"n": 3}]
    keys = {r.headers["Idempotency-Key"] for r in api.requests if r.url.path == "/weave"}
    assert len(keys) == 1
    assert json.loads(api.requests[2].content) == {"ids": ["w1"], "verbose": True}
    assert api.requests[-1].url.params["after"] == "c2"


@EVERY_CALLER
@pytest.mark.parametrize(
    ("state", "kind"), [("torn", errors.JobFailed), ("stopped", errors.JobCancelled)]
)
def test_a_bad_end_has_its_reason(caller: Any, state: str, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="a knot"):
        caller("loom", loom(state), "run", threads=["red"])


def test_a_job_is_stopped_by_a_change_of_its_state() -> None:
    api = loom("weaving")
    with connect("loom", api) as client:
        client.submit(threads=["red"]).cancel()
    assert json.loads(api.requests[-1].content) == {"id": "w1", "set": {"state": "stopped"}}
