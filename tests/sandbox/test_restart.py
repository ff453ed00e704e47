"""A sandbox that is killed, and started again on its folder, loses nothing."""

import asyncio
from hashlib import sha256
from pathlib import Path

from redenlab.sandbox import running
from sandbox.child import Child, predicted, sparse

JOBS = 20
SIZE = 64 * 1024 * 1024


def test_jobs_outlive_the_process_and_are_made_once(tmp_path: Path, tone: bytes) -> None:
    folder, big = tmp_path / "state", sparse(tmp_path / "big.wav", SIZE)
    with Child(folder, processing=0.2) as child:
        ids = asyncio.run(predicted(child, tone, JOBS, big, ("ml/predict", JOBS // 2)))
        assert child.peak < 150
    assert len(set(ids)) == JOBS + 1
    with running(folder=folder) as again:
        assert again.jobs_created == JOBS + 1
    kept = {path.name: path.stat().st_size for path in (folder / "files").iterdir()}
    assert kept == {sha256(tone).hexdigest(): len(tone), sha256(bytes(SIZE)).hexdigest(): SIZE}
