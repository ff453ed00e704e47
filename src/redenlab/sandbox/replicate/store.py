"""What this Replicate remembers: JSON documents of a kind, in the order in which they came."""

import base64
import binascii
import contextlib
import json
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS things (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (kind, id)
)
"""

Thing = dict[str, Any]


class Store:
    """The database of one sandbox, and the bytes of its files beside it."""

    def __init__(self, folder: Path) -> None:
        """Open it, and make what is missing."""
        self._path = folder / "replicate.sqlite"
        self._files = folder / "replicate-files"
        self._files.mkdir(mode=0o700, exist_ok=True)
        self._path.touch(mode=0o600)
        with self._connected() as connection:
            connection.execute(_SCHEMA)

    def put(self, kind: str, name: str, document: Thing) -> None:
        """Remember a document; one that is there already is replaced where it stands."""
        with self._connected() as connection:
            connection.execute(
                "INSERT INTO things (kind, id, document) VALUES (?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document",
                (kind, name, json.dumps(document)),
            )

    def get(self, kind: str, name: str) -> Thing | None:
        """The document of that name."""
        with self._connected() as connection:
            row = connection.execute(
                "SELECT document FROM things WHERE kind = ? AND id = ?", (kind, name)
            ).fetchone()
        return None if row is None else json.loads(row[0])

    def delete(self, kind: str, name: str) -> bool:
        """Forget a document; whether there was one."""
        with self._connected() as connection:
            done = connection.execute("DELETE FROM things WHERE kind = ? AND id = ?", (kind, name))
            return bool(done.rowcount)

    def newest(self, kind: str) -> list[tuple[int, Thing]]:
        """Every document of a kind with its place, the newest first."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT place, document FROM things WHERE kind = ? ORDER BY place DESC", (kind,)
            )
            return [(place, json.loads(document)) for place, document in rows]

    def content(self, name: str) -> Path:
        """Where the bytes of a file are; names are made here, never by callers."""
        return self._files / name

    @contextlib.contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=10)
        with contextlib.closing(connection), connection:
            yield connection


def page(things: list[tuple[int, Thing]], cursor: str | None, size: int) -> tuple[list[Thing], str]:
    """A page of `things` from `cursor` on, and the cursor of the next one, empty at the end."""
    before = _decoded(cursor) if cursor else float("inf")
    left = [(place, thing) for place, thing in things if place < before]
    more = len(left) > size
    last = left[size - 1][0] if more else 0
    return [thing for _, thing in left[:size]], _encoded(last) if more else ""


def _encoded(place: int) -> str:
    return base64.b64encode(f"p={place}".encode()).decode()


def _decoded(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).removeprefix(b"p="))
    except (binascii.Error, ValueError):
        return 0
