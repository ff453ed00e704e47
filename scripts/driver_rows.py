"""What the two drivers cost beside plain httpx: a call, many calls at a time, many jobs.

Each figure is of this process, in microseconds, of ours and of the peer, measured in turns.
"""

import asyncio
import contextlib
import json
import socket
import statistics
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from multiprocessing import Process, Queue

import httpx

from redenlab import AsyncInferenceClient, InferenceClient, Poll
from redenlab.core.transport.drivers import TransportName

KEY = "sk_test_bench_0123456789"
ROUNDS = 7
CALLS = 500
TASKS = 512
JOBS = 2000
IN_FLIGHT = 64
JOB_SECONDS = 6.0
PAUSE = 2.0
"""Seconds between two looks at a job."""

QUERY = {"model": "intelligibility"}


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU and wall microseconds of one request, each the median of all rounds."""

    cpu: float
    wall: float


def _measured(requests: int, act: Callable[[], object]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    each = 1e6 / requests
    return Cost((time.process_time() - cpu) * each, (time.perf_counter() - wall) * each)


def in_turns(rounds: int, *sides: Callable[[], Cost]) -> list[Cost]:
    """The medians of each side, measured in turns so that a busy moment hits all alike."""
    found = [[side() for side in sides] for _ in range(rounds)]
    return [
        Cost(statistics.median(c.cpu for c in column), statistics.median(c.wall for c in column))
        for column in zip(*found, strict=True)
    ]


def calls(url: str, names: tuple[TransportName, ...]) -> list[Cost]:
    """One typed call after another, on each driver; last, that of ``httpx.Client`` with JSON."""
    with contextlib.ExitStack() as stack:
        sides: list[Callable[[], object]] = []
        for name in names:
            client = stack.enter_context(InferenceClient(KEY, url, transport=name))
            sides.append(lambda client=client: client.get_status("j"))
        plain = stack.enter_context(httpx.Client(base_url=url, headers={"X-Api-Key": KEY}))
        sides.append(lambda: plain.get("/result/j", params=QUERY).json())
        return in_turns(ROUNDS, *(_loop(side) for side in sides))


def _loop(call: Callable[[], object]) -> Callable[[], Cost]:
    call()
    return lambda: _measured(CALLS, lambda: [call() for _ in range(CALLS)])


def tasks(url: str, names: tuple[TransportName, ...]) -> list[Cost]:
    """Calls of `TASKS` tasks at a time, on each driver; last, those of ``httpx.AsyncClient``."""

    def typed(name: TransportName) -> Callable[[], Cost]:
        async def main() -> None:
            async with AsyncInferenceClient(KEY, url, transport=name, timeout=300) as client:
                await _together(lambda: client.get_status("j"))

        return lambda: _measured(2 * TASKS, lambda: asyncio.run(main()))

    async def plain() -> None:
        async with httpx.AsyncClient(base_url=url, timeout=300) as client:
            await _together(lambda: client.get("/result/j", params=QUERY))

    sides = [typed(name) for name in names]
    return in_turns(3, *sides, lambda: _measured(2 * TASKS, lambda: asyncio.run(plain())))


async def _together(call: Callable[[], Awaitable[object]]) -> None:
    async def twice() -> None:
        for _ in range(2):
            await call()

    await asyncio.gather(*(twice() for _ in range(TASKS)))


def jobs(names: tuple[TransportName, ...], rounds: int = 3) -> list[Cost]:
    """CPU of a poll of `JOBS` jobs, on each driver; last, of a loop on httpx with 64 in flight."""

    def typed(name: TransportName) -> Callable[[], Cost]:
        async def main(url: str) -> None:
            poll = Poll(initial=PAUSE, max_interval=PAUSE)
            async with AsyncInferenceClient(KEY, url, transport=name, poll=poll) as client:
                await asyncio.gather(*(client.job(f"{number}").result() for number in range(JOBS)))

        return lambda: _watched(main)

    return in_turns(rounds, *(typed(name) for name in names), lambda: _watched(_naive))


async def _naive(url: str) -> None:
    gate = asyncio.Semaphore(IN_FLIGHT)
    async with httpx.AsyncClient(base_url=url, timeout=300) as client:

        async def watch(number: int) -> None:
            while True:
                async with gate:
                    found = (await client.get(f"/result/{number}", params=QUERY)).json()
                if found["status"] == "completed":
                    return
                await asyncio.sleep(PAUSE)

        await asyncio.gather(*(watch(number) for number in range(JOBS)))


def _watched(main: Callable[[str], Awaitable[None]]) -> Cost:
    with job_server() as (url, polls):
        cpu, wall = time.process_time(), time.perf_counter()
        asyncio.run(main(url))  # type: ignore[arg-type]
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        return Cost(cpu / polls() * 1e6, wall / polls() * 1e6)


@contextlib.contextmanager
def job_server() -> Iterator[tuple[str, Callable[[], int]]]:
    """The address of a server whose jobs take `JOB_SECONDS`, and how often it was asked."""
    ports: Queue[int] = Queue()
    process = Process(target=_serve, args=(ports,), daemon=True)
    process.start()
    port = ports.get(timeout=10)

    def polls() -> int:
        return int(httpx.get(f"http://127.0.0.1:{port}/count").text)

    try:
        yield f"http://127.0.0.1:{port}", polls
    finally:
        process.terminate()
        process.join()


def _serve(ports: "Queue[int]") -> None:
    begun: dict[str, float] = {}
    asked = [0]
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        ports.put(listener.getsockname()[1])
        while True:
            connection, _ = listener.accept()
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            arguments = (connection, begun, asked)
            threading.Thread(target=_talk, args=arguments, daemon=True).start()


def _talk(connection: socket.socket, begun: dict[str, float], asked: list[int]) -> None:
    with connection, contextlib.suppress(OSError):
        while head := connection.recv(65536):
            job_id = head.split(b" ", 2)[1].decode().rpartition("/")[2].partition("?")[0]
            if job_id == "count":
                body = str(asked[0]).encode()
            else:
                asked[0] += 1
                body = json.dumps(_status(job_id, begun)).encode()
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)


def _status(job_id: str, begun: dict[str, float]) -> dict[str, object]:
    since = begun.setdefault(job_id, time.monotonic())
    if time.monotonic() - since < JOB_SECONDS:
        return {"job_id": job_id, "status": "processing"}
    result = {"intelligibility_score": 0.85}
    return {"job_id": job_id, "status": "completed", "result": result}
