"""Data on standard output: a table for people; JSON and CSV for programs."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, cast

from rich.console import RenderableType

from redenlab.cli.text import out


class Format(StrEnum):
    """How data is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


Tables = Callable[[], Iterable[RenderableType]]


def chosen(form: Format | None) -> Format:
    """The form; ``None`` means a table on a terminal, else lines of JSON."""
    if form is not None:
        return form
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


class Output:
    """Records that come one by one: lines and rows are written at once, the rest at the end."""

    def __init__(self, form: Format | None) -> None:
        """In one form; see `chosen`."""
        self._form = chosen(form)
        self._csv = _Csv()

    def add(self, record: Mapping[str, Any]) -> None:
        """Write a record, where the form has a line or a row for each."""
        if self._form is Format.JSONL:
            sys.stdout.write(f"{json.dumps(record, default=str)}\n")
        elif self._form is Format.CSV:
            self._csv.add(record)
        sys.stdout.flush()

    def close(self, records: Iterable[Mapping[str, Any]], tables: Tables) -> None:
        """Write what has one text for all of them.

        Args:
            records: All that were added, in the order of an array.
            tables: Called for that form only.
        """
        if self._form is Format.TABLE:
            console = out()
            for table in tables():
                console.print(table)
        elif self._form is Format.JSON:
            sys.stdout.write(f"{json.dumps(list(records), indent=2, default=str)}\n")
        elif self._form is Format.CSV:
            self._csv.close()


def write(records: Iterable[Mapping[str, Any]], tables: Tables, form: Format | None) -> None:
    """Write data once, in one form.

    Args:
        records: Data for JSON: an array, or one object per line, in ASCII; or rows of CSV.
        tables: Tables for the terminal; called for that format only.
        form: See `chosen`.
    """
    output = Output(form)
    found = list(records)
    for record in found:
        output.add(record)
    output.close(found, tables)


class _Csv:
    """Rows, with the columns of the first record that has a result; errors wait for it."""

    def __init__(self) -> None:
        self._writer: csv.DictWriter[str] | None = None
        self._waiting: list[Mapping[str, Any]] = []

    def add(self, record: Mapping[str, Any]) -> None:
        if self._writer is None and "error" in record:
            self._waiting.append(record)
            return
        self._begin(record).writerow(_row(record))

    def close(self) -> None:
        if self._waiting:
            self._begin(self._waiting[0])

    def _begin(self, record: Mapping[str, Any]) -> "csv.DictWriter[str]":
        if self._writer is not None:
            return self._writer
        names = dict.fromkeys([*_row(record), *_row({"error": {"message": "", "hint": ""}})])
        writer = csv.DictWriter(sys.stdout, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(map(_row, self._waiting))
        self._writer, self._waiting = writer, []
        return writer


def _row(record: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of one record: the fields of its result are its own, an error is two texts."""
    row: dict[str, Any] = {}
    for name, value in record.items():
        if name == "error" and isinstance(value, Mapping):
            row |= {"error": value["message"], "hint": value["hint"]}
        elif name == "result" and isinstance(value, Mapping):
            fields = cast("Mapping[str, Any]", value)
            row |= {key: _cell(fields[key]) for key in fields if key not in row}
        else:
            row[name] = _cell(value)
    return row


def _cell(value: Any) -> Any:
    """A text that a spreadsheet does not run, a number, or JSON."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
    if value is None or isinstance(value, bool | int | float):
        return value
    return json.dumps(value, default=str)
