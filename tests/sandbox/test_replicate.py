"""The sandbox's Replicate API, tested by plain HTTP requests."""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import redenlab.sandbox
from redenlab.core import errors
from redenlab.core.calls.retry import Retry
from redenlab.replicate.operations import models_search
from redenlab.sandbox import Sandbox
from redenlab.sandbox.replicate import lifecycle
from redenlab.sandbox.replicate.app import operations
from redenlab.sandbox.replicate.catalogue import FLUX, PAINTER
from redenlab.sandbox.replicate.forms import parts
from redenlab.sandbox.replicate.limits import Limit
from redenlab.sandbox.replicate.pictures import SIDE, picture
from redenlab.sandbox.replicate.problems import Problem
from redenlab.sandbox.replicate.store import Store, page


@pytest.fixture
def http(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """Knows the address and the token."""
    headers = {"Authorization": f"Bearer {sandbox.api_key}"}
    with httpx.Client(base_url=sandbox.replicate_url, headers=headers) as client:
        yield client


def made(http: httpx.Client, prompt: str = "a cat", **headers: str) -> dict[str, Any]:
    body = {"version": PAINTER.version, "input": {"prompt": prompt}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = http.post("/predictions", json=body, headers=named)
    assert response.status_code == 201
    return response.json()


# ---- who may


@pytest.mark.parametrize(
    ("header", "status", "words"),
    [
        (None, 401, "You did not pass an authentication token"),
        ("Bearer r8_wrong", 401, "You did not pass a valid authentication token"),
        ("Basic abc", 401, "You did not pass a valid authentication token"),
        ("Bearer", 422, "blank"),
    ],
)
def test_a_bad_token_is_refused(
    sandbox: Sandbox, header: str | None, status: int, words: str
) -> None:
    headers = {"Authorization": header} if header else {}
    response = httpx.get(f"{sandbox.replicate_url}/account", headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.json()["detail"]


def test_the_older_form_of_the_header_is_accepted(sandbox: Sandbox) -> None:
    headers = {"Authorization": f"Token {sandbox.api_key}"}
    assert httpx.get(f"{sandbox.replicate_url}/account", headers=headers).is_success


def test_both_apis_are_on_one_socket(sandbox: Sandbox) -> None:
    assert sandbox.replicate_url.rpartition("/")[0] == sandbox.url.rpartition("/")[0]
    with sandbox.client() as client, pytest.raises(errors.NotFound):
        client.get_status("nope")


def test_every_operation_of_the_spec_is_served(http: httpx.Client) -> None:
    for operation in operations():
        path = operation.PATH.replace("{", "").replace("}", "")
        response = http.request(operation.METHOD, path)
        assert response.status_code != 405, operation.OPERATION
        assert response.headers.get("content-type", "").startswith(("application", "text"))
    assert http.request("QUERY", "/models", content=b"cat").is_success
    assert models_search.OPERATION not in {operation.OPERATION for operation in operations()}


@pytest.mark.parametrize("path", ["/nothing", "/predictions/nope", "/models/a/b", "/files/x"])
def test_what_is_not_there_is_404_in_json(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 404
    assert response.json()["status"] == 404


# ---- predictions


def test_a_new_prediction_has_no_output_and_no_end(http: httpx.Client) -> None:
    found = made(http)
    assert found["status"] == "starting"
    assert not found.keys() & {"output", "completed_at", "metrics"}
    assert found["logs"] == ""
    assert len(found["id"]) == 26
    assert len(found["created_at"].partition(".")[2]) == len("123456789Z")


def test_an_ended_one_has_everything(http: httpx.Client) -> None:
    found = http.get(made(http)["urls"]["get"]).json()
    assert found["status"] == "succeeded"
    assert found["completed_at"] >= found["started_at"] >= found["created_at"]
    image = httpx.get(found["output"][0])
    assert image.headers["content-type"] == "image/png"
    assert image.content == picture("a cat  0")


def test_a_held_back_response_has_data_uris_and_is_not_final(http: httpx.Client) -> None:
    body = {"input": {"prompt": "a cat"}}
    path = f"/models/{FLUX.full_name}/predictions"
    response = http.post(path, json=body, headers={"Prefer": "wait=5"})
    assert response.headers["preference-applied"] == "wait=5"
    found = response.json()
    assert found["status"] == "processing"
    assert found["output"][0].startswith("data:image/png;base64,")
    assert "completed_at" not in found


def test_a_held_back_response_has_no_output_when_the_wait_is_over(http: httpx.Client) -> None:
    found = made(http, "sandbox:never", Prefer="wait=1")
    assert found["status"] == "starting"
    assert "output" not in found


@pytest.mark.parametrize("text", ["4", "4s", "soon", "", "-5", "1d"])
def test_a_time_to_cancel_after_that_makes_no_sense_is_refused(
    http: httpx.Client, text: str
) -> None:
    body = {"version": PAINTER.version, "input": {"prompt": "a cat"}}
    response = http.post("/predictions", json=body, headers={"Cancel-After": text})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5), ("90s", 90), ("5m", 300), ("1h30m45s", 5445), ("1h", 3600)]
)
def test_a_time_to_cancel_after_becomes_the_deadline(
    sandbox: Sandbox, http: httpx.Client, text: str, seconds: int
) -> None:
    found = made(http, "sandbox:never", Cancel_After=text)
    record = sandbox.replicate.store.get("predictions", found["id"])
    assert record
    assert record["deadline"] - record["created"] == seconds
    assert found["deadline"] > found["created_at"]


BAD: dict[str, tuple[Any, int, str]] = {
    "no JSON": (b"{", 400, "Failed to parse request body as JSON"),
    "no object": (b"[]", 400, "Failed to parse request body as JSON"),
    "no input": ({"version": PAINTER.version}, 422, "required"),
    "a model": ({"version": "x", "input": {}, "model": "m"}, 422, "additional_property"),
    "no such version": ({"version": 64 * "0", "input": {}}, 422, "Invalid version"),
    "a community model": ({"version": "sandbox/painter", "input": {}}, 422, "Invalid version"),
    "no prompt": ({"version": PAINTER.version, "input": {}}, 422, "prompt is required"),
    "a number": ({"version": PAINTER.version, "input": {"prompt": 1}}, 422, "Expected: string"),
    "too many": (
        {"version": FLUX.full_name, "input": {"prompt": "x", "num_outputs": 5}},
        422,
        "number_lte",
    ),
    "too few": (
        {"version": FLUX.full_name, "input": {"prompt": "x", "num_outputs": 0}},
        422,
        "number_gte",
    ),
    "no such ratio": (
        {"version": FLUX.full_name, "input": {"prompt": "x", "aspect_ratio": "1:7"}},
        422,
        "enum",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_the_error_of_the_service(http: httpx.Client, name: str) -> None:
    body, status, words = BAD[name]
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    response = http.post("/predictions", content=content)
    assert response.status_code == status
    assert words in response.text


def test_a_community_model_has_no_route_of_its_own(http: httpx.Client) -> None:
    body = {"input": {"prompt": "x"}}
    assert http.post("/models/sandbox/painter/predictions", json=body).status_code == 404


# ---- lives, by the clock alone


def prediction(prompt: str = "", **options: Any) -> lifecycle.Document:
    record = {"id": "a", "kind": "predictions", "model": "m", "version": "v"}
    return lifecycle.begin(
        {**record, "input": {"prompt": prompt}}, 100.0, 10.0, options.get("after")
    )


@pytest.mark.parametrize(
    ("options", "moments"),
    [
        ({}, {100: "starting", 102.9: "starting", 103: "processing", 110: "succeeded"}),
        ({"prompt": "sandbox:fail"}, {104: "processing", 110: "failed"}),
        ({"prompt": "sandbox:never"}, {1e9: "processing"}),
        ({"prompt": "sandbox:undocumented"}, {104: "warming", 110: "succeeded"}),
        ({"after": 2.0}, {101: "starting", 102: "aborted", 200: "aborted"}),
        ({"after": 5.0}, {104: "processing", 105: "canceled", 200: "canceled"}),
        ({"after": 50.0}, {110: "succeeded", 200: "succeeded"}),
    ],
)
def test_the_status_is_a_function_of_the_time(options: Any, moments: dict[float, str]) -> None:
    record = prediction(**options)
    assert {now: lifecycle.status(record, now) for now in moments} == moments


def test_stopping_ends_what_runs_and_nothing_else() -> None:
    record = prediction()
    lifecycle.stop(record, 104)
    lifecycle.stop(record, 105)
    assert lifecycle.status(record, 200) == "canceled"
    assert lifecycle.ended(record, 200) == 104
    done = prediction()
    lifecycle.stop(done, 111)
    assert lifecycle.status(done, 200) == "succeeded"


def test_an_aborted_prediction_never_started() -> None:
    shown = lifecycle.shown(prediction(after=2.0), 200, "https://x", None)
    assert shown["status"] == "aborted"
    assert "started_at" not in shown
    assert shown["output"] is None
    assert shown["metrics"]["predict_time"] == 0


# ---- limits


def test_a_limit_refills_with_time() -> None:
    clock = [0.0]
    limit = Limit(60, now=lambda: clock[0])
    limit.set(60, burst=2)
    assert [limit.take(), limit.take()] == [1, 0]
    with pytest.raises(Problem) as caught:
        limit.take()
    assert caught.value.body["retry_after"] == 1
    clock[0] = 1.0
    assert limit.take() == 0
    assert limit.refused == 1


def test_a_reduced_limit_is_waited_out_by_the_client() -> None:
    with redenlab.sandbox.running(processing=0) as sandbox:
        sandbox.replicate.creates.set(20, burst=1)
        with sandbox.replicate_client(
            retry=Retry(initial=0, jitter=0, wait_out_429=True)
        ) as client:
            for _ in range(2):
                client.predictions.create(version=PAINTER.version, input={"prompt": "x"})
            assert sandbox.replicate.creates.refused == 1
            assert len(list(client.predictions.list())) == 2


def test_a_refused_create_says_when_to_come_back(sandbox: Sandbox, http: httpx.Client) -> None:
    sandbox.replicate.creates.set(6, burst=1)
    try:
        assert "ratelimit-remaining" in http.get("/account").headers
        made(http)
        body = {"version": PAINTER.version, "input": {"prompt": "x"}}
        response = http.post("/predictions", json=body)
    finally:
        sandbox.replicate.creates.set(600)
    assert response.status_code == 429
    assert response.headers["retry-after"] == str(response.json()["retry_after"])
    assert 1 <= response.json()["retry_after"] <= 10


# ---- files, forms, pages, pictures


def test_a_file_that_is_too_large_is_refused(
    http: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redenlab.sandbox.replicate.resources.MAX_FILE_BYTES", 1000)
    response = http.post("/files", files={"content": ("a.bin", bytes(2000))})
    assert response.status_code == 413
    assert response.json()["detail"] == "Files must be less than 100MB in size"


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {}},
        {"files": {"other": ("a", b"x")}},
        {"files": {"content": ("a", b"x"), "metadata": (None, b"{")}},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(http: httpx.Client, request_: Any) -> None:
    assert http.post("/files", **request_).status_code == 400


def test_a_form_is_taken_apart_exactly() -> None:
    content = b"\r\n--x\r\n\r\n--\r\n"
    request = httpx.Request("POST", "http://x", files={"a": ("b.png", content), "c": (None, "d")})
    found = list(parts(request.headers["content-type"], request.read()))
    assert [(part.name, part.filename, part.content) for part in found] == [
        ("a", "b.png", content),
        ("c", None, b"d"),
    ]
    assert found[0].content_type == "image/png"


def test_a_page_goes_on_where_the_last_one_ended() -> None:
    documents: Any = [(place, {"place": place}) for place in (9, 7, 4, 2, 1)]
    first, cursor = page(documents, None, 2)
    second, cursor = page(documents, cursor, 2)
    third, end = page(documents, cursor, 2)
    assert [record["place"] for record in (*first, *second, *third)] == [9, 7, 4, 2, 1]
    assert end == ""
    assert page(documents, "nonsense", 2) == ([], "")


def test_pictures_are_real_and_follow_from_the_text() -> None:
    content = picture("a cat")
    assert content == picture("a cat") != picture("a dog")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    length, kind = struct.unpack(">I4s", content[8:16])
    assert kind == b"IHDR"
    assert struct.unpack(">II", content[16:24]) == (SIDE, SIDE)
    at = 8 + 12 + length
    (length,) = struct.unpack(">I", content[at : at + 4])
    rows = zlib.decompress(content[at + 8 : at + 8 + length])
    assert len(rows) == SIDE * (1 + 3 * SIDE)


def test_the_store_keeps_order_through_changes(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for name in "abc":
        store.put("kind", name, {"name": name})
    store.put("kind", "a", {"name": "A"})
    assert [record["name"] for _, record in store.newest("kind")] == ["c", "b", "A"]
    assert store.delete("kind", "b")
    assert not store.delete("kind", "b")
    assert store.get("kind", "b") is None


def test_a_kept_folder_keeps_predictions_files_and_secrets(tmp_path: Path) -> None:
    with redenlab.sandbox.running(folder=tmp_path, processing=0) as sandbox:
        with sandbox.replicate_client() as client:
            run = client.predictions.create(version=PAINTER.version, input={"prompt": "x"})
            stored = client.files.create(content=b"hello")
            secret = client.webhooks.default.secret.get().key
    with redenlab.sandbox.running(folder=tmp_path, processing=0) as sandbox:
        with sandbox.replicate_client() as client:
            assert client.predictions.wait(run).status == "succeeded"
            assert client.files.get(stored.id).size == 5
            assert client.webhooks.default.secret.get().key == secret


# ---- faults on demand

PATIENT = Retry(initial=0, jitter=0, wait_out_429=True)
THROTTLED = json.dumps({"detail": "Request was throttled.", "status": 429, "retry_after": 1})


@pytest.mark.parametrize(
    ("status", "body", "kind", "met"),
    [
        (401, "<h1>Who are you?</h1>", errors.AuthenticationError, 1),
        (409, "", errors.Conflict, 1),
        (502, "", errors.ServerError, 4),
        (503, "<p>busy</p>", errors.ServerError, 4),
        (200, "<p>hello</p>", errors.UnexpectedResponse, 1),
    ],
)
def test_a_fault_is_met_as_often_as_it_was_ordered(
    sandbox: Sandbox, status: int, body: str, kind: type[Exception], met: int
) -> None:
    sandbox.replicate.fail("account.get", status, body, times=met)
    with sandbox.replicate_client(retry=PATIENT) as client:
        with pytest.raises(kind):
            client.account.get()
        assert client.account.get().username == "sandbox"


@pytest.mark.parametrize(
    ("headers", "body", "waits"),
    [
        ({}, "", [0, 0]),
        ({"retry_after": "1"}, "", [1]),
        ({}, THROTTLED, [1]),
        ({"retry_after": "0"}, THROTTLED, [1]),
    ],
    ids=["no hint", "header", "body", "both"],
)
def test_a_throttled_create_is_sent_again_when_it_may(
    sandbox: Sandbox, headers: dict[str, str], body: str, waits: list[float]
) -> None:
    sandbox.replicate.fail("predictions.create", 429, body, times=len(waits), **headers)
    heard: list[Any] = []
    with sandbox.replicate_client(retry=PATIENT) as client:
        client.run(PAINTER.version, {"prompt": "x"}, on_event=heard.append)
    assert [event.wait for event in heard if event.kind == "retrying"] == waits


def test_a_wait_goes_on_over_faults(sandbox: Sandbox) -> None:
    sandbox.replicate.fail("predictions.get", 502, times=9)
    with sandbox.replicate_client(retry=PATIENT) as client:
        assert client.run(PAINTER.version, {"prompt": "x"})
