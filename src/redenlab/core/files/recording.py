"""An opened recording: its bytes in chunks, exactly as many as were announced."""

import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, Self, cast

from redenlab.core.errors import (
    FileChanged,
    InputError,
    NetworkError,
    RedenLabError,
    RequestTimeout,
)

CHUNK_BYTES = 1024 * 1024
DEFAULT_CONTENT_TYPE = "audio/wav"
CONTENT_TYPES: Final = MappingProxyType(
    {
        ".wav": "audio/wav",
        ".wave": "audio/wav",
        ".mp3": "audio/mpeg",
        ".m4a": "audio/mp4",
        ".flac": "audio/flac",
        ".ogg": "audio/ogg",
        ".opus": "audio/opus",
        ".jsonl": "application/jsonl",
    }
)
DEFAULT_NAME = "audio.wav"

MAX_BYTES = 5 * 1024**3
"""Largest body of one presigned PUT (RedenLab contract, section 1.4)."""


class Recording:
    """An opened source.

    Attributes:
        name: Base name as sent to the service: printable ASCII, without quotes and separators.
        content_type: As it will be announced, to the letter.
        size: Exact length in bytes, above zero.
    """

    def __init__(  # noqa: PLR0913 - made by the functions below alone
        self,
        name: str,
        content_type: str | None,
        size: int,
        file: BinaryIO,
        release: Callable[[], object],
        state: Callable[[], object] | None = None,
    ) -> None:
        """Read `size` bytes of `file` from its position; call `release` when done.

        The value of `state()` changes with the contents; ``None`` uses that of the descriptor.
        """
        self.name: str = sendable_name(name)
        self.content_type: str = content_type or _type_of(self.name)
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
            raise FileChanged(f"{self.name} could not be read again: {reason(error)}") from None

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
        raise FileChanged(f"{self.name} could not be read to its end: {problem}")

    def _confirm(self) -> None:
        if self._state() != self._before:
            raise FileChanged(f"{self.name} changed while it was read")


def sendable_name(name: str) -> str:
    """A base name safe for servers and logs: printable ASCII, at most 120 characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        c if c.isascii() and c.isprintable() and c not in '"%?#<>|*:' else "_" for c in base
    )
    stem, suffix = os.path.splitext(kept)
    return f"{stem[: 120 - len(suffix[:20])]}{suffix[:20]}".strip() or DEFAULT_NAME


def file_state(file: BinaryIO) -> tuple[int, ...] | None:
    """A value that changes when the file is written to; ``None`` for what is no file."""
    try:
        status = os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def spooled(stream: BinaryIO, name: str, content_type: str | None) -> Recording:
    """A recording that is copied, since its length is unknown or it cannot be sought in."""
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=CHUNK_BYTES))  # noqa: SIM115
    try:
        size = checked_size(_copy(stream, spool, name), name)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return Recording(name, content_type, size, spool, spool.close)


def _copy(stream: BinaryIO, spool: BinaryIO, name: str) -> int:
    """Bytes copied: all of them, or more than the largest upload."""
    size = 0
    try:
        while size <= MAX_BYTES and (chunk := stream.read(CHUNK_BYTES)):
            size += spool.write(chunk)
    except RequestTimeout:
        raise
    except Exception as error:  # noqa: BLE001 - a source may be any object
        raise InputError(f"cannot read {sendable_name(name)} to its end: {reason(error)}") from None
    return size


def reason(error: Exception) -> str:
    """Why something could not be read, in a text without addresses."""
    if isinstance(error, NetworkError):
        return error.message
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or type(error).__name__


def checked_size(size: int, shown: str) -> int:
    """`size` in bytes, if an upload may have it."""
    if size <= 0:
        raise InputError(f"{shown} is empty", hint="pass a recording that holds data")
    if size > MAX_BYTES:
        raise InputError(
            f"{shown} has {size} bytes; one upload takes at most {MAX_BYTES}",
            hint="cut it, or use a compressed format",
        )
    return size


def _type_of(name: str) -> str:
    """The type that the extension of a name stands for."""
    suffix = Path(name).suffix.lower()
    known = CONTENT_TYPES.get(suffix)
    if known is not None or not suffix:
        return known or DEFAULT_CONTENT_TYPE
    import mimetypes  # noqa: PLC0415 - for what is no usual recording

    guess, _ = mimetypes.guess_type(name)
    told = guess is not None and guess != "application/octet-stream"
    return str(guess) if told else DEFAULT_CONTENT_TYPE
