"""What it costs to wait for many jobs at once, beside a plain loop with httpx.

Jobs begin one after the other, evenly over the first seconds, and each takes `SECONDS`. The server
and the client are processes of their own; the client says what a poll cost it, how much memory the
waits took, and how late each end was noticed.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Process, Queue

import httpx

SECONDS = 10.0
PAUSE = 4.0
"""Seconds between two polls of a job."""

IDEAL = 2.0
"""Seconds by which an end is noticed late where requests cost nothing: looked at after 0, 4, 8 and
12 s, a job of 10 s is seen to have ended 2 s later."""

_CLIENT = """
import asyncio, json, sys, time

who, url, *numbers = sys.argv[1:]
jobs, seconds, pause = int(numbers[0]), float(numbers[1]), float(numbers[2])
key = "sk_test_bench_0123456789"
late = []

def memory(key):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(key)) / 1024

async def sdk(start, transport):
    from redenlab import AsyncInferenceClient, Poll
    options = {} if transport == "httpx" else {"transport": transport}
    poll = Poll(pause, 1, pause)
    async with AsyncInferenceClient(key, url, poll=poll, **options) as client:
        async def watch(number):
            job = client.job(f"j{number}")
            await asyncio.sleep(number * seconds / jobs)
            await job.wait(timeout=3600)
            late.append(time.time() - job.end.seen.body["ended"])
        await client.job("warm").reload()
        await start(watch)

async def plain(start, _):
    import httpx
    gate = asyncio.Semaphore(64)
    headers = {"Authorization": "Bearer x"}
    async with httpx.AsyncClient(base_url=url, headers=headers) as client:
        async def watch(number):
            await asyncio.sleep(number * seconds / jobs)
            while True:
                async with gate:
                    body = (await client.get(f"/status/j{number}")).json()
                if body["status"] == "completed":
                    late.append(time.time() - body["ended"])
                    return
                await asyncio.sleep(pause)
        await client.get("/status/warm")
        await start(watch)

async def start(watch):
    global spent
    before = time.process_time()
    await asyncio.gather(*(watch(number) for number in range(jobs)))
    spent = time.process_time() - before

asyncio.run((plain if who == "plain" else sdk)(start, who))
late.sort()
print(json.dumps([spent, memory("VmHWM"), late[int(len(late) * 0.95)]]))
"""


@dataclass(frozen=True, slots=True)
class Watched:
    """What waiting for a number of jobs took.

    Attributes:
        poll: CPU seconds of one poll.
        memory: Peak of the process in MiB.
        late: Seconds after its end by which 95 of 100 jobs were noticed.
        connections: Most connections at once.
    """

    poll: float
    memory: float
    late: float
    connections: int


def watched(who: str, jobs: int) -> Watched:
    """Wait for `jobs` with ``plain`` httpx, or with the SDK on the driver of that name."""
    with _service() as url:
        given = [url, str(jobs), str(SECONDS), str(PAUSE)]
        command = [sys.executable, "-c", _CLIENT, who, *given]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, timeout=600)
        spent, memory, late = json.loads(done.stdout)
        polls, connections = json.loads(httpx.get(f"{url}/count").read())
    return Watched(spent / polls, memory, late, connections)


@contextmanager
def _service() -> Generator[str]:
    ports: Queue[int] = Queue()
    process = Process(target=_serve, args=(ports,), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ports.get(timeout=30)}"
    finally:
        process.terminate()
        process.join()


def _serve(ports: "Queue[int]") -> None:
    asyncio.run(_Service().serve(ports))


class _Service:
    """Jobs that begin when they are first asked for."""

    def __init__(self) -> None:
        self._begun: dict[str, float] = {}
        self._polls = self._open = self._most = 0

    async def serve(self, ports: "Queue[int]") -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        ports.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open += 1
        self._most = max(self._most, self._open)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                path = head.split(b" ", 2)[1].decode()
                body = json.dumps(self._answer(path.partition("?")[0].rpartition("/")[2])).encode()
                kind = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                writer.write(kind + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
        finally:
            self._open -= 1

    def _answer(self, job: str) -> object:
        if job == "count":
            return self._polls, self._most
        self._polls += 1
        ends = self._begun.setdefault(job, time.time()) + SECONDS
        known = {"job_id": job, "created_at": "2025-01-15T10:30:00Z", "ended": ends}
        if time.time() < ends:
            return {**known, "status": "processing"}
        return {**known, "status": "completed", "result": {"intelligibility_score": 0.85}}
