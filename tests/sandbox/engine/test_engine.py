"""The engine from without: requests of anyone, whether the SDK would make them or not."""

from pathlib import Path
from typing import Any

import pytest

from redenlab.sandbox.engine.backend import Failure
from redenlab.sandbox.engine.service import Unreachable
from sandbox.engine.caller import BASE, Caller, spec_of

KILN = "Kiln {}"
LOAD = {"clay": "red"}


def started(caller: Caller) -> Any:
    """The id of a new job of kiln."""
    return caller("POST", "/firings", LOAD).json()["firing"]


def stages(caller: Caller, firing: Any, polls: int) -> list[int]:
    return [caller("GET", f"/firings/{firing}").json()["stage"] for _ in range(polls)]


def test_a_job_shows_every_status_and_stays_at_its_end() -> None:
    caller = Caller("kiln", KILN)
    assert stages(caller, started(caller), 4) == [0, 1, 2, 2]


@pytest.mark.parametrize(("end", "last"), [("2", 2), ("3", 3), ("4", 4)])
def test_a_job_ends_as_the_scenario_wants(end: str, last: int) -> None:
    caller = Caller("kiln", KILN, end=end)
    assert stages(caller, started(caller), 3)[-1] == last


def test_a_condition_may_be_the_end() -> None:
    caller = Caller("kiln", KILN, end="states/0")
    path = f"/firings/{started(caller)}"
    assert [caller("GET", path).status_code for _ in range(3)] == [200, 200, 410]


def test_an_end_that_does_not_exist_is_named() -> None:
    with pytest.raises(Unreachable, match=r"a fire job has no end 9; it has 2, 3, 4, states/0"):
        started(Caller("kiln", KILN, end="9"))


def test_a_result_comes_with_the_end_alone() -> None:
    caller = Caller("kiln", KILN)
    polls = [caller("GET", f"/firings/{started(caller)}").json() for _ in range(1)]
    assert all("pot" not in poll for poll in polls)
    firing = started(caller)
    stages(caller, firing, 2)
    found = caller("GET", f"/firings/{firing}").json()["pot"]
    (job,) = [job for job in caller.engine.store.jobs if job.id == str(firing)]
    assert job.result is not None
    assert found == job.result.value


def test_jobs_do_not_meet() -> None:
    caller = Caller("kiln", KILN)
    one, other = started(caller), started(caller)
    assert one != other
    assert stages(caller, one, 3) == [0, 1, 2]
    assert stages(caller, other, 1) == [0]


def test_a_command_changes_the_end() -> None:
    caller = Caller("kiln", KILN)
    firing = started(caller)
    assert caller("POST", f"/firings/{firing}/stop").status_code == 204
    assert stages(caller, firing, 1) == [4]
    assert caller("POST", f"/firings/{firing}/again").status_code == 202
    assert stages(caller, firing, 2) == [0, 2]
    assert caller("DELETE", f"/firings/{firing}").status_code == 204
    assert caller("GET", f"/firings/{firing}").status_code == 410


def test_a_job_that_was_cancelled_while_its_model_worked_stays_cancelled() -> None:
    caller = Caller("kiln", KILN, seconds=10)
    caller.engine.intake.begun = lambda _job: None
    firing = started(caller)
    assert caller("POST", f"/firings/{firing}/stop").status_code == 204
    (job,) = caller.engine.store.jobs
    job.settle(Failure("it cracked"), 0)
    assert job.state == "cancelled"
    assert stages(caller, firing, 1) == [4]


@pytest.mark.parametrize(
    ("call", "status", "problem"),
    [
        (("GET", "/nothing"), 404, "there is nothing at GET"),
        (("GET", "https://elsewhere.example.com/firings/1"), 404, "there is nothing at GET"),
        (("GET", "/firings/77"), 404, "there is no such job"),
        (
            ("GET", "/firings/x"),
            422,
            "the path parameter firing: is a string, and has to be an integer",
        ),
        (("POST", "/firings"), 422, "body: Field required"),
        (("POST", "/firings", {}), 422, "body: needs the key 'clay'"),
        (("POST", "/firings", {"clay": 1}), 422, "clay: is 1, and has to be a string"),
        (("POST", "/firings", b"clay"), 422, "body: Neither JSON nor a form"),
        (("POST", "/firings", LOAD, None), 401, "the API key is missing"),
        (("POST", "/firings", LOAD, "sk-other"), 401, "the API key is wrong"),
    ],
)
def test_what_is_wrong_with_a_request_is_named(
    call: tuple[Any, ...], status: int, problem: str
) -> None:
    found = Caller("kiln", KILN)(*call)
    assert found.status_code == status
    assert found.json()["error"].startswith(problem)


def test_json_that_cannot_be_read_is_refused() -> None:
    found = Caller("kiln", KILN)("POST", "/firings", b"{", Content_Type="application/json")
    assert found.status_code == 422
    assert found.json()["error"].startswith("body: Cannot be read")


def test_storage_takes_no_key_and_keeps_the_bytes() -> None:
    caller = Caller("redenlab_today")
    ticket = caller("POST", "/upload-url", {"filename": "a.wav"}).json()
    assert not ticket["upload_url"].startswith(BASE)
    assert caller("PUT", ticket["upload_url"], b"RIFF").status_code == 401
    assert caller("PUT", ticket["upload_url"], b"RIFF", key=None).status_code == 200
    submit = {"asset_id": ticket["asset_id"]}
    caller("POST", "/ataxia-naturalness/predict", submit)
    (job,) = caller.engine.store.jobs
    assert (job.submit.content, job.model) == (b"RIFF", "ataxia-naturalness")


def test_a_submit_needs_an_upload_that_is_there() -> None:
    found = Caller("redenlab_today")("POST", "/whisperx/predict", {"asset_id": "other"})
    assert (found.status_code, found.json()) == (404, {"error": "there is no such upload"})


def test_a_model_is_sent_parameters_that_fit_it() -> None:
    caller = Caller("acme", "")
    good = {"picture": "p", "style": "verse", "rhyme": "ab"}
    for body, status in ((good, 202), ({**good, "rhyme": 1}, 422), ({**good, "style": "x"}, 202)):
        found = caller("POST", "/captions", body, key=None, Acme_Key="sk-engine")
        assert found.status_code == status
    del good["rhyme"]
    found = caller("POST", "/captions", good, key=None, Acme_Key="sk-engine")
    assert found.json() == {"error": "body: needs the key 'rhyme'"}


def test_what_was_exchanged_is_kept() -> None:
    caller = Caller("kiln", KILN)
    stages(caller, started(caller), 1)
    told = [(e.operation, e.step, e.response.status_code) for e in caller.exchanges]
    assert told == [("fire", "", 201), ("get_firing", "poll", 200)]


def test_a_result_is_found_behind_its_link_without_the_key() -> None:
    caller = Caller("redenlab_today", linked=True)
    ticket = caller("POST", "/upload-url", {"filename": "a.wav"}).json()
    caller("PUT", ticket["upload_url"], b"RIFF", key=None)
    submitted = caller("POST", "/whisperx/predict", {"asset_id": ticket["asset_id"]}).json()
    path = f"/result/{submitted['job_id']}?model=whisperx"
    polls = [caller("GET", path).json() for _ in range(3)]
    assert "result" not in polls[-1]
    assert caller("GET", polls[-1]["result_url"]).status_code == 401
    assert "segments" in caller("GET", polls[-1]["result_url"], key=None).json()


def test_events_end_with_the_end() -> None:
    caller = Caller("artificer")
    job = caller("POST", "/batch", {"name": "a", "items": ["b"]}).json()
    events = caller("GET", f"/batch/{job['id']}/events")
    assert events.headers["content-type"] == "text/event-stream"
    lines = events.text.split("\n\n")[:-1]
    assert all(each.startswith("data: {") for each in lines)
    assert "COMPLETED" in lines[-1]
    assert caller("GET", f"/batch/{job['id']}").json()["status"] == "COMPLETED"


def test_a_job_waits_for_its_start() -> None:
    caller = Caller("artificer")
    given = {"name": "a", "items": ["b"], "autoStart": False}
    job = caller("POST", "/batch", given).json()

    def status() -> str:
        found: str = caller("GET", f"/batch/{job['id']}").json()["status"]
        return found

    assert [status(), status()] == ["PENDING", "PENDING"]
    caller("POST", f"/batch/{job['id']}/start")
    assert [status(), status()] == ["PENDING", "RUNNING"]


def test_one_url_may_serve_every_step() -> None:
    caller = Caller("lathe")
    turn = {"piece": "p1", "wood": "oak"}

    def call(target: str, body: Any) -> Any:
        url = f"{BASE}/rpc?key=sk-engine"
        return caller("POST", url, body, key=None, Lathe_Target=f"Lathe.{target}")

    assert call("Turn", turn).json()["piece"] == "p1"
    assert call("Look", {"piece": "p1"}).json()["piece"] == "p1"
    assert call("Look", {"piece": "p2"}).status_code == 422
    assert call("Dance", turn).status_code == 404
    assert call("Stop", {"piece": "p1", "wait": False}).status_code == 200
    assert call("Look", {"piece": "p1"}).json()["phase"] == 5


MILL = """\
openapi: 3.0.3
info: {title: Mill, version: '1'}
paths:
  /sacks:
    get:
      operationId: list_sacks
      parameters: [{name: PAGING}]
      x-page: PAGE
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {$ref: '#/components/schemas/Sacks'}}}
  /open: {get: {operationId: is_open, security: [], responses: {'204': {description: yes}}}}
components:
  securitySchemes: {key: {type: http, scheme: bearer}}
  schemas:
    Sacks:
      type: object
      required: [sacks]
      properties:
        sacks: {type: array, items: {$ref: '#/components/schemas/Sack'}}
        next: {type: string, nullable: true}
        more: {type: boolean}
    Sack: {type: object, required: [id], properties: {id: {type: string}}}
security: [{key: []}]
"""

WAYS = {
    "next": ("from", "{items: $response.body#/sacks, next: $response.body#/next}"),
    "link": ("from", "{items: $response.body#/sacks, link: true}"),
    "cursor": (
        "from",
        "{items: $response.body#/sacks, cursor: $response.body#/next, parameter: from}",
    ),
    "last": (
        "from",
        "{items: $response.body#/sacks, last: /id, parameter: from, more: $response.body#/more}",
    ),
    "offset": ("from", "{items: $response.body#/sacks, offset: from}"),
    "page": ("from", "{items: $response.body#/sacks, page: from}"),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_list_comes_in_pages_of_two(tmp_path: Path, way: str) -> None:
    parameter, page = WAYS[way]
    declared = f"{{name: {parameter}, in: query, schema: {{type: string}}}}"
    text = MILL.replace("{name: PAGING}", declared).replace("PAGE", page)
    caller = Caller(spec_of(tmp_path, text))
    first = caller("GET", "/sacks")
    sacks = first.json()["sacks"]
    assert len(sacks) == 2
    following = {
        "next": lambda: first.json()["next"],
        "link": lambda: first.headers["link"].partition(">")[0][1:],
        "cursor": lambda: f"/sacks?from={first.json()['next']}",
        "last": lambda: f"/sacks?from={sacks[-1]['id']}",
        "offset": lambda: "/sacks?from=2",
        "page": lambda: "/sacks?from=2",
    }[way]()
    last = caller("GET", following)
    assert len(last.json()["sacks"]) == 1
    assert last.json().get("next") is None
    assert "link" not in last.headers
    assert last.json().get("more") in {None, False}
    assert len({sack["id"] for sack in (*sacks, *last.json()["sacks"])}) == 3


def test_an_operation_without_security_needs_no_key(tmp_path: Path) -> None:
    text = MILL.replace("parameters: [{name: PAGING}]", "").replace("      x-page: PAGE\n", "")
    caller = Caller(spec_of(tmp_path, text))
    assert caller("GET", "/open", key=None).status_code == 204
    assert caller("GET", "/sacks", key=None).status_code == 401
