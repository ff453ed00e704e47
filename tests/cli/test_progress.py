"""What is shown while items are worked on: in lines, on a terminal, and at any width."""

import io
import os
import pty
import re
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console

from faulty_server import PATIENCE
from redenlab import InputError, JobTimeout
from redenlab.cli.items import Item
from redenlab.cli.progress import ROWS, Board, Display, Lines
from redenlab.cli.text import brief, clock, short, span
from redenlab.core.events import (
    Event,
    Finished,
    Polled,
    PollFailed,
    Retrying,
    Submitted,
    Uploaded,
    Uploading,
)

Start = Callable[..., subprocess.Popen[str]]
MEGABYTE = 1_000_000


def made(label: str, *events: Event, model: str = "m") -> Item:
    """An item at work that has heard some events."""

    async def begin(*_: object) -> Any:
        """Never called."""

    item = Item(label, model, begin)
    item.start()
    for event in events:
        item.on_event(event)
    return item


def console(width: int) -> Console:
    return Console(
        file=io.StringIO(), force_terminal=True, width=width, height=20, no_color=True, emoji=False
    )


def picture(width: int, *items: Item) -> list[str]:
    """The lines of what moves, without what only makes them bold."""
    plain = Console(file=io.StringIO(), width=width, height=20)
    with plain.capture() as capture:
        plain.print(Display(plain, items).picture())
    return [line.rstrip() for line in capture.get().splitlines()]


def written(board: Lines, lines: Console) -> str:
    assert isinstance(lines.file, io.StringIO)
    return lines.file.getvalue()


def test_an_upload_shows_its_share_size_and_speed() -> None:
    (line,) = picture(100, made("call.wav", Uploading(MEGABYTE, 4 * MEGABYTE)))
    assert line.startswith("call.wav  ━━━━━━━")
    assert " 25%  4.0 MB  " in line
    assert line.endswith("/s  0:00:00 left")


@pytest.mark.parametrize(
    "progress", [25, {"done": 1, "total": 4}, {"progress": 25}, "10%|# |\n 25%|##  | 5/20 [00:01]"]
)
def test_a_job_that_tells_its_progress_shows_a_bar_and_the_time_left(progress: Any) -> None:
    item = made("call.wav", Submitted("j"), Polled("j", "running", 0.0, 4.2, progress))
    (line,) = picture(100, item)
    assert line.startswith("call.wav  ━━━━━━━")
    assert line.endswith("running  25%  0:00:00 left")


@pytest.mark.parametrize("progress", [None, True, 250, {"done": 1, "total": 0}, "no number", [1]])
def test_progress_without_a_share_is_left_out(progress: Any) -> None:
    item = made("call.wav", Submitted("j"), Polled("j", "running", 0.0, 4.2, progress))
    assert picture(100, item) == ["call.wav  job j  running  0:00:00  next poll in 4 s"]


@pytest.mark.parametrize("width", [70, 100])
def test_a_running_job_shows_id_status_time_and_next_poll(width: int) -> None:
    job = "6f1d2c34-8a0e-4c55-9b1e-0d6f2f1b7a10"
    item = made("call.wav", Submitted(job), Polled(job, "processing", 0.0, 4.2))
    assert picture(width, item) == ["call.wav  job 6f1d…10  processing  0:00:00  next poll in 4 s"]


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([], "asking for an upload link"),
        ([Uploading(9, 9), Uploaded("j", 9)], "uploaded, submitting"),
        ([Submitted("j"), Polled("j", "queued", 0.0, 0.1)], "job j  queued  0:00:00  polling"),
        ([Retrying("create_upload_url", "503", 3.0)], "next poll in 3 s: 503"),
        ([Submitted("j"), PollFailed("j", "lost", 8.0)], "next poll in 8 s: lost"),
    ],
)
def test_every_phase_says_what_goes_on(events: list[Event], text: str) -> None:
    assert picture(100, made("a.wav", *events)) == [f"a.wav  {text}"]


@pytest.mark.parametrize("width", [40, 70, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    items = [
        made(
            "a/long/path/to/a/recording/of/last/week.wav", Uploading(10 * MEGABYTE, 99 * MEGABYTE)
        ),
        made("b.wav", Submitted("j" * 36), Polled("j", "waiting_for_a_machine", 0.0, 60.0)),
        made("c.wav", PollFailed("j", "the service answered 503 " * 5, 60.0), model="another"),
    ]
    lines = picture(width, *items)
    assert len(lines) == 4
    assert all(len(line) <= width for line in lines)


def test_many_items_are_counted_instead_of_shown() -> None:
    items = [made(f"{n}.wav", Submitted("j")) for n in range(50)]
    items[0].end(InputError("bad"))
    items[1].phase = "waiting"
    lines = picture(100, *items)
    assert len(lines) == ROWS + 1
    assert lines[-1] == "1 of 50 ended  ·  1 failed  ·  48 in work"


def test_what_has_ended_stays_on_the_terminal() -> None:
    good, bad, late = (made(name) for name in ("good.wav", "bad.wav", "late.wav"))
    screen = console(100)
    display = Display(screen, [good, bad, late])
    with display:
        good.on_event(Finished("j", "completed", 1.0))
        display.on_event(good, Finished("j", "completed", 1.0))
        good.outcome, good.phase = None, "ended"
        bad.end(InputError("no sound in it"))
        late.end(JobTimeout("too late " * 50, job_id="j"))
        for item in (good, bad, late):
            display.ended(item)
    assert isinstance(screen.file, io.StringIO)
    text = re.sub(r"\x1b\[[?\d]*[a-zA-Z]", "", screen.file.getvalue())
    assert "completed" in text
    assert "bad.wav   no sound in it" in text
    assert "still running  late.wav  too late too late" in text
    assert "3 of 3 ended  ·  2 failed" in text


def test_lines_name_the_model_where_there_are_several() -> None:
    items = [made("a.wav", model="one"), made("a.wav", model="two")]
    log = Console(file=io.StringIO(), width=20)
    lines = Lines(log, items)
    with lines:
        lines.on_event(items[0], Submitted("job-1"))
        lines.on_event(items[1], Retrying("predict", "503 Service Unavailable", 2.0))
        lines.on_event(items[1], Uploading(1, 9))
    assert written(lines, log).splitlines() == [
        "a.wav (one): job job-1 submitted",
        "a.wav (two): predict failed (503 Service Unavailable), again in 2.0 s",
    ]


def test_events_of_later_versions_are_ignored() -> None:
    item = made("a.wav")
    log = Console(file=io.StringIO())
    lines = Lines(log, [item])
    item.on_event(Event())
    lines.on_event(item, Event())
    assert written(lines, log) == ""
    assert item.phase == "uploading"


def test_the_plain_board_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    item = made("a.wav")
    with Board() as board:
        board.on_event(item, Event())
        board.ended(item)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_live_progress_and_a_pipe_the_data(
    start: Start, recording: Callable[[str], str]
) -> None:
    terminal, end = pty.openpty()
    process = start("predict", recording("a.wav"), "-o", "jsonl", stderr=end)
    out, _ = process.communicate(timeout=PATIENCE)
    shown = os.read(terminal, 100_000).decode()
    os.close(end)
    os.close(terminal)
    assert process.returncode == 0
    assert "completed" in shown
    assert "\x1b[" in shown
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (61.5, "0:01:01")]
)
def test_spans_are_short(seconds: float, words: str) -> None:
    assert span(seconds) == words


def test_clocks_have_hours_minutes_and_seconds() -> None:
    assert clock(3661.9) == "1:01:01"
    assert clock(-1) == "0:00:00"


def test_long_names_keep_their_end() -> None:
    assert short("calls/2024/week.wav", 10) == "…/week.wav"
    assert short("week.wav", 10) == "week.wav"
    assert brief("job-1") == "job-1"
