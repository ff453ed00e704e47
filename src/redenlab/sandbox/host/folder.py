"""Where the sandbox keeps its files: recordings, secrets, the database, and a lock.

A recording is written under a temporary name while it arrives and renamed when it is complete, so
that a partial recording is never visible. No file has a name that callers send.
"""

import asyncio
import contextlib
import os
import secrets
import sqlite3
import stat
import time
from collections.abc import Generator
from pathlib import Path

from starlette.concurrency import run_in_threadpool

from redenlab.core.auth.private_file import refuse_unsafe, write_private
from redenlab.core.errors import ConfigurationError

SWEEP_SECONDS = 60.0
"""Seconds between two looks for what is too old, at most."""


class Folder:
    """The state folder of one sandbox, readable only by its owner (mode 0700).

    Attributes:
        root: The folder itself.
        files: Recordings and other long bodies, by their SHA-256.
        incoming: Those that are not complete.
    """

    def __init__(self, root: Path) -> None:
        """Create missing folders.

        Raises:
            ConfigurationError: Others can write to the folder, or it belongs to another user: what
                is found there would be taken for keys and recordings of this sandbox.
        """
        self.root: Path = root
        self.files: Path = root / "files"
        self.incoming: Path = root / "incoming"
        for folder in (root, self.files, self.incoming):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                _refuse_shared(folder, folder.stat(), user=os.getuid())

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
        if os.name == "posix":
            refuse_unsafe(path, path.lstat(), user=os.getuid())
        return path.read_text()

    def sweep(self, before: float) -> int:
        """Delete what was received before a time, in seconds since the epoch; how many files."""
        count = 0
        for file in self.files.iterdir():
            with contextlib.suppress(FileNotFoundError):  # somebody else has deleted it
                if file.lstat().st_mtime < before:
                    file.unlink()
                    count += 1
        return count

    async def sweeping(self, seconds: float) -> None:
        """Delete what is older than `seconds`, for as long as the sandbox runs."""
        while True:
            await run_in_threadpool(self.sweep, time.time() - seconds)
            await asyncio.sleep(min(max(seconds / 10, 0.1), SWEEP_SECONDS))


def _refuse_shared(folder: Path, status: os.stat_result, *, user: int) -> None:
    if status.st_uid != user:
        raise ConfigurationError(
            f"{folder} belongs to another user", hint="name a folder of your own"
        )
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise ConfigurationError(f"others can write to {folder}", hint=f"run: chmod go-w {folder}")
