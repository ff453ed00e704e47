"""Outcomes as tables: CSV, JSON lines, Parquet, and data frames."""

import csv
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, cast

from redenlab.core.errors import MissingExtra

if TYPE_CHECKING:
    from collections.abc import Generator

    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

Row = Mapping[str, Any]


def to_pandas(rows: Iterable[Row]) -> "pd.DataFrame":
    """A data frame with a row an item; needs pandas."""
    pandas = _module("pandas", "pandas")
    return cast("pd.DataFrame", pandas.DataFrame.from_records([dict(row) for row in rows]))


def to_parquet(rows: Iterable[Row], path: str | os.PathLike[str]) -> None:
    """Write a Parquet file, all of it or nothing; needs pyarrow."""
    arrow = _module("pyarrow", "pyarrow")
    parquet = _module("pyarrow.parquet", "pyarrow")
    found = [dict(row) for row in rows]
    table = arrow.Table.from_pylist(_same_columns(found))
    with replaced(path) as temporary:
        parquet.write_table(table, temporary)


def to_csv(rows: Iterable[Row], path: str | os.PathLike[str]) -> None:
    """Write a CSV file, all of it or nothing; what is no text or number is JSON in it."""
    found = _same_columns([dict(row) for row in rows])
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        write_csv(found, file)


def write_csv(rows: Iterable[Row], file: TextIO, *, columns: Iterable[str] | None = None) -> None:
    """Write rows as CSV.

    Args:
        rows: The rows.
        file: Where to.
        columns: Their names; ``None`` takes those of the first row. Without a heading otherwise.
    """
    writer: Any = None
    for row in rows:
        if writer is None:
            names = list(columns or row)
            writer = csv.DictWriter(file, names, extrasaction="ignore")
            writer.writeheader()
        writer.writerow({name: cell(value) for name, value in row.items()})


def cell(value: Any) -> Any:
    """A value in one cell of CSV; a text is never a formula of a spreadsheet."""
    if isinstance(value, Mapping | list | tuple):
        return json.dumps(value, default=str)
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def to_jsonl(rows: Iterable[Row], path: str | os.PathLike[str]) -> None:
    """Write a JSON object for each row on a line, all of them or nothing."""
    with replaced(path) as temporary, temporary.open("w", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(dict(row), default=str)}\n" for row in rows)


@contextmanager
def replaced(path: str | os.PathLike[str]) -> "Generator[Path]":
    """A new file beside `path`, readable by its owner alone, that takes its place at the end."""
    target = Path(path)
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        yield temporary
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _same_columns(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with every column that any of them has."""
    names = dict.fromkeys(name for row in rows for name in row)
    return [{name: row.get(name) for name in names} for row in rows]


def _module(name: str, package: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise MissingExtra(
            f"{package} is not installed", hint=f"run: pip install {package}"
        ) from None
