"""A body that is being received: written to disk while it arrives, and digested."""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Self

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

BUFFER_BYTES = 1024 * 1024
"""Bytes buffered in memory before they are written."""


class Incoming:
    """A temporary file; leaving the ``with`` block removes it, unless it was renamed.

    Attributes:
        path: The file, readable only by its owner.
    """

    def __init__(self, folder: Path) -> None:
        """Create the file in `folder`."""
        descriptor, name = tempfile.mkstemp(dir=folder)
        self.path: Path = Path(name)
        self._file = os.fdopen(descriptor, "wb")
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._sha256 = hashlib.sha256()

    @property
    def etag(self) -> str:
        """MD5 of the bytes so far, in hexadecimal digits."""
        return self._md5.hexdigest()

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes so far, in hexadecimal digits."""
        return self._sha256.hexdigest()

    async def receive(self, request: Request, size: int) -> None:
        """Write the body of `request`, and close the file.

        Raises:
            ClientDisconnect: It ended before `size` bytes.
        """
        buffer = bytearray()
        async for chunk in request.stream():
            buffer += chunk
            size -= len(chunk)
            if buffer and (len(buffer) >= BUFFER_BYTES or not size):
                await run_in_threadpool(self.write, bytes(buffer))
                buffer.clear()
        await run_in_threadpool(self._file.close)

    def write(self, chunk: bytes) -> None:
        """Append a chunk."""
        self._md5.update(chunk)
        self._sha256.update(chunk)
        self._file.write(chunk)

    def close(self) -> None:
        """Close the file, whose bytes are complete."""
        self._file.close()

    def __enter__(self) -> Self:
        """Remove the file on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Remove the file."""
        try:
            self._file.close()
        finally:  # a full disk may raise only when the last bytes are flushed
            self.path.unlink(missing_ok=True)
