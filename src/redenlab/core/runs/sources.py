"""What a run is made of: files, folders, globs, manifests, or any iterable, as items."""

import csv
import glob
import json
import mimetypes
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO, cast

from redenlab.core.errors import InputError
from redenlab.core.files.sources import Source
from redenlab.core.files.uploads import Asset
from redenlab.core.text import display_url

MANIFESTS: Final = (".csv", ".jsonl", ".ndjson")
"""Extensions of manifests, where one is the only source of a run."""

FILE_COLUMNS: Final = ("file", "path", "file_path", "recording", "source", "filename", "url")
"""Names of the column of a manifest that has the files; the first that there is counts."""

MEDIA: Final = ("audio", "video", "image")
"""What is taken of a folder; a glob names other files."""


@dataclass(frozen=True, slots=True)
class Item:
    """One source of a run.

    Attributes:
        source: Path, URL, bytes, binary file, or an asset of `upload`; ``None`` for a job that is
            made of parameters alone.
        columns: What its row of a table has beside the outcome.
        parameters: Of its job, beside those of the run.
        label: How it is called in tables and messages; empty for the path, or its number.
    """

    source: Source | Asset | None = field(default=None, repr=False)
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    parameters: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False)
    label: str = ""

    @property
    def place(self) -> str | None:
        """The absolute path, or the URL without its query; ``None`` for what is in memory."""
        if isinstance(self.source, str | os.PathLike):
            text = os.fsdecode(self.source)
            return display_url(text) if "://" in text else absolute(text)
        return None


Sources = Source | Asset | Item | Iterable[Source | Asset | Item]
"""A file, a folder, a glob, a manifest, or any iterable of sources or items."""


def absolute(path: str) -> str:
    """An absolute path or glob, whose links stay."""
    return os.path.abspath(os.path.expanduser(path))  # noqa: PTH100, PTH111 - may be a glob


def expanded(source: Any) -> Any:
    """A path that begins with ``~`` as one of this machine; anything else as it is."""
    if isinstance(source, str) and source.startswith("~"):
        return os.path.expanduser(source)  # noqa: PTH111 - as it was given otherwise
    return source


def items(sources: Sources) -> Iterable[Item]:
    """The items of `sources`; a list, if their number is known without reading an iterable.

    Args:
        sources: See `Sources`. A folder stands for the recordings in it and below it, a manifest
            (CSV or JSON lines) for its rows. The files of a manifest are relative to its folder.

    Raises:
        InputError: A file or a folder is not there, a glob fits no file, or a manifest cannot be
            read.
    """
    if isinstance(sources, str | os.PathLike):
        path = Path(sources).expanduser()
        if path.suffix.lower() in MANIFESTS and path.is_file():
            return _numbered(_manifest(path))
        return _numbered(_paths(sources))
    if isinstance(sources, Item):
        return _numbered([sources])
    if isinstance(sources, bytes | bytearray | memoryview | Asset) or hasattr(sources, "read"):
        return _numbered([Item(cast("Any", sources))])
    if isinstance(sources, list | tuple):
        return _numbered(cast("Iterable[Any]", sources))
    return _numbered_lazily(cast("Iterable[Any]", sources))


def _numbered(found: Iterable[Any]) -> list[Item]:
    return list(_numbered_lazily(found))


def _numbered_lazily(sources: Iterable[Any]) -> Iterator[Item]:
    number = 0
    for source in sources:
        for item in _items(source):
            number += 1
            if item.label:
                yield item
            else:
                yield Item(item.source, item.columns, item.parameters, _label(item, number))


def _label(item: Item, number: int) -> str:
    place = item.source if isinstance(item.source, str | os.PathLike) else None
    if place is None:
        return f"#{number}"
    text = os.fsdecode(place)
    return display_url(text) if "://" in text else text


def _items(source: Any) -> Iterator[Item]:
    if isinstance(source, Item):
        yield source
    elif isinstance(source, str | os.PathLike):
        yield from _paths(cast("str | os.PathLike[str]", source))
    else:
        yield Item(source)


def _paths(given: str | os.PathLike[str]) -> Iterator[Item]:
    """The files that a text stands for; one that is not there is an error when it is opened."""
    text = os.fspath(given)
    if "://" in text:
        yield Item(text)
        return
    text = os.path.expanduser(text)  # noqa: PTH111 - the text may be a glob
    if os.path.isdir(text):  # noqa: PTH112 - the same
        yield from _folder(text)
    elif glob.has_magic(text) and not os.path.exists(text):  # noqa: PTH110 - the same
        found = sorted(glob.glob(text, recursive=True))  # noqa: PTH207 - the same
        files = [path for path in found if os.path.isfile(path)]  # noqa: PTH113 - the same
        if not files:
            raise InputError(f"no file fits {text}", hint="quote the glob, and check its folder")
        yield from map(Item, files)
    else:
        yield Item(text)


def _folder(folder: str) -> Iterator[Item]:
    """The recordings in a folder and below it, in the order of their names; no hidden ones."""
    found = False
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            kind = (mimetypes.guess_type(name)[0] or "").partition("/")[0]
            if not name.startswith(".") and kind in MEDIA:
                found = True
                yield Item(os.path.join(root, name))  # noqa: PTH118 - 10,000 paths as texts
    if not found:
        raise InputError(
            f"{folder} has no recording",
            hint="name other files by a glob, such as 'folder/*.bin'",
        )


def _manifest(path: Path) -> Iterator[Item]:
    """The rows of a manifest."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = _csv(file) if path.suffix.lower() == ".csv" else _json_lines(path, file)
            for line, row in rows:
                yield _row(path, line, row)
    except (OSError, UnicodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{path} cannot be read: {reason}", hint="write it as CSV or JSON lines in UTF-8"
        ) from None


def _csv(file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    reader = csv.DictReader(file)
    for row in reader:
        values = {name: value for name, value in row.items() if isinstance(name, str)}
        yield reader.line_num, values


def _json_lines(path: Path, file: TextIO) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if not isinstance(row, dict):
            raise InputError(
                f"{path}, line {number}: this is no JSON object",
                hint='write {"file": "a.wav", "speaker": 1}',
            )
        yield number, cast("dict[str, Any]", row)


def _row(path: Path, line: int, row: Mapping[str, Any]) -> Item:
    column = next((name for name in FILE_COLUMNS if name in row), None)
    file = row[column] if column else None
    if not isinstance(file, str) or not file:
        raise InputError(
            f"{path}, line {line}: no file is named",
            hint=f"give it in a column called {FILE_COLUMNS[0]}",
        )
    columns = {name: value for name, value in row.items() if name != column}
    if "://" in file:
        return Item(file, columns)
    return Item(str(path.parent / Path(file).expanduser()), columns, label=file)
