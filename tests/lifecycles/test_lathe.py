"""An invented API of remote procedure calls, where the client chooses the job's id."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from scripted_api import CALLERS, KEY, ScriptedApi
from scripted_clients import now, play, rows

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SHEET = "https://sheets.example.com/p.jsonl?sig=1"
EXISTS = httpx.Response(409, json={"error": "PieceExists"})


class Lathe(ScriptedApi):
    """Responds to the target that a header names, and fills in the piece that the body names."""

    def __init__(self) -> None:
        super().__init__()
        self.on("Turn", {"phase": 1}).on("Stop", {}).on("Drop", {})
        self.on("Look", {"phase": 2, "turned": 0.5}, {"phase": 3, "sheet": SHEET})
        self.on("GET /p.jsonl", httpx.Response(200, text='{"cut": 1}\n{"cut": 2}\n'))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        target = request.headers.get("Lathe-Target", "").removeprefix("Lathe.")
        if not target:
            return super().__call__(request)
        self.requests.append(request)
        queue = self._responses[target]
        response = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            return response
        piece = json.loads(request.content).get("piece")
        return httpx.Response(200, json={"piece": piece, **response})

    @property
    def targets(self) -> list[str]:
        """Every request by its target."""
        names = (request.headers.get("Lathe-Target", "") for request in self.requests)
        return [name.removeprefix("Lathe.") for name in names]

    def bodies(self, target: str) -> list[Any]:
        """The bodies of the requests to a target."""
        pairs = zip(self.targets, self.requests, strict=True)
        return [json.loads(request.content) for name, request in pairs if name == target]


@EVERY_CALLER
def test_every_request_is_a_call_that_a_header_names(caller: Any) -> None:
    api = Lathe()
    heard: list[Any] = []

    async def scenario(client: Any) -> tuple[Any, list[Any]]:
        job = await now(client.submit(wood="oak", speed=900, on_event=heard.append))
        found = await now(job.result(on_event=heard.append))
        return found, await rows(found.result)

    found, read = play(caller, "lathe", api, scenario)
    assert read == [{"cut": 1}, {"cut": 2}]
    assert found.state == "succeeded"
    assert api.targets == ["Turn", "Look", "Look", ""]
    (submit,) = api.bodies("Turn")
    assert submit == {"piece": found.job_id, "wood": "oak", "spindle": {"speed": 900}}
    assert api.bodies("Look") == [{"piece": found.job_id}] * 2
    assert [event.progress for event in heard if isinstance(event, Polled)] == [{"turned": 0.5}]


@EVERY_CALLER
def test_the_key_is_in_the_query_and_never_sent_to_the_host_of_the_result(caller: Any) -> None:
    api = Lathe()

    async def scenario(client: Any) -> list[Any]:
        job = await now(client.submit(wood="oak"))
        return await rows((await now(job.result())).result)

    play(caller, "lathe", api, scenario)
    *calls, sheet = api.requests
    assert {request.url.params["key"] for request in calls} == {KEY}
    assert {request.headers["Lathe-Version"] for request in calls} == {"3"}
    assert str(sheet.url) == SHEET
    assert KEY not in str(sheet.headers)


@EVERY_CALLER
def test_a_lost_submit_is_sent_again_and_409_means_that_the_job_exists(caller: Any) -> None:
    api = Lathe().on("Turn", httpx.ReadError("reset"), EXISTS)
    found = caller("lathe", api, "run", wood="oak")
    first, second = api.bodies("Turn")
    assert first == second
    assert first["piece"] == found.job_id


@EVERY_CALLER
def test_409_without_a_lost_submit_is_a_conflict(caller: Any) -> None:
    api = Lathe().on("Turn", EXISTS)
    with pytest.raises(errors.Conflict):
        caller("lathe", api, "run", wood="oak", piece="bowl-1")
    assert api.targets == ["Turn"]


@EVERY_CALLER
def test_another_409_after_a_lost_submit_is_a_conflict(caller: Any) -> None:
    full = httpx.Response(409, json={"error": "NoSpindleFree"})
    api = Lathe().on("Turn", httpx.ReadError("reset"), full)
    with pytest.raises(errors.Conflict, match="NoSpindleFree"):
        caller("lathe", api, "run", wood="oak")


@EVERY_CALLER
def test_an_id_that_the_caller_chose_is_kept(caller: Any) -> None:
    api = Lathe()
    assert caller("lathe", api, "run", wood="oak", piece="bowl-1").job_id == "bowl-1"
    assert api.bodies("Look")[0] == {"piece": "bowl-1"}


@EVERY_CALLER
def test_states_are_compared_as_numbers(caller: Any) -> None:
    api = Lathe().on("Look", {"phase": 1}, {"phase": 7, "trouble": [{"text": "the wood split"}]})
    with pytest.raises(errors.JobFailed, match="the wood split"):
        caller("lathe", api, "run", wood="oak")


@EVERY_CALLER
def test_a_job_is_stopped_and_dropped_by_calls_with_a_body(caller: Any) -> None:
    api = Lathe().on("Look", {"phase": 5})

    async def scenario(client: Any) -> None:
        job = await now(client.submit(wood="oak", piece="bowl-1"))
        await now(job.cancel())
        with pytest.raises(errors.JobCancelled):
            await now(job.result())
        await now(job.delete())

    play(caller, "lathe", api, scenario)
    assert api.targets == ["Turn", "Stop", "Look", "Drop"]
    assert api.bodies("Stop") == [{"piece": "bowl-1", "wait": False}]
    assert api.bodies("Drop") == [{"pieces": ["bowl-1"]}]
