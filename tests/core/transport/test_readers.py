"""Sources that stall: a call ends at its deadline, and what it leaves behind is bounded."""

import io
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from typing import Any

import anyio
import pytest

import drivers
from fake_api import BASE, KEY, FakeApi
from faulty_server import PATIENCE
from processes import environment
from redenlab import AsyncInferenceClient
from redenlab.core.errors import RequestTimeout
from redenlab.core.transport import readers

RECORDING = b"RIFF" + bytes(2000)


class Pipe(io.RawIOBase):
    """A source that says a little, and then nothing until it is told to end."""

    def __init__(self) -> None:
        self.end = threading.Event()
        self._said = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not self._said:
            self._said = True
            return RECORDING
        self.end.wait(PATIENCE)
        return b""


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.end.set()


@pytest.fixture(autouse=True)
def own(monkeypatch: pytest.MonkeyPatch) -> readers.Readers:
    made = readers.Readers()
    monkeypatch.setattr(readers, "_readers", made)
    return made


@pytest.fixture
def left_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "SETTLE", -1.0)


def test_a_blocking_call_ends_at_its_deadline(fake_api: FakeApi, pipe: Pipe) -> None:
    with (
        drivers.client(fake_api) as client,
        pytest.raises(RequestTimeout, match="the recording gave nothing in time"),
    ):
        client.predict(pipe, model_name="intelligibility", filename="a.wav", timeout=0.05)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_an_async_call_ends_at_its_deadline(fake_api: FakeApi, pipe: Pipe, backend: str) -> None:
    async def main() -> None:
        options: Any = {"transport": fake_api.transport()}
        async with AsyncInferenceClient(KEY, BASE, **options) as client:
            with pytest.raises(RequestTimeout):
                await client.predict(
                    pipe, model_name="intelligibility", filename="a.wav", timeout=0.05
                )

    anyio.run(main, backend=backend)


def test_four_reads_may_be_left_behind(own: readers.Readers, left_at_once: None) -> None:
    end = threading.Event()
    blocked: Callable[[], Any] = lambda: end.wait(PATIENCE)  # noqa: E731
    for number in range(readers.STALLED):
        assert own.stalled == number
        own.leave(own.start(blocked))
    with pytest.raises(RequestTimeout, match="nor did 4 before it"):
        own.start(blocked)
    end.set()
    while own.stalled:
        pass
    assert own.start(lambda: 5).result(PATIENCE) == 5


def test_threads_are_used_again(own: readers.Readers) -> None:
    names = set[int]()
    for _ in range(50):
        names.add(own.start(threading.get_ident).result(PATIENCE))
        while not own._free:
            pass
    assert len(names) == 1


def test_what_a_read_left_behind_opens_is_closed(own: readers.Readers) -> None:
    begun, end, found = threading.Event(), threading.Event(), io.BytesIO()

    def read() -> io.BytesIO:
        begun.set()
        end.wait(PATIENCE)
        return found

    reading = own.start(read)
    begun.wait(PATIENCE)
    own.leave(reading)
    end.set()
    while not found.closed:
        pass


def test_a_read_has_the_context_of_its_call(own: readers.Readers) -> None:
    named = ContextVar("named", default="nobody")
    named.set("caller")
    assert own.start(named.get).result(PATIENCE) == "caller"


def test_an_error_of_a_source_is_that_of_the_caller(own: readers.Readers) -> None:
    def read() -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        own.start(read).result(PATIENCE)


STALLED = """
import time
import redenlab

class Pipe:
    def read(self, size=-1):
        time.sleep(1e6)

client = redenlab.InferenceClient("sk_test_1234567890", "http://127.0.0.1:9/prod")
try:
    client.predict(Pipe(), model_name="intelligibility", filename="a.wav", timeout=0.05)
except redenlab.RequestTimeout:
    print("out of time")
"""


def test_a_stalled_source_does_not_hold_up_the_exit() -> None:
    done = subprocess.run(
        [sys.executable, "-c", STALLED],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.stdout == "out of time\n", done.stderr
    assert done.returncode == 0


def test_what_was_opened_for_a_call_that_has_ended_is_closed(own: readers.Readers) -> None:
    found = io.BytesIO()
    reading = own.start(lambda: found)
    reading.result(PATIENCE)
    own.leave(reading)
    assert found.closed
