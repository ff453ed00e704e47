"""The sandbox's Replicate API by plain HTTP requests; where time passes, by the engine alone."""

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import redenlab.sandbox
import redenlab_api.replicate
from redenlab.core import errors
from redenlab.core.calls.retry import Retry
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Headers
from redenlab.replicate import Progress
from redenlab.sandbox import Sandbox
from redenlab.sandbox.engine.backend import Failure
from redenlab.sandbox.engine.engine import Engine
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import Blob, Held, Live, Received, Response
from redenlab.sandbox.engine.scenario import Scenario, Setting
from redenlab.sandbox.replicate import BACKEND
from redenlab.sandbox.replicate.catalogue import FLUX, PAINTER
from redenlab.sandbox.replicate.pictures import SIDE, picture

SPEC = Spec(Path(str(redenlab_api.replicate.__file__)).with_name("replicate.json"))


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
    assert httpx.URL(sandbox.replicate_url).port == httpx.URL(sandbox.url).port
    with sandbox.client() as client, pytest.raises(errors.NotFound):
        client.get_status("nope")


def test_every_operation_of_the_spec_is_served(http: httpx.Client) -> None:
    for name, operation in SPEC.operations.items():
        path = operation["path"].replace("{", "").replace("}", "")
        response = http.request(operation["method"].upper(), path)
        assert response.status_code < 500, name
        assert response.headers.get("content-type", "").startswith(("application", "text"))
    assert http.request("QUERY", "/models", content=b"cat").is_success


@pytest.mark.parametrize("path", ["/nothing", "/predictions/nope", "/models/a/b", "/files/x"])
def test_what_is_not_there_is_404_in_json(http: httpx.Client, path: str) -> None:
    response = http.get(path)
    assert response.status_code == 404
    assert response.json()["status"] == 404
    about = "File not found" if "files" in path else "The requested resource could not be found."
    assert response.json()["detail"] == about


# ---- predictions


def test_a_new_prediction_has_no_output_and_no_end(http: httpx.Client) -> None:
    found = made(http)
    assert found["status"] == "starting"
    assert not found.keys() & {"output", "started_at", "completed_at", "metrics"}
    assert found["logs"] == ""
    assert found["id"].isalnum()
    assert len(found["id"]) == 26
    assert len(found["created_at"].partition(".")[2]) == len("123456789Z")


def test_an_ended_one_has_everything(http: httpx.Client) -> None:
    found = http.get(ended(http, made(http))["urls"]["get"]).json()
    assert found["completed_at"] >= found["started_at"] >= found["created_at"]
    image = httpx.get(found["output"][0])
    assert image.headers["content-type"] == "image/png"
    assert image.content == picture("a cat  0")


def ended(http: httpx.Client, found: dict[str, Any]) -> dict[str, Any]:
    """A prediction that has ended; its stream lasts as long as it does."""
    httpx.get(found["urls"]["stream"])
    again: dict[str, Any] = http.get(found["urls"]["get"]).json()
    assert again["status"] == "succeeded"
    return again


def test_a_stream_of_files_needs_no_token(http: httpx.Client) -> None:
    events = httpx.get(made(http)["urls"]["stream"])
    assert events.headers["content-type"].startswith("text/event-stream")
    assert "data: data:image/png;base64," in events.text
    assert events.text.endswith("event: done\n:\ndata: {}\n\n")


def test_a_held_back_response_has_data_uris_and_is_not_final(http: httpx.Client) -> None:
    body = {"input": {"prompt": "a cat"}}
    path = f"/models/{FLUX.name}/predictions"
    response = http.post(path, json=body, headers={"Prefer": "wait=5"})
    assert response.headers["preference-applied"] == "wait=5"
    found = response.json()
    assert found["status"] == "processing"
    assert found["output"][0].startswith("data:image/png;base64,")
    assert "completed_at" not in found


def test_cancelling_what_has_ended_changes_nothing(http: httpx.Client) -> None:
    found = ended(http, made(http))
    assert http.post(found["urls"]["cancel"]).json() == found
    assert http.get(found["urls"]["get"]).json() == found


@pytest.mark.parametrize("text", ["4", "4s", "soon", "", "-5", "1d"])
def test_a_time_to_cancel_after_that_makes_no_sense_is_refused(
    http: httpx.Client, text: str
) -> None:
    body = {"version": PAINTER.version, "input": {"prompt": "a cat"}}
    response = http.post("/predictions", json=body, headers={"Cancel-After": text})
    assert response.status_code == 422


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
        {"version": FLUX.name, "input": {"prompt": "x", "num_outputs": 5}},
        422,
        "number_lte",
    ),
    "too few": (
        {"version": FLUX.name, "input": {"prompt": "x", "num_outputs": 0}},
        422,
        "number_gte",
    ),
    "no such ratio": (
        {"version": FLUX.name, "input": {"prompt": "x", "aspect_ratio": "1:7"}},
        422,
        "enum",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_the_error_of_the_service(http: httpx.Client, name: str) -> None:
    body, status, words = BAD[name]
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    headers = {"Content-Type": "application/json"}
    response = http.post("/predictions", content=content, headers=headers)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert words in response.text


def test_every_invalid_field_is_named_by_its_place(http: httpx.Client) -> None:
    given = {"num_outputs": 9, "output_format": "gif"}
    response = http.post("/predictions", json={"version": FLUX.name, "input": given})
    found = response.json()
    assert found["title"] == "Input validation failed"
    assert [(each["type"], each["field"]) for each in found["invalid_fields"]] == [
        ("required", "input"),
        ("number_lte", "input.num_outputs"),
        ("enum", "input.output_format"),
    ]
    assert found["detail"].splitlines()[0] == "- input: prompt is required"


def test_a_community_model_has_no_route_of_its_own(http: httpx.Client) -> None:
    body = {"input": {"prompt": "x"}}
    assert http.post("/models/sandbox/painter/predictions", json=body).status_code == 404


# ---- lives, by a clock of our own


class Service:
    """The engine at second 100, whose predictions take ten seconds."""

    def __init__(self) -> None:
        self.clock = 100.0
        setting = Setting("https://x/v1", now=lambda: self.clock, samples=False)
        scenario = Scenario(seconds=10)
        self.engine = Engine(SPEC, key="k", setting=setting, scenario=scenario, backend=BACKEND)
        self.engine.intake.begun = self.begun

    def begun(self, job: ServedJob) -> None:
        try:
            found = BACKEND.outcome(job.work())
        except Failure as failure:
            found = failure
        job.settle(found, self.clock)

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = Headers({"authorization": "Token k", "content-type": "application/json", **named})
        content = b"" if body is None else json.dumps(body).encode()
        request = Received(method, f"https://x/v1{path}", sent, content)
        return self.engine.respond(request).response

    def json(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        response: Any = self(method, path, body, **headers)
        return dict(response.json())

    def created(self, prompt: str = "", **headers: str) -> str:
        body = {"version": "sandbox/writer", "input": {"prompt": prompt}}
        return str(self.json("POST", "/predictions", body, **headers)["id"])

    def at(self, now: float, name: str) -> dict[str, Any]:
        self.clock = now
        return self.json("GET", f"/predictions/{name}")


@pytest.mark.parametrize(
    ("prompt", "after", "moments"),
    [
        ("", "1h", {100: "starting", 104.9: "starting", 105: "processing", 110: "succeeded"}),
        ("sandbox:fail", "1h", {106: "processing", 110: "failed"}),
        ("sandbox:never", "1h", {1000: "processing"}),
        ("sandbox:undocumented", "1h", {106: "warming", 110: "succeeded"}),
        ("", "6s", {105: "processing", 106: "canceled", 200: "canceled"}),
        ("", "6s", {200: "canceled"}),
        ("", "50", {110: "succeeded", 200: "succeeded"}),
    ],
)
def test_the_status_follows_from_the_time(
    prompt: str, after: str, moments: dict[float, str]
) -> None:
    service = Service()
    name = service.created(prompt, Cancel_After=after)
    assert {now: service.at(now, name)["status"] for now in moments} == moments


@pytest.mark.parametrize(
    ("after", "count"),
    [
        ("2025-01-01", 1),
        ("2025-01-01T00:00:00", 1),
        ("2025-01-01T00:00:00Z", 1),
        ("2999-01-01T00:00:00+05:00", 0),
        ("2999-01-01", 0),
    ],
)
def test_moments_are_compared_with_and_without_a_zone(
    http: httpx.Client, after: str, count: int
) -> None:
    made(http)
    response = http.get("/predictions", params={"created_after": after})
    assert response.status_code == 200
    assert bool(response.json()["results"]) is bool(count)


def test_what_is_late_before_it_started_is_aborted() -> None:
    service = Service()
    service.engine.intake._plan = lambda *_: Scenario(seconds=20)
    found = service.at(200, service.created(Cancel_After="5"))
    assert found["status"] == "aborted"
    assert "started_at" not in found
    assert (found["output"], found["logs"], found["error"]) == (None, None, None)
    assert found["metrics"] == {"predict_time": 0.0, "total_time": 5.0}


@pytest.mark.parametrize(
    ("text", "seconds"), [("5", 5), ("90s", 90), ("5m", 300), ("1h30m45s", 5445), ("1h", 3600)]
)
def test_a_time_to_cancel_after_becomes_the_deadline(text: str, seconds: int) -> None:
    service = Service()
    found = service.at(100, service.created(Cancel_After=text))
    minutes, rest = divmod(100 + seconds, 60)
    assert found["deadline"] == f"1970-01-01T{minutes // 60:02}:{minutes % 60:02}:{rest:02}.000000Z"


def test_stopping_ends_what_runs() -> None:
    service = Service()
    name = service.created()
    service.clock = 106
    assert service.json("POST", f"/predictions/{name}/cancel")["status"] == "canceled"
    found = service.at(200, name)
    assert found["status"] == "canceled"
    assert found["metrics"] == {"predict_time": 1.0, "total_time": 6.0}


def test_logs_and_output_grow() -> None:
    service = Service()
    name = service.created("one two three")
    found = [service.at(now, name) for now in (104, 106, 108, 110)]
    outputs = [each.get("output", []) for each in found]
    assert outputs == [
        [],
        ["You "],
        ["You ", "said: ", "one "],
        ["You ", "said: ", "one ", "two ", "three "],
    ]
    shares = [Progress.of(each["logs"]) for each in found]
    assert [share and share.share for share in shares] == [None, 0.0, 0.5, 1.0]


def test_words_are_told_when_they_come() -> None:
    service = Service()
    name = service.created("one two three")
    live = service("GET", f"/streams/{name}")
    assert isinstance(live, Live)
    told: list[tuple[float, list[str]]] = []
    count, more = 0, True
    for service.clock in (100, 104, 106, 108, 110):
        events, more = live.following(count)
        count += len(events)
        told.append((service.clock, [data(event) for event in events]))
    assert told == [
        (100, [""]),
        (104, []),
        (106, ["You "]),
        (108, ["said: ", "one "]),
        (110, ["two ", "three ", "{}"]),
    ]
    assert not more


def data(event: bytes) -> str:
    return "\n".join(
        line.removeprefix("data: ") for line in event.decode().splitlines() if "data: " in line
    )


def test_a_response_is_held_back_until_the_end_or_for_so_long() -> None:
    service = Service()
    body = {"version": "sandbox/writer", "input": {"prompt": "a"}}
    held = service("POST", "/predictions", body, Prefer="wait=3")
    assert isinstance(held, Held)
    assert (held.seconds, held.is_due()) == (3.0, False)
    early = held.respond().json()
    assert (early["status"], early.get("output")) == ("starting", None)
    service.clock = 110
    assert held.is_due()
    late = held.respond().json()
    assert (late["status"], late["output"]) == ("processing", ["You ", "said: ", "a "])


# ---- files and pictures


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    form = {"content": Blob(tmp_path / "a", 100_000_001, "digest", "a.bin")}
    headers = Headers({"authorization": "Bearer k", "content-type": "multipart/form-data"})
    request = Received("POST", "https://x/v1/files", headers, form=form)
    response: Any = Service().engine.respond(request).response
    assert response.status_code == 413
    assert response.json()["detail"] == "Files must be less than 100MB in size"


@pytest.mark.parametrize(
    "request_",
    [
        {"json": {}},
        {"files": {"other": ("a", b"x")}},
        {"files": {"content": (None, "x")}},
        {"files": {"content": ("a", b"x"), "metadata": (None, b"{")}},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(http: httpx.Client, request_: Any) -> None:
    assert http.post("/files", **request_).status_code == 400


def test_a_form_is_taken_apart_exactly(http: httpx.Client) -> None:
    content = b"\r\n--x\r\n\r\n--\r\n"
    files = {"content": ("b.png", content), "metadata": (None, '{"a": 1}')}
    found = http.post("/files", files=files).json()
    assert (found["name"], found["content_type"], found["size"]) == (
        "b.png",
        "image/png",
        len(content),
    )
    assert found["metadata"] == {"a": 1}


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
    sandbox.faults.add("status", status=status, text=body, times=met, at="replicate/account.get")
    with sandbox.replicate_client(retry=PATIENT) as client:
        with pytest.raises(kind):
            client.account.get()
        assert client.account.get().username == "sandbox"


@pytest.mark.parametrize(
    ("headers", "body", "waits"),
    [
        ({}, "", [0, 0]),
        ({"Retry-After": "1"}, "", [1]),
        ({}, THROTTLED, [1]),
        ({"Retry-After": "0"}, THROTTLED, [1]),
    ],
    ids=["no hint", "header", "body", "both"],
)
def test_a_throttled_create_is_sent_again_when_it_may(
    sandbox: Sandbox, headers: dict[str, str], body: str, waits: list[float]
) -> None:
    order = {"status": 429, "text": body, "headers": headers, "times": len(waits)}
    sandbox.faults.add("status", at="replicate/predictions.create", **order)
    heard: list[Any] = []
    with sandbox.replicate_client(retry=PATIENT) as client:
        client.run(PAINTER.version, {"prompt": "x"}, on_event=heard.append)
    assert [event.wait for event in heard if event.kind == "retrying"] == waits


def test_a_wait_goes_on_over_faults(sandbox: Sandbox) -> None:
    sandbox.faults.add("status=502 times=9 at=replicate/predictions.get")
    with sandbox.replicate_client(retry=PATIENT) as client:
        assert client.run(PAINTER.version, {"prompt": "x"})


def test_an_order_may_be_for_the_search_and_the_streams(
    http: httpx.Client, sandbox: Sandbox
) -> None:
    for at in ("replicate/models.search", "replicate/stream"):
        sandbox.faults.add("status=503", at=at)
    assert http.request("QUERY", "/models", content=b"cat").status_code == 503
    assert http.get(made(http)["urls"]["stream"]).status_code == 503


def test_a_prediction_may_fail_on_order(sandbox: Sandbox) -> None:
    sandbox.faults.add("failed='CUDA (E1001)' at=replicate/predictions.create")
    with sandbox.replicate_client() as client:
        with pytest.raises(errors.JobFailed, match="E1001"):
            client.run(PAINTER.version, {"prompt": "x"})
        assert client.run(PAINTER.version, {"prompt": "x"})
