"""Dalston: the recording or its URL in the submit; completed is not settled."""

from typing import Any

import httpx
import pytest

from redenlab.core import errors
from scripted_api import CALLERS, ScriptedApi

EVERY_CALLER = pytest.mark.parametrize("caller", CALLERS)
SUBMIT, POLL = "POST /v1/audio/transcriptions", "GET /v1/audio/transcriptions/d"


def polled(stage: str, text: str) -> dict[str, Any]:
    """A completed job, whose personal data is removed in a stage of its own."""
    stages = [{"stage": "transcribe", "status": "completed"}, {"stage": "pii", "status": stage}]
    return {"id": "d", "status": "completed", "transcript": {"text": text}, "stages": stages}


def dalston(*polls: Any) -> ScriptedApi:
    api = ScriptedApi().on(SUBMIT, httpx.Response(201, json={"id": "d", "status": "pending"}))
    return api.on(POLL, *(polls or [polled("completed", "hi")]))


def text(found: Any) -> str:
    """Of a typed result, or of plain JSON."""
    return found.result["text"] if type(found.result) is dict else found.result.text


@EVERY_CALLER
def test_a_completed_job_is_waited_for_until_personal_data_is_removed(caller: Any) -> None:
    api = dalston(polled("running", "Ann"), polled("running", "Ann"), polled("completed", "***"))
    assert text(caller("dalston", api, "run", b"RIFF")) == "***"
    assert api.calls.count(POLL) == 3


@EVERY_CALLER
def test_a_completed_response_to_the_submit_is_not_the_end_either(caller: Any) -> None:
    api = dalston().on(SUBMIT, httpx.Response(200, json=polled("running", "Ann")))
    assert text(caller("dalston", api, "run", b"RIFF")) == "hi"
    assert api.calls == [SUBMIT, POLL]


@EVERY_CALLER
def test_a_url_will_do_instead_of_a_recording(caller: Any) -> None:
    api = dalston()
    url = "https://recordings.example.com/call.wav"
    assert text(caller("dalston", api, "run", audio_url=url)) == "hi"
    assert b'name="audio_url"\r\n\r\nhttps://recordings.example.com/call.wav' in (
        api.requests[0].content
    )
    assert b'name="file"' not in api.requests[0].content


@EVERY_CALLER
def test_neither_a_recording_nor_a_url_is_refused_before_anything_is_sent(caller: Any) -> None:
    api = dalston()
    with pytest.raises(errors.InputError, match="no recording was given"):
        caller("dalston", api, "run", language="en")
    assert api.requests == []


@EVERY_CALLER
def test_a_lost_submit_is_uncertain(caller: Any) -> None:
    api = dalston().on(SUBMIT, httpx.ReadError("reset"))
    with pytest.raises(errors.SubmitUncertain):
        caller("dalston", api, "run", b"RIFF")
    assert api.calls == [SUBMIT]
