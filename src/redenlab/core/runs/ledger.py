"""The ledger of a run: one SQLite file with a row for each item, written before each step.

Every change is committed to the disk before the step that it announces, so that a process may be
killed, or a machine lose its power, at any moment: what the last change announced may or may not
have happened, and nothing else has. The write-ahead log makes that one flush a change, and lets
`status` read while a run writes; it is part of the file again when the run ends.

The file can be read by its owner alone (mode 0600). It has ids, hashes and states, and, unless they
are left out, the paths of sources, the arguments of the run, and texts of errors. It has neither
results nor credentials, and nothing of it is logged.
"""

import contextlib
import json
import os
import socket
import sqlite3
import threading
import weakref
from collections import Counter, deque
from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Literal, Self, cast

from redenlab.core.errors import ConfigurationError

State = Literal[
    "new", "uploading", "uploaded", "submitting", "uncertain", "running", "failed", "succeeded"
]
STATES: Final[tuple[State, ...]] = (
    "new",
    "uploading",
    "uploaded",
    "submitting",
    "uncertain",
    "running",
    "failed",
    "succeeded",
)
"""In the order of a life."""

OWN: Final = ("", "-wal", "-shm", "-lock", "-lock-journal")
"""What the files of a ledger are called, after its path."""

VERSION = 1

_SCHEMA = """
CREATE TABLE IF NOT EXISTS run (
    one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL, settings TEXT NOT NULL,
    owner TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS item (
    key TEXT PRIMARY KEY, state TEXT NOT NULL, attempts INTEGER NOT NULL, seconds REAL NOT NULL,
    call_id TEXT NOT NULL, asset TEXT, job TEXT, error TEXT, place TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    place TEXT PRIMARY KEY, stamp TEXT NOT NULL, content TEXT NOT NULL
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ledger has of one item.

    Attributes:
        key: Hash of content, model and parameters.
        state: The last step that was announced, or how the item ended.
        attempts: How often it was begun.
        seconds: From its beginning to its end, all attempts and processes together.
        call_id: Value of ``$call.id`` of its submit.
        asset: Its upload; ``None`` where there is none, or it cannot be written down.
        job: Its job; ``None`` as long as there is none.
        error: Why it failed; ``None`` unless it did.
        place: Path or URL; ``None`` where paths are left out.
    """

    key: str
    state: State = "new"
    attempts: int = 0
    seconds: float = 0.0
    call_id: str = ""
    asset: Mapping[str, Any] | None = field(default=None, repr=False)
    job: Mapping[str, Any] | None = None
    error: Mapping[str, Any] | None = None
    place: str | None = field(default=None, repr=False)


class Ledger:
    """The file of one run, for one process at a time. Thread-safe.

    Attributes:
        path: ``None`` for a run that nothing is kept of.
    """

    def __init__(self, path: str | os.PathLike[str] | None, *, paths: bool = True) -> None:
        """Open or make the file, and take the lease of it.

        Args:
            path: Of the file; ``None`` keeps everything in memory.
            paths: Whether paths, texts of errors and arguments are written.

        Raises:
            ConfigurationError: Another process has it, or it is no ledger.
        """
        self.path: Path | None = None if path is None else Path(path).expanduser().absolute()
        self.paths = paths
        self._lock = threading.RLock()
        self._waiting: deque[Entry] = deque()
        self._lease = None if self.path is None else _lease(self.path)
        try:
            self._database = _opened(self.path)
        except BaseException:
            self._release()
            raise
        weakref.finalize(self, self._database.close)
        self._write("UPDATE run SET owner = ?", f"process {os.getpid()} on {socket.gethostname()}")

    def begin(self, settings: Mapping[str, Any]) -> None:
        """Note what the run is, or check that it is the one of the ledger.

        Args:
            settings: Those in `IDENTITY` have to be those of the ledger; the rest is replaced.

        Raises:
            ConfigurationError: The ledger is of a run with another model or other parameters.
        """
        earlier = self.settings
        for name in IDENTITY:
            if earlier and earlier.get(name) != settings.get(name):
                raise ConfigurationError(
                    f"the ledger {self.path} is of a run with another {name}",
                    hint="name another ledger, or the same model and parameters as before",
                )
        owner = f"process {os.getpid()} on {socket.gethostname()}"
        text = json.dumps({**earlier, **settings})
        self._write("INSERT OR REPLACE INTO run VALUES (1, ?, ?, ?)", VERSION, text, owner)

    @property
    def settings(self) -> dict[str, Any]:
        """What `begin` noted; empty before that."""
        return _settings(self._database)

    def entry(self, key: str) -> Entry | None:
        """The item with this key."""
        found = self._read("SELECT * FROM item WHERE key = ?", key)
        return _entry(found[0]) if found else None

    def entries(self) -> Iterator[Entry]:
        """Every item, by its key."""
        return map(_entry, self._read("SELECT * FROM item ORDER BY key"))

    def put(self, entry: Entry) -> Entry:
        """Note an item; it is on the disk when this returns.

        Threads that wait for the disk share its next flush: the first of them writes for all.
        """
        self._waiting.append(entry)
        with self._lock:
            entries = [self._waiting.popleft() for _ in range(len(self._waiting))]
            try:
                self._put(entries)
            except BaseException:
                self._waiting.extendleft(reversed(entries))  # for those who wait, to fail as well
                raise
        return entry

    def content(self, place: str, stamp: str) -> str | None:
        """The hash of a file that has not changed since it was noted."""
        found = self._read("SELECT content FROM file WHERE place = ? AND stamp = ?", place, stamp)
        return str(found[0][0]) if found else None

    def put_content(self, place: str, stamp: str, content: str) -> None:
        """Note the hash of a file, where paths are noted."""
        if self.paths:
            self._write("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", place, stamp, content)

    def merge(self, other: "Ledger") -> None:
        """Take over the items of another ledger: those with more attempts, or a later state."""
        changed: list[Entry] = []
        for entry in other.entries():
            own = self.entry(entry.key)
            if own is None or _age(own) < _age(entry):
                changed.append(entry)
        self._put(changed)

    def forget(self) -> None:
        """Erase everything: the rows are overwritten, then the files removed."""
        with self._lock:
            for table in ("run", "item", "file"):
                self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from here
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._database.execute("VACUUM")
        self.close()
        if self.path is not None:
            for suffix in OWN:
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)

    def close(self) -> None:
        """Close the file, and give the lease back."""
        with self._lock:
            self._database.close()
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _put(self, entries: Iterable[Entry]) -> None:
        rows = [self._row(entry) for entry in entries]
        with self._changing():
            self._database.executemany(
                "INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
            )

    @contextlib.contextmanager
    def _changing(self) -> Generator[None]:
        """A transaction, which is on the disk at its end."""
        try:
            with self._lock, self._database:
                self._database.execute("BEGIN IMMEDIATE")
                yield
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"the ledger {self.path} cannot be written: {error}",
                hint="make room on its disk, then resume the run",
            ) from None

    def _row(self, entry: Entry) -> tuple[Any, ...]:
        if not self.paths:
            error = entry.error and {k: v for k, v in entry.error.items() if k != "message"}
            asset = entry.asset and {**entry.asset, "name": ""}
            entry = replace(entry, place=None, error=error, asset=asset)
        values = asdict(entry)
        for name in ("asset", "job", "error"):
            values[name] = None if values[name] is None else json.dumps(values[name])
        return tuple(values.values())

    def _write(self, statement: str, *values: Any) -> None:
        with self._changing():
            self._database.execute(statement, values)

    def _read(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(statement, values).fetchall()

    def _release(self) -> None:
        if self._lease is not None:
            self._lease.close()


IDENTITY: Final = ("service", "job", "model", "parameters")
"""Settings of a run that its ledger holds on to."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What can be read of a ledger while a run is at work.

    Attributes:
        settings: Of the run.
        counts: Number of items by state.
        owner: Who worked on it last.
        open: The items that need a look: uncertain or failed.
    """

    settings: Mapping[str, Any]
    counts: Mapping[str, int]
    owner: str
    open: tuple[Entry, ...]


def overview(path: Path) -> Overview:
    """Read a ledger without taking its lease.

    Raises:
        ConfigurationError: There is none, or it is none.
    """
    with contextlib.closing(_reading(path)) as database:
        counts = Counter(dict(database.execute("SELECT state, count(*) FROM item GROUP BY state")))
        rows = database.execute(
            "SELECT * FROM item WHERE state IN ('uncertain', 'failed') ORDER BY place, key"
        )
        owner = database.execute("SELECT owner FROM run").fetchone()
        found = tuple(map(_entry, rows))
        return Overview(_settings(database), counts, str(owner[0]) if owner else "", found)


def _reading(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise ConfigurationError(f"there is no ledger {path}", hint="check its name")
    return _opened(path)


def _opened(path: Path | None) -> sqlite3.Connection:
    if path is not None and not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    database = sqlite3.connect(
        path or ":memory:", timeout=30, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
            database.execute(f"PRAGMA {setting}")
        database.executescript(_SCHEMA)
        found = database.execute("SELECT version FROM run").fetchone()
    except sqlite3.DatabaseError as error:
        database.close()
        raise ConfigurationError(
            f"{path} is no ledger: {error}", hint="name another file; ledgers are made by runs"
        ) from None
    if found is not None and found[0] != VERSION:
        database.close()
        raise ConfigurationError(f"{path} is of another version", hint="upgrade redenlab")
    return database


def _lease(path: Path) -> sqlite3.Connection:
    """The lease of a ledger: a lock of the system, which a process gives back when it dies."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(f"{path}-lock", os.O_CREAT | os.O_RDWR, 0o600))
    lock = sqlite3.connect(f"{path}-lock", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        owner = overview(path).owner if path.exists() else ""
        raise ConfigurationError(
            f"another run is using the ledger {path}: {owner or 'a process that just began'}",
            hint="wait for it, or name another ledger",
        ) from None
    return lock


def _age(entry: Entry) -> tuple[int, int]:
    return entry.attempts, STATES.index(entry.state)


def _settings(database: sqlite3.Connection) -> dict[str, Any]:
    found = database.execute("SELECT settings FROM run").fetchone()
    return cast("dict[str, Any]", json.loads(found[0])) if found else {}


def _entry(row: tuple[Any, ...]) -> Entry:
    read: list[Any] = list(row)
    for index, value in enumerate(row[5:8], 5):
        read[index] = None if value is None else json.loads(value)
    return Entry(*read)
