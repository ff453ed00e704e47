"""Where the sandbox keeps its files: recordings, secrets, the database, and a lock.

A recording is written under a temporary name while it arrives and renamed when it is complete, so
that a partial recording is never visible. File names are our ids, never names that callers send.
"""

import contextlib
import hashlib
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Self

from redenlab.core.auth.private_file import write_private
from redenlab.core.errors import ConfigurationError


class Folder:
    """The state folder of one sandbox, readable only by its owner (mode 0700)."""

    def __init__(self, root: Path) -> None:
        """Create missing folders."""
        self.root = root
        self._recordings = root / "recordings"
        self._incoming = root / "incoming"
        for folder in (root, self._recordings, self._incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        """The file of `redenlab.sandbox.records`."""
        return self.root / "records.sqlite"

    @contextlib.contextmanager
    def held(self) -> Generator[None]:
        """Lock the folder against other sandboxes, and remove incomplete recordings.

        SQLite's own lock works on all systems, and a crash releases it.

        Raises:
            ConfigurationError: Another sandbox is using the folder.
        """
        lock = sqlite3.connect(
            self.root / "lock.sqlite", timeout=0, isolation_level=None, check_same_thread=False
        )
        with contextlib.closing(lock):
            try:
                lock.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                raise ConfigurationError(
                    f"another sandbox is using {self.root}", hint="stop it, or name another folder"
                ) from None
            for leftover in self._incoming.iterdir():
                leftover.unlink()
            yield

    def secret(self, name: str, make: Callable[[], str] = secrets.token_urlsafe) -> str:
        """The secret stored under `name`; created with `make` if there is none."""
        path = self.root / name
        if not path.exists():
            write_private(path, make())
        return path.read_text()

    def recording(self, upload_id: str) -> Path:
        """The path of the recording of an upload that is complete."""
        return self._recordings / upload_id

    def incoming(self, upload_id: str) -> "Incoming":
        """A temporary file for the recording of an upload."""
        return Incoming(self._incoming, self.recording(upload_id))


class Incoming:
    """A recording that is being received. Leaving the ``with`` block without `keep` discards it."""

    def __init__(self, folder: Path, target: Path) -> None:
        """Open a temporary file in `folder`."""
        descriptor, temporary = tempfile.mkstemp(dir=folder)
        self._temporary = Path(temporary)
        self._file = os.fdopen(descriptor, "wb")
        self._target = target
        self._digest = hashlib.md5(usedforsecurity=False)  # what S3 calls the ETag

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        self._digest.update(chunk)
        self._file.write(chunk)

    def keep(self) -> str:
        """Move the recording to its final path.

        Returns:
            The MD5 of its bytes in hexadecimal digits.
        """
        self._file.close()
        self._temporary.replace(self._target)
        return self._digest.hexdigest()

    def __enter__(self) -> Self:
        """Discard on leaving, unless kept."""
        return self

    def __exit__(self, *_: object) -> None:
        """Discard, unless kept."""
        try:
            self._file.close()
        finally:  # a full disk may raise only when the last bytes are flushed
            self._temporary.unlink(missing_ok=True)
