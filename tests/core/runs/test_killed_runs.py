"""Runs whose process is killed at some requests, in a service that fails at random."""

import signal
from pathlib import Path

import pytest

from killed_runs import FAULTS, KilledRun, recordings
from redenlab.sandbox import Sandbox

GOOD, BAD = 15, 1


@pytest.mark.parametrize(
    ("kind", "number"), [("async", signal.SIGKILL), ("sync", signal.SIGKILL)], ids=str
)
def test_a_killed_run_loses_nothing_and_submits_nothing_twice(
    tmp_path: Path, kind: str, number: signal.Signals
) -> None:
    recordings(tmp_path / "calls", GOOD, BAD)
    with Sandbox(processing=0) as sandbox:
        for fault in FAULTS:
            sandbox.faults.add(fault)
        run = KilledRun(sandbox, tmp_path / "calls", tmp_path, kind)
        for requests in (9, 21):
            run.until(requests, number)
        run.finish()
        run.check(GOOD, BAD)
