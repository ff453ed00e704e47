"""What `redenlab run` prints: a line on standard output as each item ends, and progress."""

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Self, cast

from rich.console import RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from redenlab.cli.text import clock, count, err, printable, short
from redenlab.core.runs.engine import Progress
from redenlab.core.runs.outcomes import Outcome
from redenlab.core.runs.run import BaseRun
from redenlab.core.runs.tables import cell
from redenlab.lowlevel.encoding import plain

_BAR = 30  # maximum columns of a bar
_FRAMES_PER_SECOND = 4
_NAME = 32  # characters of a source in a table


class Form(StrEnum):
    """How the results of a run are written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


class Writer:
    """Writes outcomes to standard output as they come, each flushed at once."""

    def __init__(self, form: Form | None) -> None:
        """Write nothing yet; ``None`` is a table on a terminal, else JSON lines."""
        if form is None:
            form = Form.TABLE if sys.stdout.isatty() else Form.JSONL
        self._form = form
        self._rows = 0
        self._held: list[Mapping[str, Any]] = []
        self._csv: csv.DictWriter[str] | None = None

    def write(self, outcome: Outcome) -> None:
        """Write one outcome."""
        match self._form:
            case Form.TABLE:
                _print(_line(outcome))
            case Form.JSONL:
                _print(_json(outcome.row()))
            case Form.JSON:
                _print("," if self._rows else "[")
                _print(_json(outcome.row()))
            case Form.CSV:
                self._write_csv(outcome)
        self._rows += 1
        sys.stdout.flush()

    def close(self) -> None:
        """Write what belongs after the last outcome."""
        if self._form is Form.JSON:
            _print("]" if self._rows else "[]")
        if self._held:
            self._begin_csv(self._held[0])

    def _write_csv(self, outcome: Outcome) -> None:
        """The first result tells the columns; failures before it wait for them."""
        row = outcome.row()
        if self._csv is None and not outcome.ok:
            self._held.append(row)
            return
        if self._csv is None:
            self._begin_csv(row)
        self._put(row)

    def _begin_csv(self, row: Mapping[str, Any]) -> None:
        self._csv = csv.DictWriter(sys.stdout, list(row), extrasaction="ignore")
        self._csv.writeheader()
        for held in self._held:
            self._put(held)
        self._held.clear()

    def _put(self, row: Mapping[str, Any]) -> None:
        assert self._csv is not None  # noqa: S101 - it has begun
        self._csv.writerow({name: cell(value) for name, value in row.items()})


def _print(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _json(row: Mapping[str, Any]) -> str:
    return json.dumps(dict(row), default=str)


def _line(outcome: Outcome) -> str:
    """A line for people: the source, and the result or what went wrong, with a hint."""
    name = f"{short(outcome.source, _NAME):{_NAME}}"
    if outcome.error is not None:
        error = outcome.error
        return (
            f"{name}  {type(error).__name__}: {printable(error.message)} ({printable(error.hint)})"
        )
    result = plain(outcome.result)
    known = getattr(outcome.result, "additional_properties", {})
    if not isinstance(result, Mapping):
        return f"{name}  {_shown(result)}"
    fields = cast("Mapping[str, Any]", result)
    return f"{name}  " + "  ".join(f"{k} {_shown(v)}" for k, v in fields.items() if k not in known)


def _shown(value: Any) -> str:
    text = f"{value:.6g}" if isinstance(value, float) else str(value)
    return printable(text)[:60]


class Board:
    """Progress on standard error: a bar on a terminal, nothing in a log but the last line."""

    def __init__(self, run: BaseRun, *, quiet: bool) -> None:
        """Show `run`; nothing but errors if `quiet`."""
        self._run = run
        self._console = err()
        shown = self._console.is_interactive and not quiet
        self._live = (
            Live(
                console=self._console,
                get_renderable=self._picture,
                refresh_per_second=_FRAMES_PER_SECOND,
                transient=True,
                redirect_stdout=sys.stdout.isatty(),
                redirect_stderr=False,
            )
            if shown
            else None
        )

    def __enter__(self) -> Self:
        """Begin to draw."""
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove what was drawn."""
        if self._live is not None:
            self._live.stop()

    def _picture(self) -> RenderableType:
        progress = self._run.progress
        grid = Table.grid(padding=(0, 2, 0, 0))
        for _ in range(2):
            grid.add_column(no_wrap=True)
        width = max(10, min(_BAR, self._console.width - 50))
        bar = ProgressBar(progress.total or 1, progress.ended, width=width)
        grid.add_row(bar, Text("  ".join(facts(progress)), "dim"))
        return grid


def facts(progress: Progress) -> Sequence[str]:
    """How far a run is, in words."""
    total = "?" if progress.total is None else progress.total
    found = [f"{progress.ended}/{total}", f"jobs {progress.running}"]
    if progress.failed:
        found.insert(1, f"failed {progress.failed}")
    if progress.size:
        found.append(f"sending {100 * progress.sent // progress.size} %")
    found.append(clock(progress.seconds))
    if progress.left is not None:
        found.append(f"about {clock(progress.left)} left")
    return found


def summary(progress: Progress) -> str:
    """How a run ended, in a line."""
    good = progress.ended - progress.failed
    text = f"{count(good, 'result')}, {progress.failed} failed, {clock(progress.seconds)}"
    return f"{text} ({progress.earlier} of them earlier)" if progress.earlier else text
