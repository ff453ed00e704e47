"""Streams of predictions: what they tell, how they end, and how they are taken up again."""

import json
from typing import Any

import anyio
import pytest

from redenlab.core import errors
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import ReplicateClient
from redenlab.sandbox import Sandbox
from scripted_replicate import BASE, ID, KEY, Server, say, virtual

ELSEWHERE = "https://streaming-api.svc.rno2.c.replicate.net/v1/streams/abc"


def event(kind: str, data: Any, event_id: str = "") -> str:
    text = data if isinstance(data, str) else json.dumps(data)
    lines = "".join(f"data: {line}\n" for line in text.split("\n"))
    return f"event: {kind}\n" + (f"id: {event_id}\n" if event_id else "") + f"{lines}\n"


def stream(*events: str) -> RawResponse:
    return RawResponse(200, {}, "".join(events).encode())


def server(*responses: Any, url: str | None = ELSEWHERE) -> Server:
    urls = {"get": "x", **({"stream": url} if url else {})}
    made = Server().on("POST /v1/predictions", say(201, {"id": ID, "status": "starting"}))
    made.on(f"GET /v1/predictions/{ID}", say(200, {"id": ID, "status": "starting", "urls": urls}))
    return made.on("GET /v1/streams/abc", *responses)


DONE = event("done", {})


def test_output_is_told_until_it_is_done() -> None:
    told = server(stream(event("output", "Hi", "1:0"), ": ping\n\n", event("logs", "l"), DONE))
    found = list(virtual(told).stream("acme/writer", {"prompt": "x"}))
    assert [(one.event, one.data) for one in found] == [("output", "Hi"), ("logs", "l")]


def test_an_output_of_several_lines_stays_one() -> None:
    told = server(stream(event("output", "a\nb\n"), DONE))
    assert [one.data for one in virtual(told).stream("acme/writer")] == ["a\nb\n"]


def test_the_key_goes_to_the_streaming_hosts_of_the_service() -> None:
    told = server(stream(DONE))
    list(virtual(told).stream("acme/writer"))
    asked = told.requests[-1]
    assert asked.url == ELSEWHERE
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.headers["Accept"] == "text/event-stream"
    assert asked.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://streams.example.com/v1/streams/abc", BASE),
        ("https://evilreplicate.com/v1/streams/abc", BASE),
        ("https://replicate.net.evil.example/v1/streams/abc", BASE),
        (ELSEWHERE, "https://gateway.example.com/v1"),
    ],
)
def test_the_key_goes_to_no_other_host(url: str, base: str) -> None:
    told = server(stream(DONE), url=url)
    list(virtual(told, base_url=base).stream("acme/writer"))
    asked = told.requests[-1]
    assert asked.url == url
    assert "Authorization" not in asked.headers
    assert not asked.to_api


def test_a_broken_stream_goes_on_behind_the_last_event() -> None:
    first = stream(event("output", "a", "1:0"), event("output", "b", "1:1"))
    told = server(first, say(503), stream(event("output", "c", "1:2"), DONE))
    client = virtual(told)
    assert [one.data for one in client.stream("acme/writer")] == ["a", "b", "c"]
    asked = [m.headers.get("Last-Event-ID") for m in told.requests if "streams" in m.url]
    assert asked == [None, "1:1", "1:1"]
    assert client.io.slept == [1, 2]


def test_the_server_says_when_to_come_back() -> None:
    told = server(stream("retry: 7000\n", event("output", "a", "1")), stream(DONE))
    client = virtual(told)
    assert [one.data for one in client.stream("acme/writer")] == ["a"]
    assert client.io.slept == [7]


def test_a_stream_that_stays_broken_is_given_up() -> None:
    told = server(errors.NetworkError("lost", retryable=True))
    with pytest.raises(errors.NetworkError, match="lost") as caught:
        list(virtual(told).stream("acme/writer"))
    assert caught.value.attempts == 4
    assert [m.url for m in told.requests].count(ELSEWHERE) == 4


def test_a_refused_stream_is_not_asked_for_again() -> None:
    told = server(say(403, {"detail": "no"}))
    with pytest.raises(errors.PermissionDenied):
        list(virtual(told).stream("acme/writer"))
    assert [m.url for m in told.requests].count(ELSEWHERE) == 1


ENDS = {
    "an error": (event("error", {"detail": "CUDA (E1001)"}), errors.JobFailed, "CUDA"),
    "an error without JSON": (event("error", "oops"), errors.JobFailed, "Unknown error"),
    "done after an error": (event("done", {"reason": "error"}), errors.JobFailed, "error"),
    "done after a cancel": (event("done", {"reason": "canceled"}), errors.JobCancelled, "canceled"),
}


@pytest.mark.parametrize("end", ENDS)
def test_a_bad_end_is_raised_behind_the_output(end: str) -> None:
    last, kind, words = ENDS[end]
    told = server(stream(event("output", "a"), last))
    found = virtual(told).stream("acme/writer")
    assert next(found).data == "a"
    with pytest.raises(kind, match=words) as caught:
        next(found)
    assert caught.value.job_id == ID  # type: ignore[attr-defined]


def test_a_model_that_does_not_stream_says_which_prediction_goes_on() -> None:
    with pytest.raises(errors.APIError, match="does not stream") as caught:
        list(virtual(server(url=None)).stream("acme/painter"))
    assert caught.value.job_id == ID


def test_the_deadline_ends_a_stream() -> None:
    told = server(stream(event("output", "a", "1")))  # never done, again and again
    client = virtual(told)
    with pytest.raises(errors.NetworkError, match="the stream ended"):
        list(client.stream("acme/writer", timeout=20))
    assert client.io.clock <= 20


# ---- the sandbox

PROMPT = {"prompt": "one two three four"}
WORDS = ["You ", "said: ", "one ", "two ", "three ", "four "]


def test_the_sandbox_streams(client: ReplicateClient) -> None:
    assert [one.data for one in client.stream("sandbox/writer", PROMPT)] == WORDS


def test_the_sandbox_s_stream_is_taken_up_where_it_dropped(client: ReplicateClient) -> None:
    prompt = {"prompt": "one sandbox:drop two three"}
    found = [one.data for one in client.stream("sandbox/writer", prompt)]
    assert found == ["You ", "said: ", "one ", "sandbox:drop ", "two ", "three "]


def test_the_sandbox_s_stream_tells_of_failure(client: ReplicateClient) -> None:
    with pytest.raises(errors.JobFailed, match="E1000"):
        list(client.stream("sandbox/writer", {"prompt": "sandbox:fail"}))


def test_leaving_a_stream_early_is_fine(sandbox: Sandbox, client: ReplicateClient) -> None:
    for found in client.stream("sandbox/writer", PROMPT):
        assert found.data == "You "
        break
    assert client.account.get().username == "sandbox"

    async def main() -> None:
        async with sandbox.async_replicate_client() as later:
            async for told in later.stream("sandbox/writer", PROMPT):
                assert told.data == "You "
                break

    anyio.run(main)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_async_streams(sandbox: Sandbox, backend: str) -> None:
    async def main() -> list[str]:
        async with sandbox.async_replicate_client() as client:
            return [one.data async for one in client.stream("sandbox/writer", PROMPT)]

    assert anyio.run(main, backend=backend) == WORDS
