"""Faults of jobs, links and webhooks on order, and what the clients make of them."""

import queue
import threading
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from time import time
from typing import Any

import pytest

import redenlab
from faulty_server import PATIENCE
from redenlab.core import errors
from redenlab.sandbox import Sandbox, running
from redenlab.sandbox.engine.backend import Backend
from redenlab.webhooks import Delivery, Webhook

TRANSCRIBE: dict[str, Any] = {
    "model_name": "transcribe",
    "language_code": "en-US",
    "max_speaker_count": 2,
}
POLL = redenlab.Poll(initial=0.01, max_interval=0.05)

CHOIR = """
openapi: 3.1.0
info: {title: Choir, version: '1'}
x-client: {name: ChoirClient, environment: CHOIR, file: .choir/config.yaml}
paths:
  /songs:
    post:
      operationId: sing
      security: [{bearer: []}]
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              required: [recording]
              properties:
                recording: {type: string, format: binary}
                webhook_url: {type: string}
      responses:
        '202': {$ref: '#/components/responses/Song'}
      x-job:
        version: 2
        name: sing
        idempotency: never
        submit: {bind: {$request.body#/recording: $file}}
        id: $response.body#/id
        poll:
          operationId: get_song
          parameters: {id: $job.id}
          status: $response.body#/status
          error: $response.body#/why
        result: {name: Sung, value: $response.body#/notes, type: any}
  /songs/{id}:
    get:
      operationId: get_song
      security: [{bearer: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        '200': {$ref: '#/components/responses/Song'}
components:
  securitySchemes: {bearer: {type: http, scheme: bearer}}
  responses:
    Song:
      description: ok
      content: {application/json: {schema: {$ref: '#/components/schemas/Song'}}}
  schemas:
    Status:
      type: string
      enum: [singing, sung, hoarse]
      x-job-states: {running: [singing], succeeded: [sung], failed: [hoarse]}
    Song:
      type: object
      required: [id, status]
      properties:
        id: {type: string}
        status: {type: string, x-states: "#/components/schemas/Status"}
        why: {type: string}
        notes: {type: object, additionalProperties: true}
"""


@pytest.fixture(scope="module")
def module_sandbox() -> Iterator[Sandbox]:
    with running(processing=0) as found:
        yield found


@pytest.fixture
def sandbox(module_sandbox: Sandbox) -> Iterator[Sandbox]:
    """Without orders."""
    module_sandbox.forget()
    yield module_sandbox
    module_sandbox.forget()


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Any]:
    with sandbox.client(poll=POLL) as found:
        yield found


def order(sandbox: Sandbox, tmp_path: Path, tone: bytes, fault: str) -> Path:
    """A recording whose job meets a fault: by an order, or, ``call+….wav``, by its name."""
    path = tmp_path / (fault if fault.endswith(".wav") else "call.wav")
    path.write_bytes(tone)
    if path.name != fault:
        sandbox.faults.add(fault)
    return path


def seconds(text: str) -> float:
    """A timestamp, in seconds since the epoch."""
    return datetime.fromisoformat(text).timestamp()


# ---- jobs


@pytest.mark.parametrize("fault", ["stuck", "never.wav", "cold=1h", "slow-1h.wav", "lag=1h"])
def test_a_job_that_does_not_end_leaves_a_handle(
    sandbox: Sandbox, client: Any, tmp_path: Path, tone: bytes, fault: str
) -> None:
    call = order(sandbox, tmp_path, tone, fault)
    job = client.submit(call)
    with pytest.raises(errors.JobTimeout) as caught:
        job.result(timeout=1)
    handle = caught.value.job
    assert handle.id == caught.value.job_id
    assert not handle.done()
    assert client.predict(tone).job_id  # the next one is not stuck
    assert sandbox.requests.count("predict") == 2


@pytest.mark.parametrize("fault", ["cold=300ms", "slow-300ms.wav", "lag=300ms"])
def test_a_job_that_is_late_ends(
    sandbox: Sandbox, client: Any, tmp_path: Path, tone: bytes, fault: str
) -> None:
    call = order(sandbox, tmp_path, tone, fault)
    assert client.predict(call)["status"] == "completed"
    last = sandbox.requests.calls("get_result")[-1]
    submitted = sandbox.requests.calls("predict")[0]
    assert last.at + last.seconds - submitted.at >= 0.3  # however many polls a busy machine makes


@pytest.mark.parametrize("fault", ["failed=corrupt", "fail-corrupt.wav", "failed='no speech'"])
def test_a_job_fails_for_the_reason_on_order(
    sandbox: Sandbox, client: Any, tmp_path: Path, tone: bytes, fault: str
) -> None:
    call = order(sandbox, tmp_path, tone, fault)
    with pytest.raises(errors.JobFailed, match=r"corrupt|no speech") as caught:
        client.predict(call)
    assert caught.value.job_id
    assert client.predict(tone)["status"] == "completed"


def test_the_name_of_a_recording_counts_each_time_it_is_uploaded(
    client: Any, tmp_path: Path, tone: bytes
) -> None:
    path = tmp_path / "call+fail-corrupt.wav"
    path.write_bytes(tone)
    for _ in range(2):
        with pytest.raises(errors.JobFailed, match="corrupt"):
            client.predict(path)


def test_a_model_is_not_ready_while_its_first_job_waits_for_it(
    sandbox: Sandbox, client: Any, tone: bytes
) -> None:
    assert client.health("whisperx").ready
    sandbox.faults.add("cold=1h model=whisperx")
    cold = client.submit(tone, model_name="whisperx")
    assert not client.health("whisperx").ready
    assert client.health("speaker_counter").ready
    assert not cold.done()


@pytest.mark.parametrize("fault", ["skew=1h", "skew-1h.wav"])
def test_a_clock_that_is_wrong_does_not_harm_the_wait(
    sandbox: Sandbox, client: Any, tmp_path: Path, tone: bytes, fault: str
) -> None:
    before = time()
    done = client.predict(order(sandbox, tmp_path, tone, fault), timeout=20)
    for name in ("created_at", "submitted_at", "completed_at"):
        assert 3600 <= seconds(done[name]) - before < 3600 + PATIENCE


def test_a_clock_that_is_slow_does_not_harm_the_wait(
    sandbox: Sandbox, client: Any, tone: bytes
) -> None:
    sandbox.faults.add("skew=-1h")
    done = client.predict(tone, timeout=20)
    assert seconds(done["completed_at"]) < time() - 3500


# ---- links


@pytest.mark.parametrize("fault", ["expired-link", "expired-url.wav"])
def test_an_upload_link_that_has_expired_is_an_upload_error(
    sandbox: Sandbox, client: Any, tmp_path: Path, tone: bytes, fault: str
) -> None:
    call = order(sandbox, tmp_path, tone, fault)
    with pytest.raises(errors.UploadError, match="expired"):
        client.predict(call)
    assert sandbox.requests.count("predict") == 0


def test_a_result_link_that_has_expired_is_renewed_by_another_poll(
    sandbox: Sandbox, tone: bytes
) -> None:
    with sandbox.client("token", poll=POLL) as client:
        job = client.submit(tone, **TRANSCRIBE)
        sandbox.faults.add("expired-link")
        done = job.result()
    assert done.result.transcript is not None
    assert [seen.status for seen in sandbox.requests.calls("storage/GET")] == [403, 200]


def test_a_result_link_that_never_works_is_an_error(sandbox: Sandbox, tone: bytes) -> None:
    with sandbox.client("token", poll=POLL) as client:
        job = client.submit(tone, **TRANSCRIBE)
        sandbox.faults.add("expired-link", times=None)
        with pytest.raises(errors.LinkExpired) as caught:
            job.result()
    assert caught.value.job_id


# ---- webhooks


class Receiver:
    """Takes deliveries on loopback, as a program of a user would."""

    def __init__(self) -> None:
        self.deliveries: queue.Queue[tuple[bytes, dict[str, str]]] = queue.Queue()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.deliveries.put((body, dict(self.headers)))
                self.send_response(204)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Print nothing."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()

    def received(self, secret: str, count: int) -> list[Delivery]:
        """So many deliveries, verified."""
        found = (self.deliveries.get(timeout=PATIENCE) for _ in range(count))
        return [Webhook(secret).parse(*each) for each in found]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.close()


@pytest.fixture
def choir(tmp_path: Path) -> Iterator[tuple[Sandbox, Any]]:
    """A service that sends webhooks, and its client."""
    spec = tmp_path / "choir.yaml"
    spec.write_text(CHOIR)
    named: Any = {"poll": POLL, "send_filenames": True}  # names order faults
    with (
        running(spec=spec, processing=0) as sandbox,
        redenlab.connect(spec, base_url=sandbox.url, api_key=sandbox.api_key, **named) as client,
    ):
        yield sandbox, client


def sung(choir: tuple[Sandbox, Any], receiver: Receiver, song: Path, fault: str) -> Sandbox:
    """The sandbox, after a job that meets a fault."""
    sandbox, client = choir
    song = song / (fault if fault.endswith(".wav") else "song.wav")
    song.write_bytes(b"la la")
    if song.name != fault and fault:
        sandbox.faults.add(fault)
    client.run(song, webhook_url=receiver.url)
    return sandbox


def test_a_job_is_delivered_once_and_signed(
    choir: tuple[Sandbox, Any], receiver: Receiver, tmp_path: Path
) -> None:
    sandbox = sung(choir, receiver, tmp_path, "")
    (delivery,) = receiver.received(sandbox.webhook_secret, 1)
    assert delivery.payload["status"] == "sung"
    sandbox.close()
    assert receiver.deliveries.empty()


@pytest.mark.parametrize("fault", ["webhook-twice", "hook-twice.wav"])
def test_a_delivery_that_comes_twice_has_one_id(
    choir: tuple[Sandbox, Any], receiver: Receiver, tmp_path: Path, fault: str
) -> None:
    sandbox = sung(choir, receiver, tmp_path, fault)
    first, second = receiver.received(sandbox.webhook_secret, 2)
    assert first.id == second.id
    assert first.payload == second.payload


@pytest.mark.parametrize("fault", ["webhook-order", "hook-out-of-order.wav"])
def test_the_last_delivery_of_a_job_may_come_first(
    choir: tuple[Sandbox, Any],
    receiver: Receiver,
    tmp_path: Path,
    fault: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = [("begun", 0.0), ("half", 0.0), ("completed", None)]
    monkeypatch.setattr(Backend, "events", lambda _self, _job: told)
    monkeypatch.setattr(Backend, "delivery", lambda _self, _job, event: {"event": event})
    sandbox = sung(choir, receiver, tmp_path, fault)
    found = receiver.received(sandbox.webhook_secret, 3)
    assert [each.payload["event"] for each in found] == ["completed", "begun", "half"]
    assert len({each.id for each in found}) == 3
