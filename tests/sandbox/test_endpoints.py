"""The API as seen by a bare HTTP caller: forms, refusals, and what a job says of itself."""

import contextlib
import hashlib
import logging
import re
import socket
import sqlite3
import threading
import time
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

import redenlab.sandbox
from faulty_server import PATIENCE
from redenlab.sandbox import Sandbox
from redenlab.sandbox.ml.backend import BACKEND
from sandbox.caller import Call, Caller, complaints

JSON = {"Content-Type": "application/json"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def problem(response: httpx.Response) -> tuple[int, str]:
    """Status and text of a refusal, which has to be JSON with nothing else in it."""
    assert response.headers["content-type"] == "application/json"
    (text,) = response.json().values()
    return response.status_code, text


# ---- upload-url --------------------------------------------------------------------------------


def test_ticket_has_the_promised_form(caller: Caller) -> None:
    ticket = caller.ticket("call one.wav")
    assert ticket["file_key"] == f"uploads/{ticket['job_id']}/call one.wav"
    assert ticket["upload_url"].startswith(f"{caller.sandbox.storage_url}/")
    assert ticket["expires_in"] == 900
    assert ticket.keys() == {"job_id", "upload_url", "file_key", "expires_in"}


def test_every_ticket_is_another_job(caller: Caller) -> None:
    assert caller.ticket()["job_id"] != caller.ticket()["job_id"]


def test_content_type_defaults_to_the_one_in_the_spec(caller: Caller, tone: bytes) -> None:
    ticket = caller.api.post("/upload-url", json={"filename": "a.wav"}).json()
    assert caller.put(ticket, tone).status_code == 200


@pytest.mark.parametrize(
    "name", ["../a.wav", "a/b.wav", "a\\b.wav", "..", ".", "a\nb.wav", "/etc/passwd", "a\0"]
)
def test_name_that_is_no_base_name_is_refused(caller: Caller, name: str) -> None:
    response = caller.api.post("/upload-url", json={"filename": name})
    assert problem(response) == (422, "filename: Not the base name of a file")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ({}, "filename: Field required"),
        ({"filename": ""}, "filename: String should have at least 1 character"),
        ({"filename": "x" * 256}, "filename: String should have at most 255 characters"),
        ({"filename": 7}, "filename: Input should be a valid string"),
        ({"filename": "a.wav", "speed": 2}, "speed: Extra inputs are not permitted"),
    ],
)
def test_form_is_checked_field_by_field(caller: Caller, body: Any, text: str) -> None:
    assert problem(caller.api.post("/upload-url", json=body)) == (422, text)


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"\xff", b'"text"', b"[" * 100_000])
def test_body_that_is_no_json_object_is_refused(caller: Caller, body: bytes) -> None:
    status, text = problem(caller.api.post("/upload-url", content=body, headers=JSON))
    assert status == 422
    assert text.startswith("body: ")


def test_refusal_does_not_quote_what_was_sent(caller: Caller) -> None:
    response = caller.api.post("/upload-url", json={"filename": {"patient": "Jane Roe"}})
    assert response.status_code == 422
    assert "Jane" not in response.text


def test_body_over_one_mebibyte_is_too_large(caller: Caller) -> None:
    for path in ("/upload-url", "/intelligibility/predict"):
        response = caller.api.post(path, content=b" " * (BACKEND.max_body + 1), headers=JSON)
        assert problem(response) == (413, "the request body is too large")
    assert (
        caller.api.post("/upload-url", content=b" " * BACKEND.max_body, headers=JSON).status_code
        == 422
    )


# ---- who may call what -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/upload-url"), ("POST", "/intelligibility/predict"), ("GET", "/result/x")],
)
def test_every_route_asks_for_the_key(sandbox: Sandbox, method: str, path: str) -> None:
    cases: list[tuple[Any, str]] = [
        ({}, "the API key is missing"),
        ({"X-Api-Key": "sk_wrong_wrong"}, "the API key is wrong"),
        ({"X-Api-Key": sandbox.api_key[:-1]}, "the API key is wrong"),
        ({"X-Api-Key": "\xfc".encode("latin-1")}, "the API key is wrong"),
    ]
    for headers, text in cases:
        response = httpx.request(method, f"{sandbox.url}{path}", headers=headers, trust_env=False)
        assert problem(response) == (401, text)


def test_wrong_method_is_405_in_json(caller: Caller) -> None:
    response = caller.api.get("/upload-url")
    assert problem(response) == (405, "GET is not allowed here")
    assert response.headers["allow"] == "POST"
    assert caller.api.delete("/result/x").status_code == 405


@pytest.mark.parametrize("path", ["/", "/nothing", "/upload-url/", "/a/b/predict", "/../prod/x"])
def test_unknown_path_is_404_in_json(caller: Caller, path: str) -> None:
    assert problem(caller.api.post(path))[0] == 404


def test_the_stage_is_part_of_the_path(caller: Caller) -> None:
    bare = caller.sandbox.url.removesuffix("/ml/prod")
    assert problem(caller.api.post(f"{bare}/upload-url"))[0] == 404


def test_every_response_has_a_unique_request_id(caller: Caller) -> None:
    statuses = [
        caller.api.post("/upload-url", json={"filename": "a.wav"}),
        caller.api.post("/upload-url", json={}),
        caller.api.get("/upload-url"),
        caller.api.get("/nothing"),
        caller.api.get("/result/x"),
    ]
    ids = [response.headers["x-request-id"] for response in statuses]
    assert len(set(ids)) == len(statuses)


# ---- predict -----------------------------------------------------------------------------------


def test_job_runs_to_its_end(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(tone)
    response = caller.predict(ticket)
    assert response.status_code == 200
    assert response.json()["job_id"] == ticket["job_id"]
    assert response.json()["status"] == "processing"
    assert response.json()["output_location"].startswith("s3://")
    job = caller.ended(ticket)
    assert job["status"] == "completed"
    assert job["result"]["sandbox"] is True
    assert "no clinical meaning" in job["result"]["note"]
    assert "error" not in job


@pytest.mark.parametrize("model", ["als-naturalness", "result"])
def test_unknown_model_is_404(caller: Caller, tone: bytes, model: str) -> None:
    ticket = caller.uploaded(tone)
    assert problem(caller.predict(ticket, model)) == (404, "there is no such model")


def test_unknown_job_is_404(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(tone)
    assert problem(caller.predict(ticket, job_id="x")) == (404, "there is no such upload")
    assert problem(caller.api.get("/result/x")) == (404, "there is no such job")


def test_file_key_of_another_job_is_refused(caller: Caller, tone: bytes) -> None:
    ticket, other = caller.uploaded(tone), caller.uploaded(tone)
    response = caller.predict(ticket, file_key=other["file_key"])
    assert problem(response) == (404, "there is no such upload")
    assert caller.result(ticket).json()["status"] == "upload_pending"


def test_predict_without_a_field_names_it(caller: Caller) -> None:
    response = caller.api.post("/intelligibility/predict", json={"job_id": "x"})
    assert problem(response) == (404, "there is no such upload")


def test_predict_before_the_upload_is_409(caller: Caller, tone: bytes) -> None:
    ticket = caller.ticket()
    assert problem(caller.predict(ticket)) == (409, "the upload is still pending")
    assert caller.put(ticket, tone).status_code == 200
    assert caller.predict(ticket).status_code == 200


def test_predict_again_is_the_same_job(call: Call, tone: bytes) -> None:
    with redenlab.sandbox.running(processing=0) as sandbox:
        caller = call(sandbox)
        ticket = caller.uploaded(tone)
        assert sandbox.jobs_created == 0
        assert caller.predict(ticket).status_code == 200
        assert sandbox.jobs_created == 1
        again = caller.predict(ticket)
        assert (again.status_code, again.json()["job_id"]) == (200, ticket["job_id"])
        job = caller.ended(ticket)
        assert caller.predict(ticket).json()["status"] == "completed"
        assert caller.ended(ticket) == job
        assert sandbox.jobs_created == 1


def test_predict_again_with_another_model_is_refused(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(tone)
    assert caller.predict(ticket).status_code == 200
    response = caller.predict(ticket, "speaker_diarisation_workflow")
    assert problem(response) == (422, "it was already submitted to another model")
    assert "intelligibility_score" in caller.ended(ticket)["result"]


def test_racing_predicts_make_one_job(call: Call, tone: bytes) -> None:
    with redenlab.sandbox.running() as sandbox:
        ticket = call(sandbox).uploaded(tone)
        callers = [call(sandbox) for _ in range(8)]
        threads = [
            threading.Thread(target=caller.predict, args=(ticket,), daemon=True)
            for caller in callers
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sandbox.jobs_created == 1


# ---- result ------------------------------------------------------------------------------------


def test_job_that_was_not_submitted_says_so(caller: Caller, tone: bytes) -> None:
    ticket = caller.ticket()
    for _ in ("before", "after the upload"):
        job = caller.result(ticket, model="intelligibility").json()
        assert job.keys() == {"job_id", "status", "created_at"}
        assert job["status"] == "upload_pending"
        caller.put(ticket, tone)


def test_job_takes_at_least_as_long_as_the_sandbox_was_told(call: Call, tone: bytes) -> None:
    with redenlab.sandbox.running(processing=3600) as sandbox:
        caller = call(sandbox)
        ticket = caller.uploaded(tone)
        assert caller.predict(ticket).status_code == 200
        job = caller.result(ticket).json()
        assert job["status"] == "processing"
        assert job.keys() == {"job_id", "status", "created_at", "submitted_at"}
        # Even if the work is complete.
        deadline = time.monotonic() + PATIENCE
        while not outcomes(sandbox) and time.monotonic() < deadline:
            time.sleep(0.01)
        assert outcomes(sandbox)
        assert caller.result(ticket).json() == job


def outcomes(sandbox: Sandbox) -> int:
    with contextlib.closing(sqlite3.connect(sandbox.folder / "journal.sqlite")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM outcomes").fetchone()
    return int(count)


def test_times_are_utc_with_microseconds_and_in_order(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(tone)
    caller.predict(ticket)
    job = caller.ended(ticket)
    times = [job["created_at"], job["submitted_at"], job["completed_at"]]
    assert all(INSTANT.fullmatch(time) for time in times)
    assert times == sorted(times)


def test_other_model_than_the_submitted_one_is_404(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(tone)
    caller.predict(ticket)
    response = caller.result(ticket, model="speaker_diarisation_workflow")
    assert problem(response) == (404, "there is no such job")
    assert caller.result(ticket, model="intelligibility").status_code == 200
    assert caller.result(ticket).status_code == 200


@pytest.mark.parametrize("content", [b"", b"not audio", b"RIFF\x00\x00\x00\x00WAVE"])
def test_recording_that_cannot_be_decoded_fails(caller: Caller, content: bytes) -> None:
    ticket = caller.uploaded(content)
    caller.predict(ticket)
    job = caller.ended(ticket)
    assert job["status"] == "failed"
    assert job["error"] == "The recording cannot be decoded as audio"
    assert "result" not in job


def test_recording_that_vanished_fails_and_is_logged(
    caller: Caller, tone: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    ticket = caller.uploaded(tone)
    (caller.sandbox.folder / "files" / hashlib.sha256(tone).hexdigest()).unlink()
    caller.predict(ticket)
    job = caller.ended(ticket)
    assert job["error"] == "The sandbox could not work on the job"
    assert job["status"] == "failed"
    assert complaints(caplog) == [logging.ERROR]


def test_caller_that_hangs_up_does_no_harm(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    parts = urlsplit(caller.sandbox.url)
    head = (
        f"POST /ml/prod/upload-url HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"X-Api-Key: {caller.sandbox.api_key}\r\nContent-Length: 100\r\n\r\n{{"
    )
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(head.encode())
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(5)
        while connection.recv(4096):
            pass
    assert caller.ticket()
    assert complaints(caplog) == []
