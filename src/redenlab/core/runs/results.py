"""Where the results of a run are kept: a file of the caller's choice, or one that has no name.

Each ended item is a line of JSON, written before the ledger says that it has ended. A line that a
killed process left without its end is removed; an item that has several counts by its last.
"""

import json
import os
import tempfile
import threading
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from redenlab.core.errors import ConfigurationError


class Results:
    """Results by the keys of their items; in memory is where each line begins. Thread-safe."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        """Open a file of JSON lines, or make it, readable by its owner alone (mode 0600).

        Args:
            path: ``None`` takes a temporary file, which is gone at the end.

        Raises:
            ConfigurationError: It cannot be opened.
        """
        self.path: Path | None = None if path is None else Path(path).expanduser().absolute()
        self._lock = threading.Lock()
        self._begins: dict[str, int] = {}
        self._file = _unnamed() if self.path is None else _opened(self.path)
        weakref.finalize(self, self._file.close)
        self._index()

    def _index(self) -> None:
        begin = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                self._file.truncate(begin)
                break
            key = _read(line).get("key")
            if isinstance(key, str):
                self._begins[key] = begin
            begin += len(line)

    def __contains__(self, key: str) -> bool:
        return key in self._begins

    def get(self, key: str) -> dict[str, Any] | None:
        """The line of an item; ``None`` where there is none."""
        with self._lock:
            begin = self._begins.get(key)
            if begin is None:
                return None
            self._file.seek(begin)
            return _read(self._file.readline())

    def put(self, key: str, line: Mapping[str, Any]) -> None:
        """Write the line of an item.

        It outlives the process. After a power cut it may be gone, and is fetched again.
        """
        text = json.dumps({"key": key, **line}, default=str).encode() + b"\n"
        with self._lock:
            begin = self._file.seek(0, os.SEEK_END)
            self._file.write(text)
            self._file.flush()
            self._begins[key] = begin

    def all(self) -> Iterator[dict[str, Any]]:
        """The line of each item, in the order in which they ended."""
        for key in sorted(self._begins, key=self._begins.__getitem__):
            found = self.get(key)
            if found is not None:
                yield found


def _read(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _unnamed() -> BinaryIO:
    return cast("BinaryIO", tempfile.TemporaryFile())


def _opened(path: Path) -> BinaryIO:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return os.fdopen(os.open(path, os.O_CREAT | os.O_RDWR, 0o600), "r+b")
    except OSError as error:
        problem = f"the results cannot be written to {path}: {error.strerror}"
        raise ConfigurationError(problem, hint="name another file") from None
