"""Servers that misuse WebSockets, byte by byte: each misuse is a typed error in bounded memory."""

import asyncio
import base64
import hashlib
import tracemalloc
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from live_lines import BEGIN, KEY
from redenlab import Retry
from redenlab.core import errors
from redenlab.core.live import session as live
from redenlab.core.live import websocket
from redenlab.dalston import AsyncDalston, AsyncRealtimeSession, Reconnect

pytestmark = pytest.mark.anyio

MEBIBYTE = 1024 * 1024

Behaviour = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[object]]


def frame(opcode: int, content: bytes, *, flags: int = 0x80) -> bytes:
    size = len(content)
    if size < 126:
        return bytes([flags | opcode, size]) + content
    return bytes([flags | opcode, 127]) + size.to_bytes(8, "big") + content


BEGUN = frame(1, BEGIN.encode())


async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    key = head.lower().split("sec-websocket-key: ")[1].split("\r\n")[0]
    at = head.lower().index(key)
    magic = head[at : at + len(key)] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    proof = base64.b64encode(hashlib.sha1(magic.encode()).digest()).decode()
    writer.write(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + proof.encode() + b"\r\n\r\n"
    )


@asynccontextmanager
async def misusing(behave: Behaviour, **options: object) -> AsyncGenerator[AsyncRealtimeSession]:
    ended: list[asyncio.Event] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(end := asyncio.Event())
        with suppress(OSError):
            await accept(reader, writer)
            await behave(reader, writer)
            await reader.read(1)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        end.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    client = AsyncDalston(f"http://127.0.0.1:{port}", KEY, retry=Retry.off())
    session = client.realtime(**options)  # type: ignore[arg-type]
    try:
        yield session
    finally:
        await session._session.abort()
        server.close()
        for each in ended:
            await each.wait()


def saying(*content: bytes) -> Behaviour:
    async def say(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(BEGUN)
        for each in content:
            writer.write(each)
            await writer.drain()

    return say


@pytest.mark.parametrize(
    ("content", "error", "text"),
    [
        (frame(1, b'{"type":"\xff"}'), errors.UnexpectedResponse, "UTF-8"),
        (frame(2, b"\0\1"), errors.UnexpectedResponse, "binary"),
        (frame(3, b"reserved"), errors.UnexpectedResponse, "no WebSocket frame"),
        (frame(1, b"compressed", flags=0xC0), errors.UnexpectedResponse, "no WebSocket frame"),
        (frame(9, bytes(126)), errors.UnexpectedResponse, "no WebSocket frame"),
        (frame(1, b"{}"), errors.UnexpectedResponse, "type"),
        (frame(1, b"[" * 100_000), errors.UnexpectedResponse, "nested too deeply"),
    ],
)
async def test_a_bad_frame_is_a_typed_error(
    content: bytes, error: type[errors.RedenLabError], text: str
) -> None:
    async with misusing(saying(content)) as session:
        await session.connect()
        with pytest.raises(error, match=text):
            async for _ in session:
                pass


async def test_a_message_of_100_megabytes_is_refused_in_bounded_memory() -> None:
    head = bytes([0x81, 127]) + (100 * MEBIBYTE).to_bytes(8, "big")
    async with misusing(saying(head, *[bytes(MEBIBYTE)] * 100)) as session:
        tracemalloc.start()
        try:
            await session.connect()
            with pytest.raises(errors.NetworkError, match="larger than 16777216 bytes"):
                await session.close()
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 20 * MEBIBYTE


async def test_a_half_close_is_a_lost_connection_with_the_audio() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(BEGUN)
        await reader.read(1)
        writer.write_eof()

    async with misusing(half) as session:
        await session.connect()
        await session.send_audio(b"\1\1")
        with pytest.raises(errors.NetworkError, match="lost the connection") as caught:
            await anext(aiter(session))
    assert caught.value.unsent == b"\1\1"


async def test_a_server_that_answers_no_ping_is_a_lost_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(websocket, "PING", 0.05)

    async def mute(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(BEGUN)
        await reader.read()

    async with misusing(mute) as session:
        await session.connect()
        with pytest.raises(errors.RequestTimeout, match="lost the connection"):
            await anext(aiter(session))


async def test_a_lost_connection_is_resumed_by_the_budget() -> None:
    connections = 0

    async def drop(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        writer.write(BEGUN)
        await reader.read(1)
        writer.close()

    async with misusing(drop, reconnect=Reconnect(attempts=2)) as session:
        await session.connect()
        await session.send_audio(b"\1\1")
        with pytest.raises(errors.NetworkError) as caught:
            await anext(aiter(session))
    assert (connections, caught.value.unsent) == (3, b"\1\1")


async def test_a_flood_is_not_read_faster_than_it_is_taken() -> None:
    message = frame(1, b'{"type":"noise","text":"' + b"x" * 1000 + b'"}')
    written = 0

    async def flood(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal written
        writer.write(BEGUN)
        while True:
            writer.write(message)
            await writer.drain()
            written += len(message)

    async with misusing(flood) as session:
        await session.connect()
        before, steady = -1, 0
        while steady < 100:  # until nothing more is written
            await asyncio.sleep(0)
            steady = steady + 1 if written == before else 0
            before = written
        assert len(session._session._queue) == live.MAX_MESSAGES
        assert written < 50 * MEBIBYTE
