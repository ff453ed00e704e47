"""Uploads and jobs of the sandbox, in SQLite, so that they survive a restart.

Each transaction opens its own connection, which costs well under a millisecond; none is left open
when the sandbox stops. A transaction that raises is rolled back.
"""

import contextlib
import json
import sqlite3
from collections.abc import Generator, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

_SCHEMA = """
CREATE TABLE IF NOT EXISTS uploads (
    upload_id TEXT PRIMARY KEY,
    file_key TEXT NOT NULL UNIQUE,
    created REAL NOT NULL,
    parent TEXT,
    uploaded REAL
);
CREATE TABLE IF NOT EXISTS jobs (
    job_id TEXT PRIMARY KEY,
    upload_id TEXT NOT NULL,
    created REAL NOT NULL,
    model TEXT,
    submitted REAL,
    ready REAL,
    linked INTEGER NOT NULL,
    analysed REAL,
    result TEXT,
    error TEXT
);
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """One row: a recording that is expected, or uploaded.

    Attributes:
        parent: The upload id of the recording that this is a segment of.
        uploaded: When the upload was complete, in seconds since the epoch.
    """

    upload_id: str
    file_key: str
    created: float
    parent: str | None = None
    uploaded: float | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """One row. Times are seconds since the epoch, ``None`` if it has not happened yet.

    Attributes:
        ready: Earliest time at which the job may end.
        linked: Whether parts of its result that can be linked are behind a link.
        analysed: When its result or error was stored.
        result: JSON text.
    """

    job_id: str
    upload_id: str
    created: float
    model: str | None = None
    submitted: float | None = None
    ready: float | None = None
    linked: bool = False
    analysed: float | None = None
    result: str | None = None
    error: str | None = None

    def ended(self, now: float) -> float | None:
        """When the job ended as its caller sees it; ``None`` while it has not."""
        if self.analysed is None or self.ready is None:
            return None
        end = max(self.analysed, self.ready)
        return end if end <= now else None


class Transaction:
    """Reads and writes that happen together or not at all."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Use a connection with an open transaction."""
        self._connection = connection

    def add_upload(self, upload: Upload) -> None:
        """Insert an upload."""
        self._connection.execute("INSERT INTO uploads VALUES (?,?,?,?,?)", astuple(upload))

    def add(self, job: Job) -> None:
        """Insert a job."""
        self._connection.execute("INSERT INTO jobs VALUES (?,?,?,?,?,?,?,?,?,?)", astuple(job))

    def job(self, job_id: str) -> Job | None:
        """The job of that id."""
        row = self._row("SELECT * FROM jobs WHERE job_id = ?", job_id)
        return None if row is None else Job(*row)

    def upload(self, upload_id: str) -> Upload | None:
        """The upload of that id."""
        row = self._row("SELECT * FROM uploads WHERE upload_id = ?", upload_id)
        return None if row is None else Upload(*row)

    def upload_at(self, file_key: str) -> Upload | None:
        """The upload whose recording is stored under that key."""
        row = self._row("SELECT * FROM uploads WHERE file_key = ?", file_key)
        return None if row is None else Upload(*row)

    def unfinished(self) -> list[Job]:
        """Jobs that were submitted and not analysed, oldest first."""
        rows = self._connection.execute(
            "SELECT * FROM jobs WHERE submitted IS NOT NULL AND analysed IS NULL ORDER BY submitted"
        )
        return [Job(*row) for row in rows]

    def submitted(self) -> int:
        """How many jobs were ever submitted."""
        (count,) = self._connection.execute("SELECT count(submitted) FROM jobs").fetchone()
        return int(count)

    def arrived(self, upload_id: str, now: float) -> None:
        """Store when the upload was complete."""
        self._connection.execute(
            "UPDATE uploads SET uploaded = ? WHERE upload_id = ?", (now, upload_id)
        )

    def submit(self, job_id: str, model: str, now: float, ready: float) -> None:
        """Store that the job was submitted to `model`."""
        self._connection.execute(
            "UPDATE jobs SET model = ?, submitted = ?, ready = ? WHERE job_id = ?",
            (model, now, ready, job_id),
        )

    def settle(self, job_id: str, outcome: Mapping[str, Any] | str, now: float) -> None:
        """Store the outcome of a job: a result, or the text of an error."""
        failed = isinstance(outcome, str)
        self._connection.execute(
            "UPDATE jobs SET result = ?, error = ?, analysed = ? WHERE job_id = ?",
            (None if failed else json.dumps(outcome), outcome if failed else None, now, job_id),
        )

    def _row(self, statement: str, value: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connection.execute(statement, (value,)).fetchone()
        return found


class Records:
    """The database of one sandbox."""

    def __init__(self, path: Path) -> None:
        """Open the database, and create missing tables."""
        self._path = path
        path.touch(mode=0o600)  # only their owner may read results
        with contextlib.closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(_SCHEMA)

    @contextlib.contextmanager
    def transaction(self) -> Generator[Transaction]:
        """Begin; commit at the end of the ``with`` block, or roll back if it raises."""
        with contextlib.closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Transaction(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=10, isolation_level=None)
