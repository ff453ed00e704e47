"""The file in which each step is noted before it is made."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from redenlab import ConfigurationError
from redenlab.core.runs.ledger import Entry, Ledger, overview

ENTRY = Entry("k1", "running", 2, 1.5, "call", {"id": "a"}, {"job_id": "j"}, None, "/data/Ann.wav")
SETTINGS = {"service": "s", "job": "predict", "model": "m", "parameters": {"n": 1}}

HOLDS = """
import sys, time
from redenlab.core.runs.ledger import Ledger
ledger = Ledger(sys.argv[1])
ledger.begin({"model": "m"})
print("has it", flush=True)
time.sleep(600)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.sqlite"


@pytest.fixture
def holder(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that has the ledger."""
    command = [sys.executable, "-c", HOLDS, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "has it\n"
        yield process
        process.kill()


def test_an_entry_is_the_same_in_the_next_process(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.begin(SETTINGS)
        ledger.put(ENTRY)
    with Ledger(path) as ledger:
        assert ledger.entry("k1") == ENTRY
        assert ledger.entry("k2") is None
        assert ledger.settings == SETTINGS


def test_its_files_can_be_read_by_their_owner_alone(path: Path) -> None:
    before = os.umask(0)
    try:
        with Ledger(path) as ledger:
            ledger.put(ENTRY)
            modes = {each.stat().st_mode & 0o777 for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == {0o600}


def test_what_is_noted_is_on_the_disk(path: Path) -> None:
    with Ledger(path) as ledger, closing(sqlite3.connect(path)) as other:
        ledger.put(ENTRY)
        assert ledger._database.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL
        assert other.execute("SELECT state FROM item").fetchall() == [("running",)]


def test_a_second_run_is_told_who_has_the_ledger(
    path: Path, holder: "subprocess.Popen[str]"
) -> None:
    with pytest.raises(ConfigurationError, match=f"process {holder.pid} on "):
        Ledger(path)


def test_the_lease_of_a_dead_process_is_taken_over(
    path: Path, holder: "subprocess.Popen[str]"
) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with Ledger(path) as ledger:
        assert ledger.settings == {"model": "m"}


def test_a_ledger_in_use_can_be_looked_at(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.begin(SETTINGS)
        ledger.put(ENTRY)
        uncertain = ledger.put(replace(ENTRY, key="k2", state="uncertain"))
        seen = overview(path)
    assert seen.counts == {"running": 1, "uncertain": 1}
    assert seen.open == (uncertain,)
    assert seen.owner.startswith(f"process {os.getpid()} ")


@pytest.mark.parametrize("name", ["model", "parameters", "job", "service"])
def test_a_run_with_other_settings_needs_another_ledger(path: Path, name: str) -> None:
    with Ledger(path) as ledger:
        ledger.begin(SETTINGS)
        with pytest.raises(ConfigurationError, match=f"another {name}"):
            ledger.begin({**SETTINGS, name: "other"})


def test_without_paths_no_place_and_no_text_is_noted(path: Path) -> None:
    error = {"kind": "JobFailed", "hint": "h", "message": "Ann was not heard"}
    with Ledger(path, paths=False) as ledger:
        ledger.put(replace(ENTRY, error=error))
        ledger.put_content("/data/Ann.wav", "stamp", "hash")
        found = ledger.entry("k1")
    error.pop("message")
    assert found == replace(ENTRY, place=None, error=error, asset={"id": "a", "name": ""})
    assert not any(b"Ann" in each.read_bytes() for each in path.parent.iterdir())


def test_what_is_forgotten_is_in_no_file(path: Path) -> None:
    link = path.with_name("copy")
    with Ledger(path) as ledger:
        ledger.put(ENTRY)
    os.link(path, link)  # the same bytes, after the name is gone
    Ledger(path).forget()
    assert [each.name for each in path.parent.iterdir()] == ["copy"]
    assert b"Ann" not in link.read_bytes()


def test_a_file_is_hashed_again_only_after_a_change(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.put_content("/a", "1", "hash")
        assert (ledger.content("/a", "1"), ledger.content("/a", "2")) == ("hash", None)


@pytest.mark.parametrize(
    ("own", "other", "kept"),
    [
        (None, Entry("k", "running", 1), "running"),
        (Entry("k", "succeeded", 1), Entry("k", "running", 1), "succeeded"),
        (Entry("k", "uploaded", 1), Entry("k", "running", 1), "running"),
        (Entry("k", "failed", 1), Entry("k", "running", 2), "running"),
    ],
)
def test_of_two_ledgers_the_later_state_counts(
    tmp_path: Path, own: Entry | None, other: Entry, kept: str
) -> None:
    with Ledger(tmp_path / "a") as one, Ledger(tmp_path / "b") as two:
        if own is not None:
            one.put(own)
        two.put(other)
        one.merge(two)
        found = one.entry("k")
    assert found is not None
    assert found.state == kept


@pytest.mark.parametrize("content", [b"RIFF" * 100, b"SQLite format 3\0" + bytes(100)])
def test_what_is_no_ledger_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="is no ledger"):
        Ledger(path)
    assert path.read_bytes() == content


def test_a_ledger_of_a_newer_version_is_refused(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.begin(SETTINGS)
        ledger._write("UPDATE run SET version = 9")
    with pytest.raises(ConfigurationError, match="another version"):
        Ledger(path)
