"""Waiting for a connection of our own is no time of the request, and no fault of the network."""

import threading
import time
from typing import Any

import anyio
import pytest

import faulty_server
from faulty_server import DONE, PATIENCE, FaultyServer, response
from redenlab.core.errors import RequestTimeout
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import OutgoingRequest, run
from redenlab.core.transport.pools import MAX_CONNECTIONS, purpose
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo

SECONDS = PATIENCE
"""For one exchange; queueing takes longer by the clock of the driver."""


class Clock:
    """A clock that the test sets forward."""

    at = 0.0

    def now(self) -> float:
        return time.monotonic() + self.at


class AsyncDriver(Clock, AsyncIo):
    """The async driver by that clock."""


class BlockingDriver(Clock, BlockingIo):
    """The sync driver by that clock."""


def request(server: FaultyServer) -> OutgoingRequest:
    return OutgoingRequest("GET", f"{server.url}/j", {}, to_api=True)


def test_a_request_that_queued_longer_than_it_may_take_is_sent_when_awaited() -> None:
    async def main(server: FaultyServer) -> None:
        driver, found = AsyncDriver(Route()), list[Any]()
        asked = request(server)
        slots = driver._pools().get(purpose(asked), asked.url).slots
        for _ in range(MAX_CONNECTIONS):
            slots.acquire_nowait()

        async def send() -> None:
            found.append(await driver.send(asked, 1e9, SECONDS))

        async with anyio.create_task_group() as tasks:
            tasks.start_soon(send)
            while not slots.statistics().tasks_waiting:
                await anyio.lowlevel.checkpoint()
            driver.at = 10 * SECONDS
            slots.release()
        assert found[0].status_code == 200
        await driver.aclose()

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        anyio.run(main, server)


def test_a_request_that_queued_longer_than_it_may_take_is_sent() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        driver, found = BlockingDriver(Route()), list[Any]()
        asked = request(server)
        slots = driver._pool(asked).slots
        for _ in range(MAX_CONNECTIONS):
            slots.acquire()

        def send() -> None:
            driver.at = 10 * SECONDS
            found.append(run(driver.send(asked, 1e9, SECONDS)))

        thread = threading.Thread(target=send)
        thread.start()
        slots.release()
        thread.join(PATIENCE)
        assert found[0].status_code == 200
        driver.close()


@pytest.mark.parametrize("driver", [AsyncIo, BlockingIo])
def test_a_queue_ends_at_the_deadline_of_the_call(driver: Any) -> None:
    made = driver(Route())

    async def main() -> None:
        slots = made._pool(asked).slots
        for _ in range(MAX_CONNECTIONS):
            slots.acquire_nowait() if driver is AsyncIo else slots.acquire()
        with pytest.raises(RequestTimeout, match="no time") as caught:
            await made.send(asked, made.now() + 0.01, SECONDS)
        assert caught.value.sent is False

    with FaultyServer(faulty_server.silent) as server:
        asked = request(server)
        if driver is AsyncIo:
            anyio.run(main)
        else:
            run(main())


def test_an_event_stream_has_a_connection_of_its_own_until_it_is_closed() -> None:
    async def main(server: FaultyServer) -> None:
        driver = AsyncIo(Route())
        asked = request(server)
        slots = driver._pools().get(purpose(asked), asked.url).slots
        chunks = driver.stream(asked, driver.now() + PATIENCE)
        assert await anext(chunks)
        assert slots.value == MAX_CONNECTIONS - 1
        await chunks.aclose()
        assert slots.value == MAX_CONNECTIONS
        await driver.aclose()

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        anyio.run(main, server)
