"""Storage of JSON documents by kind and id, in order of insertion."""

import base64
import binascii
import contextlib
import json
import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (kind, id)
)
"""

Document = dict[str, Any]


class Store:
    """The database of one sandbox, and the bytes of its files beside it."""

    def __init__(self, folder: Path) -> None:
        """Open the database, and create missing tables."""
        self._path = folder / "replicate.sqlite"
        self._files = folder / "replicate-files"
        self._files.mkdir(mode=0o700, exist_ok=True)
        self._path.touch(mode=0o600)
        with self._connected() as connection:
            connection.execute(_SCHEMA)

    def put(self, kind: str, name: str, document: Document) -> None:
        """Store a document; an existing one is replaced and keeps its position."""
        with self._connected() as connection:
            connection.execute(
                "INSERT INTO documents (kind, id, document) VALUES (?, ?, ?) "
                "ON CONFLICT (kind, id) DO UPDATE SET document = excluded.document",
                (kind, name, json.dumps(document)),
            )

    def get(self, kind: str, name: str) -> Document | None:
        """The document of that name."""
        with self._connected() as connection:
            row = connection.execute(
                "SELECT document FROM documents WHERE kind = ? AND id = ?", (kind, name)
            ).fetchone()
        return None if row is None else json.loads(row[0])

    def delete(self, kind: str, name: str) -> bool:
        """Delete a document; true if there was one."""
        with self._connected() as connection:
            done = connection.execute(
                "DELETE FROM documents WHERE kind = ? AND id = ?", (kind, name)
            )
            return bool(done.rowcount)

    def newest(self, kind: str) -> list[tuple[int, Document]]:
        """All documents of a kind with their positions, the newest first."""
        with self._connected() as connection:
            rows = connection.execute(
                "SELECT position, document FROM documents WHERE kind = ? ORDER BY position DESC",
                (kind,),
            )
            return [(position, json.loads(document)) for position, document in rows]

    def content(self, name: str) -> Path:
        """The path of the bytes of a file; `name` is an id of ours, never a name from a request."""
        return self._files / name

    @contextlib.contextmanager
    def _connected(self) -> Generator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=10)
        with contextlib.closing(connection), connection:
            yield connection


def page(
    documents: list[tuple[int, Document]], cursor: str | None, size: int
) -> tuple[list[Document], str]:
    """A page of `documents` from `cursor` on, and the cursor of the next one, empty at the end."""
    before = _decoded(cursor) if cursor else float("inf")
    left = [(position, document) for position, document in documents if position < before]
    more = len(left) > size
    last = left[size - 1][0] if more else 0
    return [document for _, document in left[:size]], _encoded(last) if more else ""


def _encoded(position: int) -> str:
    return base64.b64encode(f"p={position}".encode()).decode()


def _decoded(cursor: str) -> int:
    try:
        return int(base64.b64decode(cursor, validate=True).removeprefix(b"p="))
    except (binascii.Error, ValueError):
        return 0
