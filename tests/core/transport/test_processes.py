"""Threads, tasks, forks, and jobs that travel between processes."""

import json
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import anyio
import pytest

import faulty_server
from fake_api import KEY
from faulty_server import FaultyServer
from processes import environment
from redenlab import AsyncInferenceClient, InferenceClient, Job, Retry

pytestmark = pytest.mark.usefixtures("transport")

MADE = {"httpx": 8, "fast": 16}
"""Connections made by 8 calls at a time; pyreqwest keeps one a moment after its call has ended."""


def echo(connection: Any, head: bytes) -> None:
    """Answer with the id that was asked for."""
    job_id = head.split(b"/result/", 1)[1].split(b"?", 1)[0].decode()
    result = {"intelligibility_score": float(job_id)}
    body = {"job_id": job_id, "status": "completed", "result": result}
    connection.sendall(faulty_server.response(json.dumps(body).encode()))


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with FaultyServer(echo) as running:
        yield running


def ask(client: InferenceClient[Any], number: int) -> bool:
    """Whether the response belongs to the request of this id."""
    found = client.get_result(str(number))
    return found.job_id == str(number) and found.result.intelligibility_score == number


def test_32_threads_on_a_cold_client_get_their_own_responses(
    server: FaultyServer, transport: str
) -> None:
    start = threading.Barrier(32)
    with InferenceClient(KEY, server.url, retry=Retry.off()) as client:

        def work(thread: int) -> bool:
            start.wait()
            return all(ask(client, 1000 * thread + number) for number in range(10))

        with ThreadPoolExecutor(32) as pool:
            assert all(pool.map(work, range(32)))
    assert server.connections <= MADE[transport]


def test_100_tasks_on_a_cold_client_get_their_own_responses(
    server: FaultyServer, transport: str
) -> None:
    async def main() -> None:
        async with AsyncInferenceClient(KEY, server.url, retry=Retry.off()) as client:

            async def work(number: int) -> None:
                found = await client.get_result(str(number))
                assert found.result.intelligibility_score == number

            async with anyio.create_task_group() as tasks:
                for number in range(100):
                    tasks.start_soon(work, number)

    anyio.run(main)
    assert server.connections <= MADE[transport]


def test_a_child_and_its_parent_never_mix_up_their_responses(server: FaultyServer) -> None:
    with InferenceClient(KEY, server.url, retry=Retry.off()) as client:
        assert ask(client, 1)
        child = os.fork()
        if child == 0:  # the same socket is open in both; only one of them may use it
            good = False
            try:
                good = all(ask(client, 2000 + number) for number in range(50))
            finally:
                os._exit(0 if good else 1)
        assert all(ask(client, 1000 + number) for number in range(50))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_program_ends_with_an_open_client(server: FaultyServer) -> None:
    program = (
        "from redenlab import InferenceClient\n"
        f"client = InferenceClient({KEY!r}, {server.url!r})\n"
        "print(client.get_status('7').status)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "completed\n", "")


def test_a_job_goes_to_another_process_and_comes_back(server: FaultyServer) -> None:
    with InferenceClient(KEY, server.url) as client:
        job: Job[Any] = client.job("5")
        data = pickle.dumps(job)
        assert KEY.encode() not in data
        program = (
            "import pickle, sys\n"
            "from redenlab import InferenceClient\n"
            f"client = InferenceClient({KEY!r}, {server.url!r})\n"
            "job = pickle.loads(sys.stdin.buffer.read()).attach(client)\n"
            "print(job.result().result.intelligibility_score)\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment(),
            input=data,
            capture_output=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == (b"5.0\n", b"")
