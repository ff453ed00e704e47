"""10,000 small files in one run: memory that does not grow with them, and few threads."""

import threading
from pathlib import Path
from typing import Any

import anyio
import pytest

from drivers import FAST
from fake_api import BASE, KEY, FakeApi
from redenlab import AsyncInferenceClient, InferenceClient

FILES, WARM = 10_000, 2_000
IN_FLIGHT = 40
GROWTH = 8 * 1024 * 1024
"""Bytes for 8,000 items more: 1 KiB for each, of which most are its path and its key."""

pytestmark = pytest.mark.torture


class Forgetful(FakeApi):
    """Keeps nothing of what it has seen."""

    def __call__(self, message: Any) -> Any:
        response = super().__call__(message)
        self.seen.clear()
        self.stored.clear()
        self.started.clear()
        return response


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_memory_is_flat(tmp_path: Path, kind: str) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number}.wav").write_bytes(b"RIFF%d" % number)
    given: dict[str, Any] = {"transport": Forgetful(polls=1).transport(), **FAST}
    kept: dict[str, Any] = {
        "model_name": "intelligibility",
        "ledger": tmp_path / "run.sqlite",
        "results": tmp_path / "results.jsonl",
        "max_in_flight": IN_FLIGHT,
    }
    memory: dict[int, int] = {}
    others = threading.active_count()

    def note(count: int) -> None:
        if count in {WARM, FILES}:
            memory[count] = resident()
        assert threading.active_count() - others <= IN_FLIGHT + 8

    async def run() -> None:
        async with (
            AsyncInferenceClient(KEY, BASE, **given) as client,
            client.map(folder, **kept) as found,
        ):
            count = 0
            async for outcome in found:
                assert outcome.ok
                note(count := count + 1)

    if kind == "sync":
        with InferenceClient(KEY, BASE, **given) as client:
            for count, outcome in enumerate(client.map(folder, **kept), 1):
                assert outcome.ok
                note(count)
    else:
        anyio.run(run)
    assert memory[FILES] - memory[WARM] < GROWTH
