"""Progress of items on standard error.

A terminal gets lines that are redrawn in place (`Display`); anything else gets a line per step
(`Lines`). `Board` prints nothing.
"""

from collections.abc import Sequence
from time import monotonic
from typing import Self

from rich.console import Console, Group, RenderableType
from rich.filesize import decimal
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits
from redenlab.cli.items import Item
from redenlab.cli.text import brief, clock, err, printable, short, span
from redenlab.core.events import Event, Polled, PollFailed, Retrying, Submitted, Uploaded

ROWS = 12
"""Items shown at the same time."""

_STATE = 57  # columns for the state of an item, without its name
_BESIDE_BAR = 46  # columns for percentage, size, speed and time left of an upload
_BAR = 28  # maximum columns of a bar
_ENDING = 13  # columns for the status value of an ended item
_TIME = 10  # columns for a duration, with its padding
_GAPS = 6  # columns of padding between three columns, and after the last
_MIN_NAME = 12  # minimum columns of a name
_FRAMES_PER_SECOND = 8


class Board:
    """Prints nothing; the base of the others."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def on_event(self, item: Item, event: Event) -> None:
        """Show an event of `item`, whose state is already updated."""

    def ended(self, item: Item) -> None:
        """Show the outcome of `item`."""


class Lines(Board):
    """A line per step, for logs."""

    def __init__(self, console: Console, items: Sequence[Item]) -> None:
        """Write about `items` to `console`."""
        self._console = console
        self._models = _several_models(items)

    def on_event(self, item: Item, event: Event) -> None:
        """Print a line for the event, if it has one."""
        line = self._line(item, event)
        if line:
            self._write(item, line)

    def ended(self, item: Item) -> None:
        """Print the outcome."""
        self._write(item, f"{_ending(item)} after {span(item.seconds)}")

    def _line(self, item: Item, event: Event) -> str:
        match event:
            case Uploaded(_, size):
                return f"uploaded {decimal(size)} in {span(monotonic() - item.begun)}"
            case Submitted(job_id):
                return f"job {job_id} submitted"
            case Polled(job_id, status, elapsed, pause):
                return f"job {job_id} {status} for {span(elapsed)}, next poll in {span(pause)}"
            case PollFailed(job_id, reason, pause):
                return f"job {job_id} could not be polled ({reason}), again in {span(pause)}"
            case Retrying(operation, reason, pause):
                return f"{operation} failed ({reason}), again in {span(pause)}"
            case _:
                return ""

    def _write(self, item: Item, line: str) -> None:
        model = f" ({item.model})" if self._models else ""
        text = f"{printable(item.label)}{printable(model)}: {printable(line)}"
        self._console.print(text, markup=False, soft_wrap=True)


class Display(Board):
    """Lines on a terminal that are redrawn in place; ended items are printed above."""

    def __init__(self, console: Console, items: Sequence[Item]) -> None:
        """Show `items` on `console`."""
        self._items = items
        self._models = _several_models(items)
        self._console = console
        self._longest = max(len(self._name(item)) for item in items)
        self._live = Live(
            console=console,
            get_renderable=self.picture,
            refresh_per_second=_FRAMES_PER_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def __enter__(self) -> Self:
        """Begin to draw."""
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the redrawn lines."""
        self._live.stop()

    def ended(self, item: Item) -> None:
        """Print the outcome above the redrawn lines."""
        style = "green" if item.error is None else "red"
        text = span(item.seconds) if item.error is None else exits.message(item.error)
        detail = Text(printable(text), "dim")
        reserved = _ENDING + _TIME
        width = self._console.width - _ENDING - self._name_width(reserved) - _GAPS
        detail.truncate(max(width, 1), overflow="ellipsis")
        row = self._grid(reserved, _ENDING)
        row.add_row(Text(_ending(item), style), self._name(item), detail)
        self._console.print(row)

    def picture(self) -> RenderableType:
        """The redrawn lines."""
        busy = [item for item in self._items if item.phase not in {"waiting", "ended"}]
        rows = self._grid(_STATE)
        for item in busy[: min(ROWS, max(self._console.height - 4, 1))]:
            rows.add_row(self._name(item), self._state(item))
        return Group(rows, self._summary(len(busy))) if len(self._items) > 1 else rows

    def _name(self, item: Item) -> Text:
        if not self._models:
            return Text(short(item.label), "bold")
        return Text.assemble(
            (short(item.label), "bold"), "  ", (printable(item.model or ""), "dim")
        )

    def _grid(self, reserved: int, *widths: int) -> Table:
        """A table with columns of `widths`, one for names, and one for the rest, each truncated."""
        grid = Table.grid(padding=(0, 2, 0, 0))
        for width in (*widths, self._name_width(reserved)):
            grid.add_column(width=width, no_wrap=True, overflow="ellipsis")
        grid.add_column(no_wrap=True, overflow="ellipsis")
        return grid

    def _name_width(self, reserved: int) -> int:
        """Width of the name column if `reserved` columns are kept for the rest of the line."""
        return min(self._longest, max(self._console.width - reserved, _MIN_NAME))

    def _state(self, item: Item) -> RenderableType:
        if item.trouble:
            return Text(f"{_countdown(item)}: {printable(item.trouble)}", "yellow")
        if item.phase == "uploading":
            return self._upload(item)
        if item.phase == "submitting":
            return Text("uploaded, submitting", "dim")
        if item.share is not None:
            return self._progress(item, item.share)
        return Text("  ".join(filter(None, _facts(item))), "dim")

    def _progress(self, item: Item, share: float) -> RenderableType:
        """The bar of a job whose service tells its progress, and the time that is left."""
        left = _left(monotonic() - item.begun, share)
        return self._bar(share, f"{printable(item.status)}  {share:.0%}", left)

    def _bar(self, share: float, facts: str, rest: str) -> RenderableType:
        width = self._console.width - self._name_width(_STATE) - _BESIDE_BAR
        cells = Table.grid(padding=(0, 2))
        cells.add_column()
        for _ in (facts, rest):
            cells.add_column(no_wrap=True)
        bar = ProgressBar(1.0, share, width=max(1, min(_BAR, width)))
        cells.add_row(bar, Text(facts), Text(rest, "dim"))
        return cells

    def _upload(self, item: Item) -> RenderableType:
        if not item.total:
            return Text("asking for an upload link", "dim")
        seconds = max(monotonic() - item.begun, 0.001)
        share = item.sent / item.total
        speed = f"{decimal(int(item.sent / seconds))}/s  {_left(seconds, share)}"
        return self._bar(share, f"{share:4.0%}  {decimal(item.total)}", speed)

    def _summary(self, busy: int) -> Text:
        ended = [item for item in self._items if item.phase == "ended"]
        failed = sum(item.error is not None for item in ended)
        parts = [f"{len(ended)} of {len(self._items)} ended"]
        parts += [f"{failed} failed"] if failed else []
        parts += [f"{busy} in work"] if busy else []
        return Text("  ·  ".join(parts), "dim")


def board(items: Sequence[Item], *, quiet: bool) -> Board:
    """The board for standard error: none if `quiet`, else by whether it is a terminal."""
    console = err()
    if quiet:
        return Board()
    return Display(console, items) if console.is_interactive else Lines(console, items)


def _several_models(items: Sequence[Item]) -> bool:
    return len({item.model for item in items}) > 1


def _left(seconds: float, share: float) -> str:
    """How long the rest takes, by what has taken `seconds`; that time itself before it is known."""
    if share <= 0:
        return clock(seconds)
    return f"{clock(seconds * (1 - share) / share)} left"


def _ending(item: Item) -> str:
    if item.error is None:
        return printable(item.status or "ended")
    return "still running" if item.code is exits.Code.STILL_RUNNING else "failed"


def _facts(item: Item) -> list[str]:
    job = f"job {brief(item.job_id or '')}"
    return [job, printable(item.status), clock(monotonic() - item.begun), _countdown(item)]


def _countdown(item: Item) -> str:
    seconds = round(item.next_poll - monotonic())
    return f"next poll in {seconds} s" if seconds > 0 else "polling"
