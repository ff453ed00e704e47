"""The page's routes over a real socket: what they say, to whom, and when they end."""

import base64
import hashlib
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from redenlab.sandbox.host.page import JOBS, REQUESTS, Page
from redenlab.sandbox.host.recorder import JobView, Recorder
from redenlab.sandbox.host.server import Server, listen, origin


class Ordered:
    number, fault, met = 3, "status=503", 1


class Backend:
    """A recorder, jobs and faults, with their page."""

    def __init__(self) -> None:
        self.recorder = Recorder()
        self.jobs: list[JobView] = []
        self.faults: list[Ordered] = []
        backends = [("ml", "RedenLab ML", "http://127.0.0.1:1/ml/prod")]
        self.page = Page(
            self.recorder, lambda: list(self.jobs), backends, lambda: list(self.faults)
        )

    def note(self, **changes: Any) -> None:
        usual = {"at": 1.0, "seconds": 0.5, "backend": "ml", "operation": "predict", "job": None}
        usual |= {"method": "POST", "url": "http://a/", "headers": {}, "body": b""}
        self.recorder.note(**{**usual, "status": 200, "fault": "", "size": 1, **changes})


@pytest.fixture
def backend() -> Backend:
    return Backend()


@pytest.fixture
def client(backend: Backend) -> Iterator[httpx.Client]:
    """A client of the page's server."""

    async def other(_: Any) -> PlainTextResponse:
        return PlainTextResponse("other")

    with listen("127.0.0.1", 0) as listener:
        app = backend.page.app(Route("/_sandbox/other", other, methods=["POST"]))
        server = Server(app, [listener])
        with httpx.Client(base_url=origin(listener), trust_env=False) as client:
            yield client
            backend.page.close()
            server.join()


def job(number: int) -> JobView:
    return JobView(str(number), "ml", "predict", None, "running", "RUNNING", number, number, None)


def test_the_page_is_one_file_whose_policy_names_its_parts(client: httpx.Client) -> None:
    response = client.get("/")
    parts = re.findall(r"(?s)<(style|script)>(.*?)</\1>", response.text)
    hashes = [
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for _, text in parts
    ]
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert all(
        f"{name}-src 'sha256-{digest}'" in policy
        for (name, _), digest in zip(parts, hashes, strict=True)
    )
    assert len(parts) == 2
    assert "unsafe" not in policy
    assert (
        re.findall(r"(?i)https?://(?!www.w3.org/2000/svg)|style=|\bon\w+=\"", response.text) == []
    )


def test_the_state_has_all_that_the_page_shows(client: httpx.Client, backend: Backend) -> None:
    backend.note(headers={"x-api-key": "a_secret_key"})
    backend.faults.append(Ordered())
    backend.jobs.append(job(1))
    response = client.get("/_sandbox/state")
    state = response.json()
    assert response.headers["cache-control"] == "no-store"
    assert "a_secret_key" not in response.text
    assert state["counters"] == {"ml/predict": 1}
    assert state["faults"] == [[3, "status=503", 1]]
    assert state["backends"] == [["ml", "RedenLab ML", "http://127.0.0.1:1/ml/prod"]]
    (seen,), (shown,) = state["requests"], state["jobs"]
    assert (seen["name"], seen["curl"]) == (
        "ml/predict",
        'curl -X POST http://a/ -H "x-api-key: $API_KEY"',
    )
    assert (shown["id"], shown["state"], shown["ended"]) == ("1", "running", None)


def test_the_state_has_the_requests_after_a_number(client: httpx.Client, backend: Backend) -> None:
    for _ in range(5):
        backend.note()
    requests = client.get("/_sandbox/state", params={"after": 3}).json()["requests"]
    assert [seen["number"] for seen in requests] == [4, 5]


def test_the_state_has_the_latest_jobs_and_requests(client: httpx.Client, backend: Backend) -> None:
    backend.jobs += [job(number) for number in reversed(range(JOBS + 7))]
    for _ in range(REQUESTS + 7):
        backend.note()
    state = client.get("/_sandbox/state").json()
    assert [shown["id"] for shown in state["jobs"]] == [
        str(number) for number in range(7, JOBS + 7)
    ]
    assert state["all_jobs"] == JOBS + 7
    assert [state["requests"][0]["number"], state["requests"][-1]["number"]] == [8, REQUESTS + 7]


def test_text_that_is_no_unicode_is_no_obstacle(client: httpx.Client, backend: Backend) -> None:
    backend.note(fault="\ud800", body=b"\xff")
    assert client.get("/_sandbox/state").json()["requests"][0]["fault"] == "\ud800"


def test_every_change_is_an_event(client: httpx.Client, backend: Backend) -> None:
    changes = [
        backend.note,
        lambda: backend.jobs.append(job(1)),
        lambda: backend.faults.append(Ordered()),
    ]
    with client.stream("GET", "/_sandbox/events") as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        texts = response.iter_text()
        assert next(texts) == "data: changed\n\n"
        for change in changes:
            change()
            assert next(texts) == "data: changed\n\n"


def test_a_server_stops_while_a_stream_is_open(
    backend: Backend, caplog: pytest.LogCaptureFixture
) -> None:
    with listen("127.0.0.1", 0) as listener:
        server = Server(backend.page.app(), [listener])
        with httpx.stream(
            "GET", f"{origin(listener)}/_sandbox/events", trust_env=False
        ) as response:
            texts = response.iter_text()
            next(texts)
            backend.page.close()
            server.join()
            assert list(texts) == []
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_a_stream_that_the_browser_leaves_is_forgotten(
    client: httpx.Client, backend: Backend
) -> None:
    with client.stream("GET", "/_sandbox/events") as response:
        next(response.iter_text())
    while backend.page._streams:
        client.get("/_sandbox/state")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"host": "localhost:1"}, 200),
        ({"host": "127.8.8.8"}, 200),
        ({"host": "[::1]:80"}, 200),
        ({"host": "localhost:1", "origin": "http://localhost:1"}, 200),
        ({"host": "evil.example"}, 403),
        ({"host": "evil.example", "origin": "http://evil.example"}, 403),
        ({"host": "127.0.0.1.evil.example"}, 403),
        ({"host": "127.0.0.1@evil.example"}, 403),
        ({"host": "192.168.0.1"}, 403),
        ({"host": "[::1"}, 403),
        ({"host": ""}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"host": "localhost:1", "origin": "http://localhost:2"}, 403),
        ({"host": "localhost:1", "origin": "https://localhost:1"}, 403),
    ],
)
def test_pages_of_other_sites_are_refused(
    client: httpx.Client, headers: dict[str, str], status: int
) -> None:
    assert client.get("/_sandbox/state", headers=headers).status_code == status
    assert client.get("/", headers=headers).status_code == status
    assert client.post("/_sandbox/other", headers=headers).status_code == status


def test_the_state_is_json_for_no_other_use(client: httpx.Client) -> None:
    headers = client.get("/_sandbox/state").headers
    assert headers["content-type"] == "application/json"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert json.loads(client.get("/_sandbox/state").text)["requests"] == []
