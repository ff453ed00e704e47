"""An invented API: uploads in parts, and a poll whose response is the finished picture itself."""

import json
from typing import Any

import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from scripted_api import CALLERS, KEY, ScriptedApi
from scripted_clients import now, play

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
BEGIN, PART, COMPLETE = "POST /uploads", "PUT /u", "POST /uploads/5/complete"
SUBMIT, POLL, STOP, DROP = (
    "POST /mosaics",
    "GET /mosaics/7",
    "PUT /mosaics/7/stop",
    "DELETE /mosaics/7",
)
PNG = b"\x89PNG\r\n\x1a\n\x00\xff"
PICTURE = httpx.Response(200, content=PNG, headers={"Content-Type": "image/png"})


def laying(laid: float, **headers: str) -> httpx.Response:
    return httpx.Response(200, json={"mosaic": 7, "laid": laid}, headers=headers)


def mosaic(*polls: Any) -> ScriptedApi:
    upload = {"upload": 5, "url": "https://storage.example.com/u?sig=1"}
    parts = [httpx.Response(200, headers={"ETag": f'"e{number}"'}) for number in (1, 2, 3)]
    api = ScriptedApi().on(BEGIN, httpx.Response(201, json=upload)).on(PART, *parts)
    api.on(COMPLETE, {"picture": 9}).on(SUBMIT, httpx.Response(202, json={"mosaic": 7, "laid": 0}))
    api.on(STOP, httpx.Response(204)).on(DROP, httpx.Response(204))
    return api.on(POLL, *(polls or [laying(0.5), PICTURE]))


@EVERY_CALLER
def test_the_response_of_the_last_poll_is_the_picture(caller: Any) -> None:
    api, heard = mosaic(), list[Any]()

    async def scenario(client: Any) -> tuple[Any, bytes]:
        job = await now(client.submit(b"0123456789", stones=40))
        found = await now(job.result(on_event=heard.append))
        return found, await now(found.result.read())

    found, picture = play(caller, "mosaic", api, scenario)
    assert picture == PNG
    assert (found.job_id, found.state, found.envelope) == ("7", "succeeded", None)
    assert [event.progress for event in heard if isinstance(event, Polled)] == [0.5]
    assert api.calls == [BEGIN, PART, PART, PART, COMPLETE, SUBMIT, POLL, POLL]
    assert json.loads(api.requests[5].content) == {"picture": 9, "stones": 40}


@EVERY_CALLER
def test_parts_go_to_storage_without_the_key_and_their_etags_complete_the_upload(
    caller: Any,
) -> None:
    api = mosaic()
    caller("mosaic", api, "submit", b"0123456789", filename="a.png")
    begin, *parts, complete, submit = api.requests
    assert json.loads(begin.content) == {"bytes": 10, "name": "a.png"}
    assert [part.content for part in parts] == [b"0123", b"4567", b"89"]
    assert [part.url.params["part"] for part in parts] == ["1", "2", "3"]
    assert all("Authorization" not in part.headers for part in parts)
    assert json.loads(complete.content) == {
        "parts": [{"number": number, "etag": f'"e{number}"'} for number in (1, 2, 3)]
    }
    assert {request.headers["Authorization"] for request in (begin, complete, submit)} == {
        f"Tile {KEY}"
    }


@EVERY_CALLER
def test_a_part_whose_response_is_lost_is_sent_again_alone(caller: Any) -> None:
    good = [httpx.Response(200, headers={"ETag": f'"e{number}"'}) for number in (1, 2, 3)]
    api = mosaic().on(PART, good[0], httpx.ReadError("reset"), *good[1:])
    caller("mosaic", api, "submit", b"0123456789")
    sent = [request.content for request in api.requests if request.url.path == "/u"]
    assert sent == [b"0123", b"4567", b"4567", b"89"]


@EVERY_CALLER
def test_a_submit_that_comes_too_soon_after_the_upload_is_sent_again(caller: Any) -> None:
    accepted = httpx.Response(202, json={"mosaic": 7})
    api = mosaic().on(SUBMIT, httpx.Response(424, json={"error": "no such picture yet"}), accepted)
    caller("mosaic", api, "submit", b"0123456789")
    assert api.calls.count(SUBMIT) == 2


@EVERY_CALLER
def test_a_pause_that_a_good_poll_asks_for_is_kept(caller: Any) -> None:
    api, heard = mosaic(laying(0.5, **{"Retry-After": "0.1"}), PICTURE), list[Any]()
    caller("mosaic", api, "run", b"0123", on_event=heard.append)
    assert [event.pause for event in heard if isinstance(event, Polled)] == [0.1]


@EVERY_CALLER
def test_an_error_in_the_json_is_a_failure(caller: Any) -> None:
    failed = {"mosaic": 7, "error": "too few stones"}
    with pytest.raises(errors.JobFailed, match="too few stones"):
        caller("mosaic", mosaic(failed), "run", b"0123")


@EVERY_CALLER
def test_a_job_that_is_gone_is_named_so(caller: Any) -> None:
    gone = httpx.Response(410, json={"error": "kept for a day"})
    with pytest.raises(errors.JobGone, match="kept for a day") as caught:
        caller("mosaic", mosaic(laying(0.5), gone), "run", b"0123")
    assert caught.value.job_id == "7"


@EVERY_CALLER
def test_a_job_is_stopped_and_dropped_and_resumed_from_its_token(caller: Any) -> None:
    api = mosaic({"mosaic": 7, "stopped": True})

    async def scenario(client: Any) -> None:
        job = await now(client.submit(b"0123456789"))
        await now(job.cancel())
        again = client.handle.from_resume_token(job.resume_token, client)
        with pytest.raises(errors.JobCancelled):
            await now(again.result())
        await now(again.delete())

    play(caller, "mosaic", api, scenario)
    assert api.calls[-3:] == [STOP, POLL, DROP]
    assert api.requests[-3].url.params["force"] == "true"


@EVERY_CALLER
def test_a_lost_response_to_the_submit_is_uncertain(caller: Any) -> None:
    api = mosaic().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain) as caught:
        caller("mosaic", api, "run", b"0123456789")
    assert api.calls.count(SUBMIT) == 1
    assert caught.value.asset.id == "9"
