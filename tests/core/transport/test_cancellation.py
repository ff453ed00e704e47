"""Tasks that are cancelled at any await leave every connection usable, and no socket open."""

import asyncio
import gc
import random
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import aclosing, asynccontextmanager
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from faulty_server import PATIENCE, FaultyServer, response
from redenlab.core.errors import NetworkError
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import OutgoingRequest, Stream
from redenlab.core.transport.pools import MAX_CONNECTIONS
from redenlab.core.transport.route import Route

TASKS = 300
AT_ONCE = 20
UPLOAD = 400_000

BACKENDS: dict[str, tuple[str, dict[str, Any]]] = {
    "asyncio": ("asyncio", {}),
    "uvloop": ("asyncio", {"use_uvloop": True}),
    "trio": ("trio", {}),
}


def content() -> Iterator[bytes]:
    for _ in range(0, UPLOAD, 50_000):
        yield bytes(50_000)


def request(url: str, kind: str) -> OutgoingRequest:
    if kind != "upload":
        return OutgoingRequest("GET", f"{url}/{kind}", {})
    body = Stream(content(), lambda _: None)
    return OutgoingRequest("PUT", f"{url}/upload", {"Content-Length": str(UPLOAD)}, body)


async def call(driver: AsyncIo, url: str, kind: str) -> None:
    asked, deadline = request(url, kind), driver.now() + PATIENCE
    if kind != "stream":
        assert (await driver.send(asked, deadline)).status_code == 200
        return
    async with aclosing(driver.stream(asked, deadline)) as chunks:
        async for _ in chunks:
            await anyio.lowlevel.checkpoint()


class Server(FaultyServer):
    """Answers at once, streams without end, and can be told to wait until all connections ask."""

    def __init__(self) -> None:
        self.all_ask = threading.Barrier(MAX_CONNECTIONS)
        super().__init__(self._answer)

    def _answer(self, connection: socket.socket, head: bytes) -> None:
        if head.startswith(b"PUT"):
            left = UPLOAD - len(head.partition(b"\r\n\r\n")[2])
            while left > 0:
                left -= len(connection.recv(min(left, 65536))) or left
        if b"/all" in head:
            self.all_ask.wait(PATIENCE)
        if b"/stream" not in head:
            connection.sendall(response())
            return
        connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(200):
            connection.sendall(b"a\r\n" + b"data: a\n\n\n" + b"\r\n")
        connection.sendall(b"0\r\n\r\n")


@asynccontextmanager
async def native_task(work: Coroutine[Any, Any, None]) -> AsyncIterator[Callable[[], Any]]:
    """A task of asyncio, which is cancelled by asyncio's own means."""
    task = asyncio.create_task(work)
    yield task.cancel
    await asyncio.wait([task])
    assert task.cancelled() or task.exception() is None


@asynccontextmanager
async def trio_task(work: Coroutine[Any, Any, None]) -> AsyncIterator[Callable[[], Any]]:
    """A task of trio."""
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(lambda: work)
        yield tasks.cancel_scope.cancel


async def cancelled(task: Any, work: Coroutine[Any, Any, None], steps: int) -> None:
    async with task(work) as cancel:
        for _ in range(steps):
            await anyio.lowlevel.checkpoint()
        cancel()


@pytest.mark.parametrize("backend", BACKENDS)
def test_300_cancelled_tasks_leave_every_connection_usable(backend: str) -> None:
    name, options = BACKENDS[backend]
    task = trio_task if name == "trio" else native_task
    choices = random.Random(300)

    async def main(server: Server) -> None:
        driver = AsyncIo(Route())
        for _ in range(TASKS // AT_ONCE):
            async with anyio.create_task_group() as calls:
                for _ in range(AT_ONCE):
                    kind = choices.choice(["get", "upload", "stream"])
                    steps = choices.choice([1, 2, 3, 5, 8, 13, 21, 34, 55, 89])
                    work = call(driver, server.url, kind)
                    calls.start_soon(cancelled, task, work, steps)
        async with anyio.create_task_group() as calls:
            for _ in range(MAX_CONNECTIONS):
                calls.start_soon(call, driver, server.url, "all")
        await driver.aclose()

    with Server() as server:
        anyio.run(main, server, backend=name, backend_options=options)
    gc.collect()  # an open socket would be a ResourceWarning, and so an error


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_cancelled_upload_ends_though_the_server_reads_nothing(backend: str) -> None:
    name, options = BACKENDS[backend]
    over = threading.Event()

    async def main(server: FaultyServer) -> None:
        driver = AsyncIo(Route())
        body = Stream(iter([bytes(2**20)] * 64), lambda _: None)
        asked = OutgoingRequest("PUT", server.url, {"Content-Length": str(64 * 2**20)}, body)
        with pytest.raises(NetworkError, match="timed out"):
            await driver.send(asked, driver.now() + 0.2)
        await driver.aclose()

    with FaultyServer(lambda *_: over.wait(PATIENCE)) as server:
        anyio.run(main, server, backend=name, backend_options=options)
        over.set()
    gc.collect()
