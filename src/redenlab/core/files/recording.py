"""An opened recording: its bytes in chunks, exactly as many as were announced."""

import io
import os
import stat
import tempfile
from collections.abc import Callable, Generator, Iterator
from functools import partial
from itertools import chain
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
SPOOL_BYTES = 64 * 1024
"""Bytes per write of a copy: larger ones cost Linux several times the work."""


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

    def chunks(self) -> "Chunks":
        """The bytes from the beginning, in chunks of up to 1 MiB, together exactly `size`."""
        return Chunks(self._chunks(), self._file)

    def _chunks(self) -> Generator[bytes]:
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


class Chunks(Iterator[bytes]):
    """The bytes of a file in chunks."""

    def __init__(self, chunks: Iterator[bytes], file: BinaryIO) -> None:
        self._chunks = chunks
        self._file = file

    def __next__(self) -> bytes:
        return next(self._chunks)

    def is_ready(self) -> bool:
        """Whether the next chunk is in memory, so that reading it cannot stall."""
        return is_cached(self._file, CHUNK_BYTES)


def is_cached(file: BinaryIO, size: int) -> bool:
    """Whether the system has the next `size` bytes of a file in memory, or all that are left.

    Unknown where the system does not say, and for whatever is not exactly a file of Python.
    """
    if type(file) is io.BytesIO:
        return True
    if type(file) is not io.FileIO or not hasattr(os, "RWF_NOWAIT"):
        return False
    try:
        descriptor, at = file.fileno(), file.tell()
        end = os.fstat(descriptor).st_size
        for spot in (at, min(at + size, end) - 1):
            os.preadv(descriptor, [bytearray(1)], max(spot, 0), os.RWF_NOWAIT)
    except (OSError, ValueError):  # it is not, or the file system cannot tell
        return False
    return True


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
    spool = _spool(stream)
    try:
        size = checked_size(spool.seek(0, os.SEEK_END))
        spool.seek(0)
        return Recording(names, content_type, size, spool, spool.close)
    except BaseException:
        spool.close()
        raise


def _spool(stream: BinaryIO) -> BinaryIO:
    """A copy of a stream: in memory if it is small, otherwise in an unnamed file.

    It has all bytes, or more than the largest upload may have.
    """
    begin = io.BytesIO()
    while begin.tell() <= CHUNK_BYTES:
        piece = _piece(stream)
        if not piece:
            return begin
        begin.write(piece)
    file = cast("BinaryIO", tempfile.TemporaryFile(buffering=0))  # noqa: SIM115 - the caller closes
    size = 0
    try:
        for piece in chain([begin.getvalue()], iter(partial(_piece, stream), b"")):
            size += _written(file, piece)
            if size > MAX_BYTES:
                break
    except BaseException:
        file.close()
        raise
    return file


def _written(file: BinaryIO, piece: bytes) -> int:
    left = memoryview(piece)
    while left:
        left = left[file.write(left[:SPOOL_BYTES]) :]
    return len(piece)


def _piece(stream: BinaryIO) -> bytes:
    """The next bytes of a stream; none at its end."""
    try:
        return stream.read(CHUNK_BYTES)
    except RequestTimeout:
        raise
    except Exception as error:  # noqa: BLE001 - a source may be any object
        raise InputError(f"cannot read the recording to its end: {reason(error)}") from None


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
