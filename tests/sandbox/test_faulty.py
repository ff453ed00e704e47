"""Faults of the transport on real sockets, met by the SDK's own clients and by bare ones."""

import asyncio
import json
import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

import redenlab
import redenlab.sandbox
from faulty_server import PATIENCE
from redenlab import InferenceClient, Poll, Retry
from redenlab.core import errors
from redenlab.ml.client import MODEL_NAMES
from redenlab.sandbox import Sandbox
from redenlab.sandbox.faults import Ordered

AGAIN = Retry(initial=0, jitter=0)
POLL = Poll(initial=0.01, max_interval=0.02)

Client = Callable[..., InferenceClient[Any]]


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A new one for each test, since orders and jobs are counted."""
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[InferenceClient[Any]]:
    with sandbox.client(retry=AGAIN, poll=POLL) as running:
        yield running


@pytest.fixture
def bare(sandbox: Sandbox) -> Iterator[httpx.Client]:
    """Sends no request twice."""
    origin = sandbox.page_url
    with httpx.Client(base_url=origin, trust_env=False, timeout=PATIENCE) as running:
        running.headers["X-Api-Key"] = sandbox.api_key
        yield running


@pytest.fixture(autouse=True)
def _silence(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The servers log nothing, whatever happens to their connections."""
    with caplog.at_level(logging.WARNING):
        yield
    assert [record for record in caplog.records if not record.name.startswith("redenlab")] == []


def ordered(sandbox: Sandbox, order: str) -> Callable[[], Ordered]:
    """Order a fault; returns what reads its counts."""
    number = sandbox.faults.add(order)
    return lambda: next(one for one in sandbox.faults.listed() if one.number == number)


# ---- the SDK's clients: a job ends well, and there is one


@pytest.mark.parametrize(
    ("order", "met"),
    [
        ("status=503 times=3 at=ml/get_result", 3),
        ("status=503 times=3 at=ml/predict", 3),
        ("status=503 times=3 at=ml/create_upload_url", 3),
        ("status=429 times=2 at=poll header='Retry-After: 0'", 2),
        ("reset times=2 at=ml/predict", 2),
        ("reset times=2 at=ml/get_result", 2),
        ("reset-after at=ml/predict", 1),
        ("reset-after times=2 at=ml/get_result", 2),
        ("reset-after at=ml/create_upload_url", 1),
        ("cut times=2 at=ml/get_result", 2),
        ("cut at=ml/predict", 1),
        ("html times=2 at=ml/get_result", 2),
        ("html='<h1>Pay</h1>' at=poll", 1),
        ("drip=0.01 times=9 at=ml/*", None),
        ("delay=0.01 times=9", None),
        ("delay=0.01 at=storage/PUT", 1),
        ("drip=0.01 at=storage/PUT", 1),
    ],
)
def test_a_job_ends_well_and_is_created_once(
    sandbox: Sandbox, client: InferenceClient[Any], tone: bytes, order: str, met: int | None
) -> None:
    count = ordered(sandbox, order)
    job = client.predict(tone)
    assert 0 <= job.result.intelligibility_score <= 1
    assert sandbox.jobs_created == 1
    assert count().met == (met or count().matched) > 0


@pytest.mark.parametrize("order", ["reset at=storage/PUT", "reset-after at=storage/PUT"])
def test_an_upload_that_is_reset_is_sent_once(
    sandbox: Sandbox, client: InferenceClient[Any], tone: bytes, order: str
) -> None:
    count = ordered(sandbox, order)
    with pytest.raises(errors.UploadError, match="nothing was submitted"):
        client.predict(tone)
    assert count().matched == 1
    assert sandbox.jobs_created == 0
    assert client.predict(tone).result
    assert sandbox.jobs_created == 1


@pytest.mark.parametrize(
    ("order", "error", "matched"),
    [
        ("status=401 times=always at=ml/*", errors.AuthenticationError, 1),
        ("status=403 times=always at=submit", errors.PermissionDenied, 1),
        ("status=404 times=always at=ml/predict", errors.NotFound, 1),
        ('status=400 at=ml/predict text=\'{"error": "bad"}\'', errors.BadRequest, 1),
        ("status=503 times=always at=ml/create_upload_url", errors.ServerError, 4),
        ("status=429 seconds=9999 times=always at=ml/create_upload_url", errors.RateLimited, 1),
        ("html times=always at=ml/create_upload_url", errors.UploadError, 1),
        ("status=200 text='{\"job_id\": 1}' at=ml/create_upload_url", errors.UploadError, 1),
        ("cut times=always at=ml/create_upload_url", errors.NetworkError, 4),
        ("reset times=always at=ml/create_upload_url", errors.NetworkError, 4),
    ],
)
def test_an_error_has_its_type_and_is_retried_as_promised(
    sandbox: Sandbox,
    client: InferenceClient[Any],
    tone: bytes,
    order: str,
    error: type[Exception],
    matched: int,
) -> None:
    count = ordered(sandbox, order)
    with pytest.raises(error):
        client.predict(tone, timeout=600)
    assert count().matched == matched
    assert sandbox.jobs_created == 0


def test_a_wait_for_a_response_ends_at_the_deadline(sandbox: Sandbox) -> None:
    sandbox.faults.add("delay=1h at=ml/get_health")
    with sandbox.client(retry=Retry.off()) as client, pytest.raises(redenlab.RequestTimeout):
        client.health(timeout=0.2)


def test_other_models_and_backends_are_served_meanwhile(
    sandbox: Sandbox, client: InferenceClient[Any], tone: bytes
) -> None:
    count = ordered(sandbox, "reset times=always at=ml/predict model=other")
    other = ordered(sandbox, "status=503 times=always at=ml/*")
    with sandbox.replicate_client() as replicate:
        assert replicate.account.get().username == "sandbox"
    sandbox.faults.remove(other().number)
    assert client.predict(tone).result
    assert count().matched == 0


@pytest.mark.parametrize("kind", ["status=503", "reset", "reset-after", "cut", "html"])
def test_replicate_has_the_same_faults(sandbox: Sandbox, kind: str) -> None:
    count = ordered(sandbox, f"{kind} at=replicate/account.get")
    with sandbox.replicate_client(retry=AGAIN) as client:
        with suppress(errors.UnexpectedResponse):  # of a page of HTML
            assert client.account.get().username == "sandbox"
        assert client.account.get().username == "sandbox"
    assert count().met == 1


@pytest.mark.parametrize("order", ["status=503 times=3 at=poll", "reset-after at=submit"])
def test_the_async_client_keeps_the_same_promises(
    sandbox: Sandbox, tone: bytes, order: str
) -> None:
    count = ordered(sandbox, order)

    async def predict() -> Any:
        async with sandbox.async_client(retry=AGAIN, poll=POLL) as client:
            return await client.predict(tone)

    assert asyncio.run(predict()).result
    assert sandbox.jobs_created == 1
    assert count().met == count().fault.times


# ---- recordings whose names order faults


@pytest.mark.parametrize(
    "name",
    ["flaky-503x3", "429-retry-0", "reset-after-accept", "truncated-json", "html", "call+html"],
)
def test_a_job_of_a_recording_meets_what_its_name_orders(
    sandbox: Sandbox, client: InferenceClient[Any], tone: bytes, tmp_path: Path, name: str
) -> None:
    recording = tmp_path / f"{name}.wav"
    recording.write_bytes(tone)
    for jobs in (1, 2):
        assert client.predict(recording).result
        met = [order.met == order.fault.times for order in sandbox.faults.listed()]
        assert met == [True] * jobs
        assert sandbox.jobs_created == jobs


# ---- the wire


def test_a_reset_is_a_reset(sandbox: Sandbox) -> None:
    """Not the end of a connection that was closed in order."""
    sandbox.faults.add("reset at=ml/get_health")
    request = f"GET {health(sandbox)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", urlsplit(sandbox.url).port), PATIENCE) as caller:
        caller.sendall(request.encode())
        with pytest.raises(ConnectionResetError):
            caller.recv(1)


def health(sandbox: Sandbox) -> str:
    return f"{urlsplit(sandbox.url).path}/{MODEL_NAMES[0]}/health"


@pytest.mark.parametrize("kind", ["reset", "reset-after", "cut"])
def test_other_connections_are_left_alone(bare: httpx.Client, sandbox: Sandbox, kind: str) -> None:
    path = health(sandbox)
    with httpx.Client(base_url=bare.base_url, headers=bare.headers, trust_env=False) as other:
        assert other.get(path).status_code == 200
        sandbox.faults.add(f"{kind} at=ml/get_health")
        with pytest.raises(httpx.TransportError):
            bare.get(path)
        assert other.get(path).status_code == 200
    assert bare.get(path).status_code == 200


def test_a_cut_body_has_its_whole_length_in_the_header(
    bare: httpx.Client, sandbox: Sandbox
) -> None:
    path = health(sandbox)
    whole = bare.get(path).content
    sandbox.faults.add("cut at=ml/get_health")
    with bare.stream("GET", path) as response:
        assert int(response.headers["content-length"]) == len(whole)
        parts = []
        with pytest.raises(httpx.RemoteProtocolError):
            parts.extend(response.iter_raw())
    assert b"".join(parts) in {b"", whole[: len(whole) // 2]}


def test_a_body_that_drips_is_whole(bare: httpx.Client, sandbox: Sandbox) -> None:
    path = health(sandbox)
    whole = bare.get(path)
    sandbox.faults.add("drip=0.01 at=ml/get_health")
    dripped = bare.get(path)
    assert dripped.content == whole.content
    assert dripped.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    ("order", "status", "headers", "body"),
    [
        ("status", 503, {}, ""),
        ("status=429 seconds=5", 429, {"retry-after": "5"}, ""),
        ("status=429 seconds=5 header='Retry-After: x'", 429, {"retry-after": "x"}, ""),
        ("status=400 text='{}'", 400, {"content-type": "application/json"}, "{}"),
        ("status=502 text='<p>'", 502, {"content-type": "text/html; charset=utf-8"}, "<p>"),
        ("status=500 text='no' header='X-A: b'", 500, {"x-a": "b"}, "no"),
        ("status=204 text=unheard", 204, {}, ""),
        ("status=307 header='Location: /'", 307, {"location": "/"}, ""),
        ("html=hello", 200, {"content-type": "text/html; charset=utf-8"}, "hello"),
    ],
)
def test_responses_are_sent_as_ordered(
    bare: httpx.Client,
    sandbox: Sandbox,
    order: str,
    status: int,
    headers: dict[str, str],
    body: str,
) -> None:
    sandbox.faults.add(f"{order} at=ml/get_health")
    path = health(sandbox)
    response = bare.get(path)
    assert (response.status_code, response.text) == (status, body)
    assert headers.items() <= dict(response.headers).items()
    assert bare.get(path).json()["ready"] is True


def test_a_large_upload_is_reset_before_it_is_read(sandbox: Sandbox) -> None:
    count = ordered(sandbox, "reset at=storage/PUT")
    with sandbox.client() as client, pytest.raises(errors.UploadError):
        client.upload(b"RIFF" + bytes(8_000_000))
    assert count().met == 1


def test_a_delay_ends_with_the_sandbox(sandbox: Sandbox) -> None:
    count = ordered(sandbox, "delay=1h at=ml/get_health")
    request = f"GET {health(sandbox)} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with socket.create_connection(("127.0.0.1", urlsplit(sandbox.url).port), PATIENCE) as caller:
        caller.sendall(request.encode())
        while not count().met:
            pass
        sandbox.close()
        assert caller.recv(12) == b"HTTP/1.1 401"


# ---- orders over HTTP

FAULTS = "/_sandbox/faults"


def test_orders_are_added_listed_and_cancelled(bare: httpx.Client, sandbox: Sandbox) -> None:
    added = bare.post(FAULTS, json={"order": "status=503 times=3 at=ml/get_health"})
    assert added.status_code == 201
    assert bare.get(health(sandbox)).status_code == 503
    second = bare.post(FAULTS, json={"kind": "delay", "seconds": "1h", "times": None}).json()
    assert second.pop("fault").items() >= {"kind": "delay", "at": "*", "seconds": 3600}.items()
    order = "delay=3600 times=always"
    assert second == {"number": 2, "order": order, "upload": None, "matched": 0, "met": 0}
    counts = [(one["number"], one["matched"], one["met"]) for one in bare.get(FAULTS).json()]
    assert counts == [(1, 1, 1), (2, 0, 0)]
    assert bare.delete(f"{FAULTS}/2").status_code == 204
    assert bare.delete(f"{FAULTS}/2").status_code == 404
    assert bare.delete(FAULTS).status_code == 204
    assert bare.get(FAULTS).json() == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"order": "stats=503"}', "there is no kind of fault 'stats'"),
        ('{"kind": "status", "status": 42}', "status cannot be '42'"),
        ('{"kind": "reset", "at": "ml/no"}', "there is no operation or step 'ml/no'"),
        ('{"kind": 5}', "there is no kind of fault '5'"),
        ("{}", "there is no kind of fault ''"),
        ("[1]", "the body is no order"),
        ("{", "the body is no order"),
        ('{"kind": "reset", "order": "reset"}', "there is no setting of reset 'kind'"),
        ('{"kind": "status", "headers": 5}', "there is no setting of status 'headers'"),
    ],
)
def test_wrong_orders_are_refused(bare: httpx.Client, body: str, said: str) -> None:
    refused = bare.post(FAULTS, content=body)
    assert refused.status_code == 422
    assert refused.json()["error"] == said
    assert refused.json()["hint"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:1"}, 200),
        ({"Host": "[::1]:80"}, 200),
        ({"Host": "LOCALHOST"}, 200),
        ({"Host": "127.0.0.1:7", "Origin": "http://127.0.0.1:7"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "127.0.0.1.evil.example"}, 403),
        ({"Host": "192.168.0.1"}, 403),
        ({"Host": "[::1"}, 403),
        ({"Host": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Host": "127.0.0.1:7", "Origin": "http://127.0.0.1:8"}, 403),
        ({"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_foreign_pages_have_no_access(
    bare: httpx.Client, headers: dict[str, str], status: int
) -> None:
    """DNS rebinding gives a foreign page our address, under a name of its own."""
    assert bare.get(FAULTS, headers=headers).status_code == status
    if status == 403:
        assert bare.post(FAULTS, json={"order": "reset"}, headers=headers).status_code == 403
        assert bare.delete(FAULTS, headers=headers).status_code == 403
        assert json.loads(bare.get(FAULTS).content) == []


# ---- options of the sandbox


def test_faults_and_seed_are_options_of_the_sandbox() -> None:
    orders = ["status=503 share=0.5 times=always at=ml/get_health"]
    runs = []
    for seed in ("a", "a", "b"):
        with redenlab.sandbox.running(faults=orders, seed=seed) as running:
            path = f"{running.url}/{MODEL_NAMES[0]}/health"
            headers = {"X-Api-Key": running.api_key}
            with httpx.Client(trust_env=False, headers=headers) as bare:
                runs.append([bare.get(path).status_code for _ in range(20)])
    assert runs[0] == runs[1] != runs[2]
    assert set(runs[0]) == {200, 503}


def test_a_wrong_order_starts_no_sandbox() -> None:
    with pytest.raises(errors.ConfigurationError, match="did you mean ml/predict"):
        redenlab.sandbox.running(faults=["reset at=ml/predic"])
