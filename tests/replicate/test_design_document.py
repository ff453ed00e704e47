"""The five calls of the design document, in virtual time."""

import math
from typing import Any

import anyio
import httpx
import pytest

from redenlab.core import errors
from redenlab.core.events import Polled
from redenlab.replicate import (
    DEFAULT_IMAGE_MODEL,
    DEFAULT_POLL_INTERVAL,
    DEFAULT_TIMEOUT,
    DEFAULT_VIDEO_MODEL,
    FLUX_SCHNELL_PRICE_PER_IMAGE,
    MAX_BACKOFF_DELAY,
    SKYREELS2_PRICE_PER_SECOND,
    AsyncReplicateClient,
    ReplicateClient,
)
from redenlab.replicate.pricing import PRICES
from scripted_replicate import BASE, ID, KEY, URL, Server, prediction, say, virtual
from virtual_io import Slow

WORDS = ("starting", *["processing"] * 9, "succeeded")


def test_eleven_polls_lead_to_one_url() -> None:
    server = Server().polls(*WORDS, output=[URL])
    client = virtual(server)
    assert client.generate_image("a red sports car in a futuristic city") == {
        "success": True,
        "image_url": URL,
        "error": None,
        "prediction_id": ID,
    }
    assert server.calls == ["POST /v1/predictions"] + [f"GET /v1/predictions/{ID}"] * 11
    assert client.io.slept == [DEFAULT_POLL_INTERVAL] * 10


def test_what_is_sent_for_an_image() -> None:
    server = Server().polls("succeeded", output=URL)
    virtual(server).generate_image("a cat", input={"num_outputs": 2})
    assert server.body(0) == {
        "version": DEFAULT_IMAGE_MODEL,
        "input": {"prompt": "a cat", "num_outputs": 2},
    }
    headers = server.requests[0].headers
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert headers["Cancel-After"] == str(DEFAULT_TIMEOUT)


def test_a_video_of_images() -> None:
    images = ["https://example.com/1.jpg", "https://example.com/2.jpg"]
    server = Server().polls("processing", "succeeded", output=URL)
    client = virtual(server)
    assert client.generate_video(images) == {
        "success": True,
        "video_url": URL,
        "error": None,
        "prediction_id": ID,
        "duration_seconds": 4,
    }
    assert server.body(0) == {"version": DEFAULT_VIDEO_MODEL, "input": {"image_urls": images}}
    assert server.requests[0].headers["Cancel-After"] == "1200"


def test_another_video_model_takes_its_images_elsewhere() -> None:
    server = Server().polls("succeeded", output=[URL])
    client = virtual(server)
    client.generate_video([URL], "acme/film", input_key="frames", input={"fps": 24})
    assert server.body(0) == {"version": "acme/film", "input": {"fps": 24, "frames": [URL]}}


ENDINGS = {
    "failed": ({"error": "NSFW content (E005)"}, "NSFW content (E005)"),
    "canceled": ({}, "the prediction was canceled"),
    "aborted": ({}, "the prediction was aborted"),
    "succeeded": ({"output": []}, "the prediction succeeded, but its output is no file"),
}


@pytest.mark.parametrize("word", ENDINGS)
def test_a_bad_end_is_told_with_its_reason_and_its_prediction(word: str) -> None:
    last, reason = ENDINGS[word]
    client = virtual(Server().polls("starting", word, **last))
    found = client.generate_image("a cat")
    assert found == {"success": False, "image_url": None, "error": reason, "prediction_id": ID}


@pytest.mark.parametrize("output", [7, {"url": URL}, "no address", [None], "file:///etc/passwd"])
def test_an_output_that_is_no_file_is_no_success(output: Any) -> None:
    found = virtual(Server().polls("succeeded", output=output)).generate_image("a cat")
    assert not found["success"]
    assert "no file" in str(found["error"])


def test_a_prediction_that_does_not_end_is_told_with_its_id_when_the_time_is_over() -> None:
    client = virtual(Server().polls("processing"))
    found = client.generate_image("a cat")
    assert not found["success"]
    assert found["prediction_id"] == ID
    assert "not ended in time" in str(found["error"])
    assert client.io.clock <= DEFAULT_TIMEOUT + 0.25


def test_polling_tells_status_output_and_error() -> None:
    client = virtual(Server().polls("starting", "succeeded", output={"text": "hi"}))
    assert client.poll_prediction(ID) == {
        "status": "succeeded",
        "output": {"text": "hi"},
        "error": None,
    }


def test_polling_pauses_as_told_and_ends_when_told() -> None:
    client = virtual(Server().polls("processing"))
    found = client.poll_prediction(ID, timeout=30, interval=7)
    assert found["status"] == "timeout"
    assert found["output"] is None
    assert client.io.slept[:4] == [7, 7, 7, 7]
    assert client.io.clock <= 30.25


def test_polling_goes_on_over_a_broken_gateway() -> None:
    broken = [say(502), say(503, {"detail": "busy"}), say(500)]
    server = Server().polls("succeeded", output=URL)
    server.on(f"GET /v1/predictions/{ID}", *broken, prediction("succeeded", output=URL))
    client = virtual(server)
    assert client.poll_prediction(ID)["status"] == "succeeded"
    assert client.io.slept == [5, 15, 45]


def test_an_unknown_prediction_is_an_error_in_the_result() -> None:
    found = virtual(Server()).poll_prediction("nope")
    assert found["status"] == "error"
    assert "404" in str(found["error"])


@pytest.mark.parametrize("status", [401, 402, 403, 404, 500])
def test_a_refused_create_is_told_in_the_result(status: int) -> None:
    server = Server().on("POST /v1/predictions", say(status, {"detail": "no"}))
    found = virtual(server).generate_image("a cat")
    assert found["success"] is False
    assert found["image_url"] is None
    assert found["prediction_id"] is None
    assert str(status) in str(found["error"])


# ---- waiting out rate limits


def limited(times: int, **hints: Any) -> Server:
    body = hints.pop("body", {"detail": "Request was throttled.", "status": 429})
    server = Server().polls("succeeded", output=URL)
    made = say(201, {"id": ID, "status": "starting"})
    return server.on("POST /v1/predictions", *[say(429, body, **hints)] * times, made)


def test_a_rate_limit_is_waited_out_for_as_long_as_there_is_time() -> None:
    client = virtual(limited(9))
    assert client.generate_image("a cat")["success"]
    assert client.io.slept == [5, 15, *[MAX_BACKOFF_DELAY] * 7]


@pytest.mark.parametrize(
    "hints",
    [
        {"body": {"detail": "Your rate limit resets in ~30s.", "retry_after": 30}},
        {"retry_after": "30"},
        {"retry_after": "3", "body": {"retry_after": 30}},
        {"retry_after": "30", "body": {"retry_after": 3}},
    ],
)
def test_no_request_comes_earlier_than_the_service_asked(hints: dict[str, Any]) -> None:
    client = virtual(limited(2, **hints))
    assert client.generate_image("a cat")["success"]
    assert client.io.slept == [30, 30]


def test_a_rate_limit_beyond_the_deadline_ends_the_call_at_once() -> None:
    client = virtual(limited(1, retry_after="3600"))
    found = client.generate_image("a cat")
    assert not found["success"]
    assert client.io.slept == []


def test_an_endless_rate_limit_ends_with_the_deadline() -> None:
    client = virtual(limited(1000))
    assert not client.generate_image("a cat")["success"]
    assert client.io.clock <= DEFAULT_TIMEOUT
    assert len(client.io.requests) == 15


def test_a_rate_limit_while_polling_does_not_use_up_the_retries() -> None:
    server = Server().polls("succeeded", output=URL)
    throttled = say(429, {"detail": "Request was throttled."})
    server.on(
        f"GET /v1/predictions/{ID}", *[throttled] * 5, say(502), prediction("succeeded", output=URL)
    )
    client = virtual(server)
    assert client.poll_prediction(ID)["status"] == "succeeded"
    assert client.io.slept == [5, 15, 45, 45, 45, 5]


def test_a_slow_service_does_not_stretch_the_deadline() -> None:
    server = Server()
    server.on("POST /v1/predictions", say(201, {"id": ID, "status": "starting"}))
    server.on(f"GET /v1/predictions/{ID}", Slow(1e9, prediction("starting")))
    client = virtual(server)
    assert not client.generate_image("a cat", timeout=60)["success"]
    assert client.io.clock <= 60.25


# ---- settings, prices, bad arguments


def test_a_missing_key_is_a_value_error_and_an_authentication_error() -> None:
    with pytest.raises(ValueError, match="REPLICATE_API_KEY or REPLICATE_API_TOKEN") as caught:
        ReplicateClient()
    assert isinstance(caught.value, errors.AuthenticationError)
    assert isinstance(caught.value, errors.MissingKey)


@pytest.mark.parametrize("name", ["REPLICATE_API_KEY", "REPLICATE_API_TOKEN"])
def test_either_variable_has_the_key(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, KEY)
    seen: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["authorization"])
        return httpx.Response(200, json={"type": "user", "username": "u"})

    with ReplicateClient(transport=httpx.MockTransport(respond)) as client:
        assert client.account.get().username == "u"
    assert seen == [f"Bearer {KEY}"]


@pytest.mark.parametrize(
    ("given", "used"),
    [
        (None, BASE),
        ("https://api.replicate.com", BASE),
        ("https://api.replicate.com/", BASE),
        ("https://api.replicate.com/v1/", BASE),
        ("https://gateway.example.com/replicate/v1", "https://gateway.example.com/replicate/v1"),
    ],
)
def test_the_address_of_either_official_client_works(given: str | None, used: str) -> None:
    """One of them leaves the version out of ``REPLICATE_BASE_URL``, the other does not."""
    assert ReplicateClient(KEY, given).base_url == used


@pytest.mark.parametrize(
    "call",
    [
        lambda client: client.generate_image("  "),
        lambda client: client.generate_image("a cat", "no model"),
        lambda client: client.generate_image("a cat", timeout=0),
        lambda client: client.generate_video([]),
        lambda client: client.generate_video("https://example.com/1.jpg"),
        lambda client: client.poll_prediction("x", interval=0),
        lambda client: client.poll_prediction("x", timeout=-1),
        lambda client: client.poll_prediction(""),
        lambda client: client.estimate_cost(-1, 0),
        lambda client: client.estimate_cost(0, -1),
    ],
)
def test_a_bad_argument_is_a_value_error_and_nothing_is_sent(call: Any) -> None:
    server = Server()
    with pytest.raises(ValueError):  # noqa: PT011 - each has its own words
        call(virtual(server))
    assert server.requests == []


@pytest.mark.parametrize(
    ("images", "seconds", "dollars"), [(10, 20, 2.03), (5, 10, 1.015), (0, 30, 3.0), (10, 30, 3.03)]
)
def test_costs_follow_the_formula(images: int, seconds: int, dollars: float) -> None:
    assert math.isclose(ReplicateClient(KEY).estimate_cost(images, seconds), dollars)


def test_prices_are_data_with_date_and_source() -> None:
    assert [price.dollars for price in PRICES] == [
        FLUX_SCHNELL_PRICE_PER_IMAGE,
        SKYREELS2_PRICE_PER_SECOND,
    ]
    assert all(price.noted.year >= 2025 and price.source and price.unit for price in PRICES)


def test_the_key_shows_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    server = Server().on("POST /v1/predictions", say(401, {"detail": f"bad token {KEY}"}))
    client = virtual(server)
    with caplog.at_level("DEBUG"):
        found = client.generate_image("a cat")
    assert KEY not in repr(client) + str(found) + caplog.text


def test_the_async_client_has_the_same_five_calls() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        body = {"id": ID, "status": "succeeded", "output": [URL]}
        return httpx.Response(201 if request.method == "POST" else 200, json=body)

    async def main() -> None:
        async with AsyncReplicateClient(KEY, transport=httpx.MockTransport(respond)) as client:
            assert (await client.generate_image("a cat"))["image_url"] == URL
            assert (await client.generate_video([URL]))["duration_seconds"] == 2
            assert (await client.poll_prediction(ID))["output"] == [URL]
            assert client.estimate_cost(1, 1) == pytest.approx(0.103)

    anyio.run(main)


def test_listeners_are_notified_of_each_poll() -> None:
    heard: list[Any] = []
    server = Server().polls("starting", "processing", "succeeded", output=1)
    assert virtual(server).run("acme/painter", on_event=heard.append) == 1
    assert [event.status for event in heard if isinstance(event, Polled)] == [
        "starting",
        "processing",
    ]
