"""The outcomes of items as JSON records and as tables."""

import json
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, cast

from rich.box import SIMPLE_HEAD
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits
from redenlab.cli.items import Item
from redenlab.cli.text import printable, short
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.jobs.snapshots import Outcome
from redenlab.lowlevel.encoding import plain

MAX_CHARS = 200
"""Maximum characters of nested JSON in a table."""

MAX_ROWS = 8
"""Maximum number of list elements in a table."""


def record(item: Item) -> dict[str, Any]:
    """One item as a JSON object: its result, or its error with the exit code."""
    common = {"input": item.label, "model": item.model, "job_id": item.job_id}
    ended = item.outcome or KeyboardInterrupt()
    if isinstance(ended, BaseException):
        return common | {"error": exits.record(ended)}
    seconds = round(item.seconds, 3)
    if isinstance(ended, AsyncJob):
        return common | {"status": ended.status, "seconds": seconds}
    return common | {"status": ended.status, "seconds": seconds, "result": plain(ended.result)}


def tables(items: Sequence[Item], heading: str, *, extras: bool = True) -> Iterator[RenderableType]:
    """A table for each model's run of items, in their order; none when there is no result.

    Args:
        items: What to show.
        heading: Heading of the first column.
        extras: Print fields beyond the schema that are equal in all results below the table.
    """
    ended = [item for item in items if item.outcome is not None]
    if all(item.error for item in ended):
        return
    for model, group in groupby(ended, key=lambda item: item.model):
        some = list(group)
        shared = _shared_extras(some)
        yield Padding(_table(model, some, heading, shared), (1, 0, 0, 0), expand=False)
        if shared and extras:
            lines = (printable(f"{name}: {value}") for name, value in shared.items())
            yield Text("\n".join(["", *lines]), "dim")


def _table(
    model: str | None, items: Sequence[Item], heading: str, hidden: Container[str]
) -> RenderableType:
    table = Table(
        title=Text(printable(model or ""), "bold"),
        title_justify="left",
        box=SIMPLE_HEAD,
        header_style="dim",
        border_style="dim",
        show_edge=False,
        pad_edge=False,
    )
    table.add_column(heading, no_wrap=True)
    table.add_column("field", no_wrap=True)
    table.add_column("value", overflow="fold")
    blocks = [_rows(item, hidden) for item in items]
    spaced = any(len(rows) > 1 for rows in blocks)
    for item, rows in zip(items, blocks, strict=True):
        name = short(item.label)
        for field, value in rows:
            table.add_row(Text(name), Text(field), value)
            name = ""
        if spaced:
            table.add_section()
    return table


def _shared_extras(items: Sequence[Item]) -> Mapping[str, Any]:
    """Fields beyond the schema that are equal in every result; printed once, below the table."""
    outcomes = [item.outcome for item in items if isinstance(item.outcome, Outcome)]
    extras = [getattr(outcome.result, "additional_properties", {}) for outcome in outcomes]
    first: dict[str, Any] = extras[0] if extras else {}
    return {name: first[name] for name in first if all(_same(name, first, e) for e in extras)}


def _same(name: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return name in other and other[name] == one[name]


def _rows(item: Item, hidden: Container[str]) -> Sequence[tuple[str, RenderableType]]:
    if item.error is not None:
        happened = f"{type(item.error).__name__}: {exits.message(item.error)}"
        hint = Text(printable(exits.hint(item.error)))
        return [("error", Text(printable(happened), "red")), ("hint", hint)]
    if not isinstance(item.outcome, Outcome):
        return [("job", Text(printable(item.job_id or "")))]
    result = plain(item.outcome.result)
    if not isinstance(result, Mapping):
        return [("result", _value(result))]
    fields = cast("Mapping[str, Any]", result)
    return [(printable(name), _value(fields[name])) for name in fields if name not in hidden]


def _value(value: Any) -> RenderableType:
    match value:
        case float():
            return Text(f"{value:.6g}")
        case str():
            return Text(printable(value))
        case [{}, *_] if all(isinstance(element, dict) for element in value):
            return _list(cast("list[dict[str, Any]]", value))
        case _:
            text = json.dumps(value, default=str)
            return Text(
                text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]}… (-o json has all)"
            )


def _list(elements: Sequence[Mapping[str, Any]]) -> RenderableType:
    """A table of objects, with a column for each field that any of them has."""
    shown = elements[:MAX_ROWS]
    names = list(dict.fromkeys(name for element in shown for name in element))
    grid = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
    for name in names:
        number = all(isinstance(element.get(name), int | float) for element in shown)
        grid.add_column(printable(name), justify="right" if number else "left")
    for element in shown:
        grid.add_row(*(_value(element[name]) if name in element else "" for name in names))
    if len(elements) > len(shown):
        grid.add_row(Text(f"… {len(elements) - len(shown)} more", "dim"))
    return grid
