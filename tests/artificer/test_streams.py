"""Streams of chat: cut anywhere, failing, closed early, and never resumed."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import anyio
import httpx
import pytest

from redenlab import APIError, NetworkError, RateLimited, UnexpectedResponse
from redenlab.artificer import Artificer, AsyncArtificer
from redenlab.artificer.models import ChatChunk
from redenlab.sandbox import Sandbox

URL = "http://localhost:3001"


def event(kind: str, document: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps(document, ensure_ascii=False)}\n\n".encode()


CHUNKS: list[dict[str, Any]] = [
    {"content": "Once ", "finished": False},
    {"content": "úpon a\n", "finished": False, "metadata": {"model": "sandbox/echo-1"}},
    {"content": "time ", "finished": False},
    {"content": "", "finished": True, "metadata": {"tokenCount": 4, "cost": 0.1}},
]
RECORDED = b"".join(
    [
        b": connected\n\n",
        event("connection", {"type": "connected"}),
        *(event("chunk", each) for each in CHUNKS),
        event("complete", {"type": "complete"}),
        b": closing\n\n",
    ]
)


class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in pieces; notes whether it was closed."""

    def __init__(self, pieces: list[bytes]) -> None:
        self.pieces = pieces
        self.sent = 0
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            self.sent += 1
            yield piece

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self:
            yield piece

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def served(body: Body, requests: list[httpx.Request] | None = None) -> httpx.MockTransport:
    def respond(request: httpx.Request) -> httpx.Response:
        if requests is not None:
            requests.append(request)
        return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=body)

    return httpx.MockTransport(respond)


def read(*pieces: bytes) -> tuple[list[ChatChunk], Exception | None]:
    """What a stream of these pieces gives before its end, or its error."""
    found: list[ChatChunk] = []
    with Artificer(base_url=URL, transport=served(Body(list(pieces)))) as client:
        try:
            found.extend(client.chat.stream("c", "Hello"))
        except APIError as error:
            return found, error
    return found, None


def test_a_stream_cut_at_any_byte_gives_no_wrong_and_no_double_chunk() -> None:
    last = RECORDED.index(b"event: complete")
    for cut in range(len(RECORDED) + 1):
        found, error = read(RECORDED[:cut])
        assert [dict(each) for each in found] == CHUNKS[: len(found)]
        assert (error is None) is (cut >= last)
        assert error is None or isinstance(error, NetworkError)


def test_a_stream_in_two_pieces_is_the_same_wherever_it_is_parted() -> None:
    for cut in range(1, len(RECORDED)):
        found, error = read(RECORDED[:cut], RECORDED[cut:])
        assert error is None
        assert [dict(each) for each in found] == CHUNKS


def test_a_chunk_with_an_error_is_an_error_and_no_chunk() -> None:
    failed = {"content": "", "finished": True, "error": "Conversation not found: c"}
    found, error = read(event("chunk", CHUNKS[0]), event("chunk", failed), event("complete", {}))
    assert [each.content for each in found] == ["Once "]
    assert type(error) is APIError
    assert "Conversation not found: c" in str(error)


def test_an_event_of_an_error_ends_the_stream() -> None:
    found, error = read(
        event("chunk", CHUNKS[0]), event("error", {"type": "error", "error": "out of memory"})
    )
    assert len(found) == 1
    assert "out of memory" in str(error)


def test_events_without_a_name_are_chunks_too_and_others_are_passed_over() -> None:
    unnamed = f"data: {json.dumps(CHUNKS[0])}\n\n".encode()
    found, error = read(unnamed, event("novelty", [1]), event("chunk", CHUNKS[-1]))
    assert (len(found), error) == (2, None)


@pytest.mark.parametrize("data", ["no json", '{"finished": true}', "[]"])
def test_an_event_that_cannot_be_read_is_an_error(data: str) -> None:
    _, error = read(f"event: chunk\ndata: {data}\n\n".encode())
    assert isinstance(error, UnexpectedResponse)


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
def test_a_stream_is_requested_once_as_its_protocol_has_it(protocol: Any) -> None:
    requests: list[httpx.Request] = []
    transport = served(Body([b""]), requests)
    with Artificer(base_url=URL, transport=transport, protocol=protocol) as client:
        with pytest.raises(NetworkError, match="the stream ended before its last event"):
            list(client.chat.stream("c", "Hello"))
    (request,) = requests
    names = {"rest": ("/api/chat/stream", "message"), "trpc": ("/api/stream/chat", "content")}
    path, key = names[protocol]
    assert request.url.path == path
    assert json.loads(request.content) == {"conversationId": "c", key: "Hello"}
    assert request.headers["accept"] == "text/event-stream"


def test_leaving_the_loop_closes_the_connection() -> None:
    body = Body([event("chunk", CHUNKS[0])] * 1000)
    with Artificer(base_url=URL, transport=served(body)) as client:
        stream = client.chat.stream("c", "Hello")
        assert next(stream).content == "Once "
        stream.close()
        assert body.closed
        assert body.sent < 1000


def test_cancelling_the_task_closes_the_connection() -> None:
    class Endless(Body):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield event("chunk", CHUNKS[0])
            await anyio.sleep_forever()

    body = Endless([])

    async def main() -> None:
        async with AsyncArtificer(base_url=URL, transport=served(body)) as client:
            with anyio.CancelScope() as scope:
                async for _ in client.chat.stream("c", "Hello"):
                    scope.cancel()
            assert scope.cancelled_caught

    anyio.run(main)
    assert body.closed


def test_a_refusal_before_the_stream_names_its_pause() -> None:
    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(429, json={"error": "Rate limit exceeded", "retryAfter": 17})

    with Artificer(base_url=URL, transport=httpx.MockTransport(respond)) as client:
        with pytest.raises(RateLimited) as caught:
            list(client.chat.stream("c", "Hello"))
    assert caught.value.retry_after == 17


def test_nothing_is_sent_for_a_message_that_is_too_long() -> None:
    requests: list[httpx.Request] = []
    with Artificer(base_url=URL, transport=served(Body([]), requests)) as client:
        with pytest.raises(ValueError, match="message has"):
            client.chat.stream("c", "x" * 10_001)
    assert requests == []


def test_the_work_of_a_chain_is_followed(client: Artificer) -> None:
    conversation = client.conversations.create()
    found = list(client.orchestration.stream(conversation.id, "Hello"))
    assert [each.type for each in found][-1] == "complete"
    assert [each.progress for each in found] == sorted(each.progress or 0 for each in found)


def test_an_unknown_conversation_fails_in_the_stream(client: Artificer, sandbox: Sandbox) -> None:
    with pytest.raises(APIError, match="Conversation not found"):
        list(client.chat.stream("nope", "Hello"))
