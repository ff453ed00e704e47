"""`redenlab run`: lines as jobs end, and a command that goes on with whatever is open."""

import csv
import json
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cli.stand_in import KEY, SCORE, FakeApi
from cli.test_interruption import until
from faulty_server import PATIENCE
from redenlab.core.runs import names
from redenlab.ml.client import MODEL_NAMES

Invoke = Callable[..., Any]
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("REDENLAB_ML_SEND_FILENAMES", "true")  # names order faults
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A folder with four different recordings, of which one makes a job that fails."""
    for number, name in enumerate(("a.wav", "b.wav", "c.wav", "fails.wav")):
        path = tmp_path / "calls" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"RIFF" + bytes([number]) * 100)
    return tmp_path / "calls"


def rows(ended: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_folder_becomes_a_line_for_each_recording(invoke: Invoke, calls: Path) -> None:
    ended = invoke("run", "start", "calls", "-m", MODEL_NAMES[0])
    good = [row for row in rows(ended) if row["ok"]]
    (bad,) = [row for row in rows(ended) if not row["ok"]]
    assert ended.exit_code == 5
    assert sorted(row["source"] for row in good) == ["calls/a.wav", "calls/b.wav", "calls/c.wav"]
    assert {row["intelligibility_score"] for row in good} == {SCORE}
    assert (bad["source"], bad["error"]) == ("calls/fails.wav", "JobFailed")
    assert "no speech in it" in bad["message"]
    assert bad["hint"]


def test_the_first_line_of_standard_error_resumes_the_run(
    invoke: Invoke, calls: Path, fake_api: FakeApi
) -> None:
    said = invoke("run", "start", "calls").stderr.splitlines()[0]
    command = said.partition("resume with: ")[2]
    assert re.fullmatch(r"redenlab run resume calls-[0-9a-f]{6}", command)
    ended = invoke(*command.split()[1:])
    assert (ended.exit_code, ended.stdout) == (5, "")  # one had failed, and nothing is new
    assert len(fake_api.submitted) == 4


def test_the_same_line_again_prints_all_results(
    invoke: Invoke, calls: Path, fake_api: FakeApi
) -> None:
    first = invoke("run", "start", "calls")
    again = invoke("run", "start", "calls")
    assert {row["job_id"] for row in rows(again)} == {row["job_id"] for row in rows(first)}
    assert len(fake_api.submitted) == 4


def test_forms_of_output(invoke: Invoke, calls: Path) -> None:
    made = {form: invoke("run", "start", "calls", "-o", form).stdout for form in ("json", "csv")}
    assert len(json.loads(made["json"])) == 4
    table = list(csv.DictReader(made["csv"].splitlines()))
    assert {row["intelligibility_score"] for row in table} == {str(SCORE), ""}
    text = invoke("run", "start", "calls", "-o", "table").stdout
    assert re.search(r"calls/a\.wav +intelligibility_score 0\.75\n", text)
    assert re.search(r"calls/fails\.wav +JobFailed: job \S+ failed: no speech in it \(check", text)


def test_globs_and_lists_on_standard_input_work(invoke: Invoke, calls: Path) -> None:
    found = rows(invoke("run", "start", "calls/[ab].wav"))
    assert sorted(row["source"] for row in found) == ["calls/a.wav", "calls/b.wav"]
    found = rows(invoke("run", "start", "-", input="calls/a.wav\n\ncalls/c.wav\n"))
    assert sorted(row["source"] for row in found) == ["calls/a.wav", "calls/c.wav"]


def test_columns_of_a_manifest_are_columns_of_the_output(invoke: Invoke, calls: Path) -> None:
    Path("m.csv").write_text("file,speaker\ncalls/a.wav,Ann\n")
    (row,) = rows(invoke("run", "start", "m.csv"))
    assert (row["source"], row["speaker"]) == ("calls/a.wav", "Ann")


def test_too_many_failures_stop_a_run(invoke: Invoke, calls: Path) -> None:
    for number in range(5):
        (calls / f"empty-{number}.wav").touch()
    ended = invoke("run", "start", "calls", "--max-failures", "0")
    assert ended.exit_code == 5
    assert "error  stopped after 1 failure\n" in ended.stderr
    assert "resume with: redenlab run resume calls-" in ended.stderr


def test_status_lists_what_to_check(invoke: Invoke, calls: Path) -> None:
    invoke("run", "start", "calls", "--ledger", "l.sqlite")
    invoke("run", "start", "calls/a.wav")
    everything = invoke("run", "status").stdout
    assert re.search(r"^a-[0-9a-f]{6} +intelligibility +1 succeeded", everything, re.MULTILINE)
    one = invoke("run", "status", "l.sqlite").stdout
    assert "1 failed, 3 succeeded" in one
    assert f"failed     {calls}/fails.wav  job " in one


def test_what_failed_is_sent_again_on_request(
    invoke: Invoke, calls: Path, fake_api: FakeApi
) -> None:
    invoke("run", "start", "calls", "--ledger", "l.sqlite")
    ended = invoke("run", "retry", "l.sqlite")
    assert [row["source"] for row in rows(ended)] == [f"{calls}/fails.wav"]
    assert len(fake_api.submitted) == 5


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("t.csv", pd.read_csv),
        ("t.jsonl", lambda path: pd.read_json(path, lines=True)),
        ("t.parquet", pd.read_parquet),
    ],
)
def test_a_run_is_exported_as_a_table(
    invoke: Invoke, calls: Path, fake_api: FakeApi, name: str, read: Callable[..., Any]
) -> None:
    invoke("run", "start", "calls", "--ledger", "l.sqlite")
    (calls / "new.wav").write_bytes(b"RIFF new")
    ended = invoke("run", "export", "l.sqlite", name)
    assert ended.stderr == f"{name}: 4 rows\n"  # what has not ended is not in it, nor begun
    assert sorted(read(name)["ok"]) == [False, True, True, True]
    assert len(fake_api.submitted) == 4


def test_a_table_of_unknown_form_is_refused(invoke: Invoke, calls: Path) -> None:
    invoke("run", "start", "calls", "--ledger", "l.sqlite")
    ended = invoke("run", "export", "l.sqlite", "t.xlsx")
    assert ended.exit_code == 2
    assert ".parquet" in ended.stderr


def test_a_forgotten_run_leaves_no_file(invoke: Invoke, calls: Path, tmp_path: Path) -> None:
    invoke("run", "start", "calls")
    (name,) = names.names()
    assert invoke("run", "forget", name, input="n\n").exit_code == 130
    assert names.names() == [name]
    assert invoke("run", "forget", name, "--yes").exit_code == 0
    assert [path for path in tmp_path.rglob("*") if name in path.name] == []


def test_without_paths_sources_are_asked_for(
    invoke: Invoke, calls: Path, fake_api: FakeApi
) -> None:
    invoke("run", "start", "calls", "--no-paths", "--ledger", "l.sqlite")
    refused = invoke("run", "resume", "l.sqlite")
    assert refused.exit_code == 2
    assert "name them again" in refused.stderr
    ended = invoke("run", "resume", "l.sqlite", "calls")
    assert (ended.exit_code, ended.stdout) == (5, "")
    assert len(fake_api.submitted) == 4


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["resume", "nothere"], "there is no run nothere"),
        (["start", "calls", "--shard", "3"], "write 0/4"),
        (["start", "calls", "--shard", "4/4"], "there is no shard 4 of 4"),
        (["start", "nothing/*.wav"], "no file fits"),
        (["start", "calls", "-", "--api-key-stdin"], "either a list of files or the key"),
        (["start", "calls", "--spec", "nothere.yaml"], "nothere.yaml"),
    ],
)
def test_mistakes_have_a_hint(invoke: Invoke, calls: Path, words: list[str], said: str) -> None:
    ended = invoke("run", *words)
    assert ended.exit_code == 2
    assert said in " ".join(ended.stderr.split())
    assert " hint  " in ended.stderr


def test_shards_share_a_folder(invoke: Invoke, calls: Path, fake_api: FakeApi) -> None:
    found = [rows(invoke("run", "start", "calls", "--shard", f"{n}/2")) for n in range(2)]
    assert sum(map(len, found)) == len(fake_api.submitted) == 4


def test_other_backends_run_as_well(invoke: Invoke, calls: Path) -> None:
    ended = invoke("run", "start", "calls", "--spec", "modelred", "--job", "assess")
    assert ended.exit_code == 3  # there is no key of ModelRed
    assert "MODELRED_API_KEY" in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_names_what_goes_on(
    start: Start, calls: Path, fake_api: FakeApi, number: signal.Signals
) -> None:
    (calls / "runs.wav").write_bytes(b"RIFF runs")
    process = start("run", "start", str(calls), "-o", "jsonl", "--in-flight", "1")
    said = until(process.stdout, "c.wav")  # on standard output, while another job runs
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 128 + number
    assert re.search(r"stopped  \d/5.*; jobs that were submitted go on", err)
    last = err.splitlines()[-1]
    assert re.fullmatch(r" hint  resume with: redenlab run resume calls-[0-9a-f]{6}", last)
    assert KEY not in said + out + err


def test_help_has_an_example(invoke: Invoke) -> None:
    for verb in ("start", "resume", "status", "retry", "export", "forget"):
        assert f"redenlab run {verb}" in " ".join(invoke("run", verb, "--help").stdout.split())
