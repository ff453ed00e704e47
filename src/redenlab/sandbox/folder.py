"""Where the sandbox keeps its files: recordings, secrets, the database, and a lock.

A recording is written under a temporary name while it arrives and renamed when it is complete, so
that a partial recording is never visible. File names are our ids, never names that callers send.
"""

import contextlib
import secrets
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path

from redenlab.core.auth.private_file import write_private
from redenlab.core.errors import ConfigurationError


class Folder:
    """The state folder of one sandbox, readable only by its owner (mode 0700)."""

    def __init__(self, root: Path) -> None:
        """Create missing folders."""
        self.root: Path = root
        self._recordings = root / "recordings"
        self.incoming: Path = root / "incoming"
        for folder in (root, self._recordings, self.incoming):
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
            for leftover in self.incoming.iterdir():
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
