"""Ctrl-C: the waiting stops, the jobs go on, and their ids are not lost."""

import json
import os
import pty
import select
import signal
import subprocess
from collections.abc import Callable
from typing import IO, Any

import pytest

from cli.stand_in import KEY, FakeApi
from faulty_server import PATIENCE
from redenlab import JobTimeout
from redenlab.cli import batch, exits
from redenlab.cli.items import Item
from redenlab.core.events import Submitted, Uploaded, Uploading
from redenlab.ml.client import MODEL_NAMES

Start = Callable[..., subprocess.Popen[str]]
Make = Callable[[str], str]


def until(stream: IO[str] | None, word: str) -> str:
    """Read lines up to the one with `word`."""
    assert stream is not None
    read = ""
    for line in stream:
        read += line
        if word in line:
            return read
    raise AssertionError(f"{word!r} never came: {read}")


def test_ctrl_c_keeps_the_jobs_and_says_how_to_resume(
    start: Start, recording: Make, fake_api: FakeApi
) -> None:
    path = recording("runs.wav")
    process = start("predict", path, "-o", "json")
    said = until(process.stderr, "next poll in 5.0 s")
    shown = subprocess.check_output(["ps", "-ww", "-o", "args=", "-p", str(process.pid)])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert fake_api.submitted == ["job-0"]
    assert err.splitlines() == [
        f"interrupted  {path}: job job-0 goes on",
        f" hint  resume with: redenlab wait job-0 -m {MODEL_NAMES[0]}",
    ]
    assert json.loads(out)[0]["error"]["exit_code"] == 130
    assert path.encode() in shown
    assert KEY not in f"{shown!r}{said}{out}{err}"


def test_a_second_ctrl_c_ends_at_once(start: Start, recording: Make) -> None:
    process = start("predict", recording("runs.wav"))
    until(process.stderr, "next poll in 5.0 s")
    process.send_signal(signal.SIGINT)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    # Where the second signal meets an interpreter that is ending, the system ends the process.
    assert process.returncode in {130, -signal.SIGINT}  # a shell shows both as 130
    assert "Traceback" not in err


def test_results_that_came_before_ctrl_c_are_printed(start: Start, recording: Make) -> None:
    paths = [recording("a.wav"), recording("runs.wav")]
    process = start("predict", *paths, "-o", "table")
    said = until(process.stderr, "next poll in 5.0 s")
    if "a.wav: completed" not in said:
        until(process.stderr, "a.wav: completed")
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "0.75" in out
    assert "runs.wav" not in out
    assert "job-" in err


def test_a_wait_is_interrupted_and_resumed_alike(start: Start, fake_api: FakeApi) -> None:
    fake_api.names["job-r"] = "runs.wav"
    process = start("wait", "job-r", "--base-url", fake_api.url)
    until(process.stderr, "next poll in 5.0 s")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err.endswith(f"redenlab wait job-r -m {MODEL_NAMES[0]} --base-url {fake_api.url}\n")


def test_a_key_typed_at_a_terminal_is_not_echoed(
    start: Start, recording: Make, settings: dict[str, str | None]
) -> None:
    settings["REDENLAB_ML_API_KEY"] = None
    terminal, end = pty.openpty()
    process = start("predict", recording("a.wav"), "--api-key-stdin", stdin=end)
    assert process.stderr is not None
    assert process.stderr.read(9) == "API key: "  # from the last blank on, echo is off
    os.write(terminal, f"{KEY}\n".encode())
    out, err = process.communicate(timeout=PATIENCE)
    echoed = os.read(terminal, 1000) if select.select([terminal], [], [], 0)[0] else b""
    os.close(end)
    os.close(terminal)
    assert process.returncode == 0
    assert KEY not in f"{out}{err}{echoed!r}"


def item(label: str, *events: Any) -> Item:
    """An item that has heard some events."""

    async def begin(*_: object) -> Any:
        """Never called."""

    made = Item(label, "m", begin)
    if events:
        made.start()
    for event in events:
        made.on_event(event)
    return made


def test_every_open_item_is_accounted_for(capsys: pytest.CaptureFixture[str]) -> None:
    items = [
        item("a.wav", Uploading(9, 9), Submitted("job-a")),
        item("b.wav", Uploading(9, 9), Uploaded("job-b", 9)),
        item("n.wav", Uploading(9, 9), Uploaded(None, 9)),
        item("c.wav", Uploading(1, 9)),
        item("d.wav"),
        item("e.wav", Submitted("job-e")),
    ]
    code = batch.conclude(
        items,
        batch.Resumption(options=("--base-url", "https://a.b", "--api-key-stdin")),
        ended=False,
    )
    assert code == exits.Code.INTERRUPTED
    assert capsys.readouterr().err.splitlines() == [
        "interrupted  a.wav: job job-a goes on",
        "interrupted  b.wav: job job-b may or may not have begun",
        "interrupted  n.wav: was being submitted; a job may or may not run",
        "interrupted  e.wav: job job-e goes on",
        "interrupted  2 items not submitted",
        (
            " hint  resume with: redenlab wait job-a job-b job-e -m m --base-url https://a.b "
            "--api-key-stdin"
        ),
    ]


def test_ids_that_a_shell_would_run_are_quoted() -> None:
    assert batch.Resumption().command(None, ["$(x)"]) == "redenlab wait '$(x)'"


def test_a_timeout_without_a_job_has_the_usual_advice(capsys: pytest.CaptureFixture[str]) -> None:
    late = item("a.wav")
    late.end(JobTimeout("too late"))
    assert batch.conclude([late], batch.Resumption(), ended=True) == exits.Code.STILL_RUNNING
    assert capsys.readouterr().err.endswith(
        " hint  the job goes on; wait for it again with the error's job, or with its id\n"
    )


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_result_is_printed_while_other_jobs_run(start: Start, recording: Make, form: str) -> None:
    process = start("predict", recording("a.wav"), recording("runs.wav"), "-o", form)
    until(process.stdout, "0.75")
    assert process.poll() is None


def test_the_hint_of_another_backend_names_its_group(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("redenlab", "dalston")
    resumption = batch.Resumption(words, ("--base-url", "http://localhost:8000"))
    batch.conclude([item("a.wav", Submitted("job-a"))], resumption, ended=False)
    hint = " hint  resume with: redenlab dalston wait job-a -m m --base-url http://localhost:8000\n"
    assert capsys.readouterr().err.endswith(hint)
