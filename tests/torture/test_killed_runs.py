"""612 files, killed fifty times in each of two ways, in a service that fails at random."""

import random
import signal
from pathlib import Path

import pytest

from killed_runs import FAULTS, KilledRun, recordings
from redenlab.sandbox import Sandbox

GOOD, BAD, KILLS = 600, 12, 50
REQUESTS = 8
"""Mean number of requests for an item, with those that fail."""

pytestmark = pytest.mark.torture


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda n: n.name)
@pytest.mark.parametrize("kind", ["sync", "async", "command"])
def test_every_file_has_one_job_and_one_end(
    tmp_path: Path, kind: str, number: signal.Signals
) -> None:
    recordings(tmp_path / "calls", GOOD, BAD)
    chance = random.Random(f"{kind} {number}")
    with Sandbox(processing=0.05) as sandbox:
        for fault in FAULTS:
            sandbox.faults.add(fault)
        run = KilledRun(sandbox, tmp_path / "calls", tmp_path, kind)
        between = (GOOD + BAD) * REQUESTS // KILLS
        kills = 0
        while kills < KILLS and not run.until(chance.randrange(1, between), number):
            kills += 1
        run.finish()
        run.check(GOOD, BAD)
        assert kills >= KILLS * 0.9
