"""Where the sandbox keeps its files: recordings, secrets, the database, and a lock.

A recording is written under a temporary name while it arrives and renamed when it is complete, so
that a partial recording is never visible. No file has a name that callers send.
"""

import contextlib
import secrets
import sqlite3
from collections.abc import Generator
from pathlib import Path

from redenlab.core.auth.private_file import write_private
from redenlab.core.errors import ConfigurationError


class Folder:
    """The state folder of one sandbox, readable only by its owner (mode 0700).

    Attributes:
        root: The folder itself.
        files: Recordings and other long bodies, by their SHA-256.
        incoming: Those that are not complete.
    """

    def __init__(self, root: Path) -> None:
        """Create missing folders."""
        self.root: Path = root
        self.files: Path = root / "files"
        self.incoming: Path = root / "incoming"
        for folder in (root, self.files, self.incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @property
    def database(self) -> Path:
        """The file of the journal."""
        return self.root / "journal.sqlite"

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

    def secret(self, name: str, begin: str = "") -> str:
        """The secret stored under `name`; if there is none, `begin` and digits of chance."""
        path = self.root / name
        if not path.exists():
            write_private(path, f"{begin}{secrets.token_hex(32)}")
        return path.read_text()
