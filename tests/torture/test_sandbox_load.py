"""Two hundred jobs at a time, a recording of a gibibyte, and a sandbox that is killed meanwhile."""

import asyncio
import io
import wave
from pathlib import Path

import pytest

from redenlab.sandbox import running
from sandbox.child import Child, predicted, sparse

JOBS = 200
SIZE = 1024 * 1024 * 1024
MOST_MEMORY = 150
MOST_CPU = 0.02
"""Seconds for a request: several times what one takes on an idle machine."""

KILLS = (("ml/create_upload_url", 50), ("ml/predict", 50), ("ml/get_result", 50))

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def tone() -> bytes:
    """A tenth of a second of a square wave."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setparams((1, 2, 16000, 0, "NONE", ""))
        writer.writeframes((b"\x00\x40" * 40 + b"\x00\xc0" * 40) * 20)
    return file.getvalue()


def test_two_hundred_jobs_and_a_gibibyte_take_little(tmp_path: Path, tone: bytes) -> None:
    big = sparse(tmp_path / "big.wav", SIZE)
    with Child(tmp_path / "state", processing=1) as child:
        asyncio.run(predicted(child, tone, 1, None))  # by then all of the server is loaded
        before, first = child.cpu, sum(child.counters().values())
        ids = asyncio.run(predicted(child, tone, JOBS, None))
        cpu, requests = child.cpu - before, sum(child.counters().values()) - first
        asyncio.run(predicted(child, tone, 0, big))
        memory = child.peak
    assert len(set(ids)) == JOBS
    assert memory < MOST_MEMORY
    assert cpu / requests < MOST_CPU, f"{cpu} s for {requests} requests"


def test_nothing_is_lost_when_the_sandbox_is_killed(tmp_path: Path, tone: bytes) -> None:
    folder, big = tmp_path / "state", sparse(tmp_path / "big.wav", SIZE)
    with Child(folder, processing=2) as child:
        ids = asyncio.run(predicted(child, tone, JOBS, big, *KILLS))
        assert child.peak < MOST_MEMORY
    assert len(set(ids)) == JOBS + 1
    with running(folder=folder) as again:
        assert again.jobs_created == JOBS + 1
    sizes = sorted(path.stat().st_size for path in (folder / "files").iterdir())
    assert sizes == [len(tone), SIZE]
    assert not list((folder / "incoming").iterdir())
