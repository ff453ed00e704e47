"""Data on standard output: a table for people, JSON for programs."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from rich.console import RenderableType

from redenlab.cli.text import out


class Format(StrEnum):
    """How data is written."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


def write(
    records: Iterable[Mapping[str, Any]],
    tables: Callable[[], Iterable[RenderableType]],
    form: Format | None,
) -> None:
    """Write data once, in one form.

    Args:
        records: Data for JSON: an array, or one object per line, in ASCII.
        tables: Tables for the terminal; called for that format only.
        form: ``None`` means a table on a terminal, else lines of JSON.
    """
    if form is None:
        form = Format.TABLE if sys.stdout.isatty() else Format.JSONL
    if form is Format.TABLE:
        console = out()
        for table in tables():
            console.print(table)
    elif form is Format.JSON:
        sys.stdout.write(f"{json.dumps(list(records), indent=2)}\n")
    else:
        sys.stdout.writelines(f"{json.dumps(record)}\n" for record in records)
