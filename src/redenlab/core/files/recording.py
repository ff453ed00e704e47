"""An opened recording: its bytes in chunks, exactly as many as were announced."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, Self, cast

from redenlab.core.errors import (
    FileChanged,
    InputError,
    NetworkError,
    RedenLabError,
    RequestTimeout,
)
from redenlab.core.files.names import FileName

CHUNK_BYTES = 1024 * 1024

MAX_BYTES = 5 * 1024**3
"""Largest body of one presigned PUT (RedenLab contract, section 1.4)."""


class Recording:
    """An opened source.

    Attributes:
        name: As sent to the service, a pseudonym unless the caller chose otherwise: printable
            ASCII, without quotes and separators.
        own_name: The caller's own; ``None`` where there is none.
        content_type: As it will be announced, to the letter.
        size: Exact length in bytes, above zero.
    """

    def __init__(  # noqa: PLR0913 - made by the functions below alone
        self,
        names: FileName,
        content_type: str | None,
        size: int,
        file: BinaryIO,
        release: Callable[[], object],
        state: Callable[[], object] | None = None,
    ) -> None:
        """Read `size` bytes of `file` from its position; call `release` when done.

        The value of `state()` changes with the contents; ``None`` uses that of the descriptor.
        """
        self._names = names
        self.content_type: str = content_type or names.content_type
        self.size = size
        self._file = file
        self._begin = file.tell()
        self._release = release
        self._state = state or partial(file_state, file)
        self._before = self._state()

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning, in chunks of up to 1 MiB, together exactly `size`."""
        self._rewind()
        left = self.size
        while left:
            chunk = self._read(min(left, CHUNK_BYTES))
            left -= len(chunk)
            if not left:
                self._confirm()  # before the last bytes are sent
            yield chunk

    @property
    def name(self) -> str:
        """See the class."""
        return self._names.sent

    @property
    def own_name(self) -> str | None:
        """See the class."""
        return self._names.own

    def disclose(self) -> Self:
        """This recording, sent by the caller's own name."""
        self._names = self._names.disclosed
        return self

    @property
    def begin(self) -> int:
        """Position in `file` at which the recording begins, in bytes."""
        return self._begin

    @property
    def file(self) -> BinaryIO:
        """The opened file; reading it moves its position."""
        return self._file

    def close(self) -> None:
        """Close what we opened; a caller's file stays open, at its former position."""
        self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _rewind(self) -> None:
        """Seek to the beginning; a source that cannot seek can be sent once."""
        try:
            if self._file.tell() != self._begin:
                self._file.seek(self._begin)
        except RedenLabError:
            raise
        except Exception as error:  # noqa: BLE001 - a source may be any object
            raise self._changed(f"could not be read again: {reason(error)}") from None

    def _read(self, size: int) -> bytes:
        try:
            chunk = self._file.read(size)
        except RequestTimeout:
            raise
        except Exception as error:  # noqa: BLE001 - a source may be any object
            problem = reason(error)
        else:
            if chunk:
                return chunk
            problem = "it is shorter than when it was opened"
        raise self._changed(f"could not be read to its end: {problem}")

    def _confirm(self) -> None:
        if self._state() != self._before:
            raise self._changed("changed while it was read")

    def _changed(self, problem: str) -> FileChanged:
        return FileChanged(f"{self.name} {problem}").of_file(self.own_name)


def file_state(file: BinaryIO) -> tuple[int, ...] | None:
    """A value that changes when the file is written to; ``None`` for what is no file."""
    try:
        status = os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def spooled(stream: BinaryIO, names: FileName, content_type: str | None) -> Recording:
    """A recording that is copied, since its length is unknown or it cannot be sought in."""
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=CHUNK_BYTES))  # noqa: SIM115
    try:
        size = checked_size(_copy(stream, spool))
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return Recording(names, content_type, size, spool, spool.close)


def _copy(stream: BinaryIO, spool: BinaryIO) -> int:
    """Bytes copied: all of them, or more than the largest upload."""
    size = 0
    try:
        while size <= MAX_BYTES and (chunk := stream.read(CHUNK_BYTES)):
            size += spool.write(chunk)
    except RequestTimeout:
        raise
    except Exception as error:  # noqa: BLE001 - a source may be any object
        raise InputError(f"cannot read the recording to its end: {reason(error)}") from None
    return size


def reason(error: Exception) -> str:
    """Why something could not be read, in a text without addresses."""
    if isinstance(error, NetworkError):
        return error.message
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or type(error).__name__


def checked_size(size: int, shown: str = "the recording") -> int:
    """`size` in bytes, if an upload may have it."""
    if size <= 0:
        raise InputError(f"{shown} is empty", hint="pass a recording that holds data")
    if size > MAX_BYTES:
        raise InputError(
            f"{shown} has {size} bytes; one upload takes at most {MAX_BYTES}",
            hint="cut it, or use a compressed format",
        )
    return size
