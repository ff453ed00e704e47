"""A sandbox in a process of its own, which can be killed and started again where it was."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

import httpx
import pytest

import memory
import redenlab
from faulty_server import PATIENCE
from processes import environment

PROGRAM = """
import sys
from redenlab.sandbox import serve
folder, port, storage_port, processing = sys.argv[1:]
serve(
    lambda sandbox: print(sandbox.url, sandbox.storage_url, sandbox.api_key, flush=True),
    folder=folder, port=int(port), storage_port=int(storage_port), processing=float(processing),
)
"""


class Child:
    """A sandbox on a folder.

    Attributes:
        url: Of its API; the same after `kill` and `start`.
        key: Likewise.
    """

    def __init__(self, folder: Path, processing: float) -> None:
        self._folder = folder
        self._processing = processing
        self._ports = ["0", "0"]
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-c", PROGRAM, str(self._folder), *self._ports]
        self._process = subprocess.Popen(
            [*command, str(self._processing)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert self._process.stdout is not None
        self.url, storage_url, self.key = self._process.stdout.readline().split()
        self._ports = [str(urlsplit(url).port) for url in (self.url, storage_url)]

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        assert self._process is not None
        self._process.kill()
        self._process.communicate()

    @property
    def peak(self) -> int:
        """The most memory that it has had, in MiB."""
        assert self._process is not None
        return memory.peak(self._process.pid) // 1024

    @property
    def cpu(self) -> float:
        """Seconds that its threads have run."""
        assert self._process is not None
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def counters(self) -> dict[str, int]:
        """How often each operation was requested."""
        url = self.url.replace(urlsplit(self.url).path, "/_sandbox/state")
        found = httpx.get(url, trust_env=False, timeout=PATIENCE).json()["counters"]
        return dict(found)

    def client(self, **options: Any) -> "redenlab.AsyncInferenceClient[Any]":
        """A client that does not give up while the sandbox is away."""
        return redenlab.AsyncInferenceClient(
            self.key,
            self.url,
            poll=redenlab.Poll(initial=0.05, factor=1.5, max_interval=1.0),
            retry=redenlab.Retry(retries=100, initial=0.2, max_delay=1.0, budget=100_000),
            **options,
        )

    async def killed(self, operation: str, count: int) -> None:
        """Kill it once an operation was requested so often, and start it again."""
        while (await asyncio.to_thread(self.counters)).get(operation, 0) < count:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(self.kill)
        await asyncio.to_thread(self.start)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def sparse(path: Path, size: int) -> Path:
    """A file of `size` bytes that takes no room; it is no audio."""
    with path.open("wb") as file:
        file.truncate(size)
    return path


async def submitted(client: Any, recording: Any) -> Any:
    """The handle of a job; uploads are not retried by the client, so they are here."""
    while True:
        try:
            return await client.submit(recording)
        except redenlab.UploadError:
            await asyncio.sleep(0.1)


async def predicted(
    child: Child, tone: bytes, count: int, big: Path | None, *kills: tuple[str, int]
) -> list[str]:
    """The ids of `count` jobs and one of a big file, waited for by a client through each kill."""
    async with child.client() as client:

        async def large() -> str:
            handle = await submitted(client, big)
            with pytest.raises(redenlab.JobFailed, match="decoded as audio"):
                await handle.result()
            return str(handle.id)

        async def small() -> str:
            handle = await submitted(client, tone)
            return str((await handle.result()).job_id)

        jobs = [*([large()] if big else []), *(small() for _ in range(count))]
        tasks = [asyncio.create_task(each) for each in jobs]
        for kill in kills:
            await child.killed(*kill)
        return await asyncio.gather(*tasks)
