"""A run in a process that is killed again and again, until it gets to its end."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import wave
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redenlab.core.runs.results import Results
from redenlab.sandbox import Sandbox

FAULTS = (
    "status=503 share=0.03 times=always at=*/*",
    "status=503 share=0.03 times=always at=storage/PUT",
    "status=429 share=0.05 times=always at=submit",
    "reset-after share=0.05 times=always at=submit",
    "reset share=0.03 times=always at=submit",
)
"""What goes wrong for the good files, all the time."""

CHILD = Path(__file__).with_name("run_child.py")
PATIENCE = 300.0
ENDS = (0, 5)
"""Exit codes of a run that came to its end; 5 is that of the command, where items failed."""


def recordings(folder: Path, good: int, bad: int) -> None:
    """Different recordings, of which some make jobs that fail."""
    folder.mkdir()
    names = [f"good-{n}.wav" for n in range(good)] + [f"b{n}+fail-corrupt.wav" for n in range(bad)]
    for number, name in enumerate(names):
        with wave.open(str(folder / name), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes(random.Random(number).randbytes(2000))


@dataclass
class KilledRun:
    """One run, with all that is known after each of its processes.

    Attributes:
        uploads: The job of each upload that a ledger had as acknowledged, by key.
        twice: Keys of which that changed: they were uploaded again.
    """

    sandbox: Sandbox
    folder: Path
    work: Path
    kind: str = "async"
    uploads: dict[str, Any] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    @property
    def ledger(self) -> Path:
        return self.work / f"{self.kind}.sqlite"

    @property
    def results(self) -> Path:
        return self.work / f"{self.kind}.jsonl"

    def start(self) -> "subprocess.Popen[str]":
        settings = {
            "REDENLAB_ML_API_KEY": self.sandbox.api_key,
            "REDENLAB_ML_BASE_URL": self.sandbox.url,
            "REDENLAB_ML_SEND_FILENAMES": "true",  # names order faults
            "REDENLAB_ML_POLL_INITIAL": "0.02",
            "REDENLAB_ML_POLL_MAX": "0.2",
        }
        return subprocess.Popen(
            [sys.executable, *map(str, self._command())],
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _command(self) -> list[Any]:
        if self.kind != "command":
            return [CHILD, self.folder, self.ledger, self.results, self.kind]
        kept = ["--ledger", self.ledger, "--results", self.results, "--attempts", 20]
        run = ["run", "start", self.folder, "-m", "intelligibility", "--no-progress", *kept]
        return ["-m", "redenlab.cli.main", *run]

    def until(self, requests: int, number: signal.Signals) -> bool:
        """Let a process make so many requests, then kill it; whether it came to its end before."""
        enough = sum(self.sandbox.requests.counters.values()) + requests
        with self.start() as process:
            while process.poll() is None:
                if sum(self.sandbox.requests.counters.values()) >= enough:
                    process.send_signal(number)
                    break
                try:
                    process.wait(0.002)
                except subprocess.TimeoutExpired:
                    continue
            _, said = process.communicate(timeout=PATIENCE)
        self.note()
        assert process.returncode in {*ENDS, -number, 128 + number}, said
        return process.returncode in ENDS

    def finish(self) -> None:
        """Let a process come to its end."""
        with self.start() as process:
            _, said = process.communicate(timeout=PATIENCE)
        self.note()
        assert process.returncode in ENDS, said

    def note(self) -> None:
        """Look for uploads that replace one that was acknowledged."""
        if not self.ledger.exists():
            return
        with closing(sqlite3.connect(self.ledger)) as database:
            statement = "SELECT key, json_extract(asset, '$.job_id') FROM item WHERE asset NOT NULL"
            for key, job in database.execute(statement):
                if self.uploads.setdefault(key, job) != job:
                    self.twice.append(key)

    def states(self) -> Counter[str]:
        with closing(sqlite3.connect(self.ledger)) as database:
            return Counter(state for (state,) in database.execute("SELECT state FROM item"))

    def lines(self) -> list[dict[str, Any]]:
        return [*Results(self.results).all()]

    def result_lines(self) -> Counter[str]:
        """How many results each item has in the file."""
        texts = self.results.read_text().splitlines()
        return Counter(line["key"] for line in map(json.loads, texts) if "result" in line)

    def check(self, good: int, bad: int) -> None:
        """Each file has one job; a good one has one result, a bad one an error with a hint."""
        errors = [line["error"] for line in self.lines() if "error" in line]
        assert self.states() == {"succeeded": good, "failed": bad}
        assert self.sandbox.jobs_created == good + bad
        assert Counter(self.result_lines().values()) == {1: good}
        assert len(errors) == bad
        assert all(error["kind"] == "JobFailed" and error["hint"] for error in errors)
        assert self.twice == []
