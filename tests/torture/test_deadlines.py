"""How late a call ends that the other side holds up: at most a quarter second after its deadline.

Measured on the wall clock, so on an idle machine only.
"""

import socket
import time
from collections.abc import Callable
from typing import Any

import anyio
import pytest

import faulty_server
from faulty_server import Behaviour, FaultyServer
from redenlab import AsyncInferenceClient, InferenceClient, RedenLabError, Retry
from redenlab.core.files.sources import open_recording
from redenlab.core.transport.route import Route

KEY = "sk_test_d34dl1n3"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 90000\r\n\r\n"
DEADLINE = 0.5
LATE = 0.25
TRIALS = 20

pytestmark = pytest.mark.torture


def drips_body(connection: socket.socket, head: bytes) -> None:
    connection.sendall(HEAD)
    faulty_server.drips(b" " * 9000, 0.05)(connection, head)


def stops_reading(connection: socket.socket, _: bytes) -> None:
    """The request's body is never read."""
    time.sleep(2 * DEADLINE)


BEHAVIOURS: dict[str, Behaviour] = {
    "silent": faulty_server.silent,
    "drips headers": faulty_server.drips(HEAD, 0.05),
    "drips body": drips_body,
}


def blocking(url: str, call: str, *arguments: Any) -> None:
    with InferenceClient(KEY, url, retry=Retry.off()) as client:
        getattr(client, call)(*arguments, timeout=DEADLINE)


def asynchronous(url: str, call: str, *arguments: Any) -> None:
    async def main() -> None:
        async with AsyncInferenceClient(KEY, url, retry=Retry.off()) as client:
            await getattr(client, call)(*arguments, timeout=DEADLINE)

    anyio.run(main)


def read(url: str) -> None:
    recording = open_recording(url, Route(), DEADLINE)
    try:
        for _ in recording.chunks():
            pass
    finally:
        recording.close()


def lateness(act: Callable[[], object]) -> float:
    """Seconds by which `act` ends after the deadline; it has to fail."""
    begun = time.monotonic()
    with pytest.raises((RedenLabError, TimeoutError)):
        act()
    return time.monotonic() - begun - DEADLINE


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
@pytest.mark.parametrize("caller", [blocking, asynchronous], ids=["sync", "async"])
def test_a_call_ends_at_its_deadline(caller: Callable[..., None], behaviour: str) -> None:
    with FaultyServer(BEHAVIOURS[behaviour]) as server:
        late = [lateness(lambda: caller(server.url, "get_status", "j")) for _ in range(TRIALS)]
    assert max(late) <= LATE, late


@pytest.mark.parametrize("caller", [blocking, asynchronous], ids=["sync", "async"])
def test_an_upload_that_nobody_reads_ends_at_its_deadline(caller: Callable[..., None]) -> None:
    with FaultyServer(stops_reading) as storage:
        ticket = (
            b'{"job_id":"j","file_key":"k","expires_in":900,"upload_url":"%s/put"}'
            % storage.url.encode()
        )
        with FaultyServer(faulty_server.says(faulty_server.answer(ticket))) as server:
            recording = bytes(64 << 20)
            late = [lateness(lambda: caller(server.url, "predict", recording)) for _ in range(5)]
    assert max(late) <= LATE, late


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_recording_behind_https_is_given_up_at_the_deadline(behaviour: str) -> None:
    with FaultyServer(BEHAVIOURS[behaviour]) as server:
        url = f"{server.url}/call.wav"
        late = [lateness(lambda: read(url)) for _ in range(TRIALS)]
    assert max(late) <= LATE, late
