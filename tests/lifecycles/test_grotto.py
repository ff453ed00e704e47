"""An invented API with a presigned form, a URL to follow, and a link for each piece."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, ScriptedApi, connect

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
PIECES = [{"link": f"https://files.example.com/p{number}"} for number in (1, 2)]
DONE = {"finished": True, "pieces": PIECES}


def grotto(*polls: Any) -> ScriptedApi:
    to = "https://storage.example.com/bucket?x=1"
    api = ScriptedApi().on("POST /drop", {"form": {"policy": "p"}, "to": to, "stone": "s1"})
    api.on("POST /bucket", httpx.Response(204))
    api.on("POST /carve", httpx.Response(202, json={"follow": "/elsewhere/9", "number": 9}))
    api.on("GET /elsewhere/9", *polls).on("DELETE /elsewhere/9", httpx.Response(204))
    return api.on("GET /p1", {"a": 1}).on("GET /p2", {"a": 2})


@EVERY_CALLER
def test_a_form_is_uploaded_and_every_piece_is_fetched_without_the_key(caller: Any) -> None:
    api = grotto({"finished": False, "percent": 5}, DONE)
    found = caller("grotto", api, "run", b"ROCK", filename="rock.obj")
    assert (found.job_id, found.result) == ("9", [{"a": 1}, {"a": 2}])
    form = next(r for r in api.requests if r.url.path == "/bucket")
    assert form.content.index(b"policy") < form.content.index(b"ROCK")
    submit = next(r for r in api.requests if r.url.path == "/carve")
    assert json.loads(submit.content) == {"stones": [{"id": "s1", "weight": 1}], "depth": 1.5}
    keyed = {r.url.host for r in api.requests if "X-Key" in r.headers}
    assert keyed == {"api.example.com"}


@EVERY_CALLER
def test_every_reason_of_a_failure_is_told(caller: Any) -> None:
    cracks = [{"text": "deep"}, {"text": "wide"}]
    with pytest.raises(errors.JobFailed, match="deep; wide"):
        caller("grotto", grotto({**DONE, "broken": True, "cracks": cracks}), "run", b"ROCK")


def test_a_job_is_deleted_by_its_resume_token() -> None:
    api = grotto(DONE)
    with connect("grotto", api) as client:
        job = client.submit(b"ROCK")
        type(job).from_resume_token(job.resume_token, client).delete()
    assert api.calls[-1] == "DELETE /elsewhere/9"
