"""`redenlab dalston live`: files and pipes, texts and lines of JSON, Ctrl-C, and exit codes."""

import json
import os
import signal
import subprocess
import sys
import wave
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import redenlab.sandbox
from redenlab.cli.program import app
from redenlab.sandbox import Sandbox

TWO = str(files("redenlab.sandbox") / "recordings" / "two_speakers.wav")
FAST = ("--speed", "40")
LIVE = [sys.executable, "-c", "from redenlab.cli.main import main; main()", "dalston", "live"]

Run = Callable[..., Any]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.1) as running:
        yield running


@pytest.fixture
def run(sandbox: Sandbox) -> Run:
    def invoke(*words: str, **options: Any) -> Any:
        settings = {**sandbox.environment, "COLUMNS": "100", **options.pop("env", {})}
        return CliRunner().invoke(app, ["dalston", "live", *words], env=settings, **options)

    return invoke


def test_a_file_is_printed_as_lines_of_text(run: Run) -> None:
    done = run(TWO, *FAST, "-o", "table")
    assert (done.exit_code, done.stderr) == (0, "")
    rows = [line.split(maxsplit=2) for line in done.stdout.splitlines()]
    assert len(rows) > 1
    assert [float(start) for start, _, _ in rows] == sorted(float(start) for start, _, _ in rows)
    assert {text.split()[0] for _, _, text in rows} == {"sandbox"}


def test_a_program_gets_partials_and_finals_as_they_come(run: Run) -> None:
    done = run(TWO, *FAST)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    assert {each["type"] for each in messages} == {"transcript.partial", "transcript.final"}
    assert messages[0]["type"] == "transcript.partial"
    assert messages[-1]["type"] == "transcript.final"


@pytest.mark.parametrize("words", [("-",), ()])
def test_raw_audio_is_piped_in(run: Run, words: Any) -> None:
    with wave.open(TWO) as recording:
        raw = recording.readframes(recording.getnframes())
    done = run(*words, *FAST, "-o", "table", input=raw)
    assert (done.exit_code, "sandbox" in done.stdout) == (0, True)


def test_ctrl_c_prints_the_last_finals(sandbox: Sandbox) -> None:
    environment = {**os.environ, **sandbox.environment}
    program = subprocess.Popen(
        [*LIVE, TWO], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    first = program.stdout.readline()
    program.send_signal(signal.SIGINT)
    printed, complaint = program.communicate(timeout=60)
    messages = [json.loads(line) for line in [first, *printed.splitlines()]]
    assert messages[-1]["type"] == "transcript.final"
    assert (program.returncode, complaint) == (130, "")


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("nowhere.wav",), 2, "cannot be read"),
        ((TWO, "--language", "klingon"), 9, "language not supported"),
        (("-", "--encoding", "mp3"), 2, "encoding is 'mp3'"),
        (("-", "--sample-rate", "1"), 2, "sample_rate is 1"),
    ],
)
def test_what_cannot_be_done_is_an_exit_code(run: Run, words: Any, code: int, told: str) -> None:
    done = run(*words, *FAST)
    assert (done.exit_code, told in done.stderr) == (code, True), done.stderr


def test_a_wrong_key_and_a_busy_server_have_their_codes(run: Run, sandbox: Sandbox) -> None:
    assert run(TWO, env={"DALSTON_API_KEY": "dk_wrong_wrong_wrong"}).exit_code == 3
    sandbox.faults.add("status=429 at=dalston/realtime times=always")
    try:
        done = run(TWO, env={"DALSTON_MAX_RETRIES": "0"})
    finally:
        sandbox.faults.clear()
    assert done.exit_code == 8


def test_a_recording_of_two_channels_is_refused_with_advice(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "stereo.wav"
    with wave.open(str(path), "wb") as written:
        written.setnchannels(2)
        written.setsampwidth(2)
        written.setframerate(16000)
        written.writeframes(bytes(64))
    done = run(str(path))
    assert (done.exit_code, "2 channels" in done.stderr, "ffmpeg" in done.stderr) == (2, True, True)
