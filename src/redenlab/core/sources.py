"""Recordings: anything that bytes can be read from, made ready to be sent with an exact length.

A source is checked and opened before the first request. From then on the open descriptor counts,
so that a file that is renamed or deleted meanwhile does no harm, and one that is changed
meanwhile is noticed before its last byte is sent.
"""

import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Final, Self, cast

from redenlab.core.auth import Secret
from redenlab.core.errors import (
    FileChanged,
    InputError,
    NetworkError,
    RedenLabError,
    RequestTimeout,
)
from redenlab.core.network import Route

if TYPE_CHECKING:
    from redenlab.core.remotes import Remote

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path, the bytes themselves, or a binary file object; a ``str`` with ``://`` is a URL.

https URLs need nothing else; any other goes to the fsspec filesystem of its scheme.
"""

CHUNK = 1024 * 1024
MOST_BYTES = 5 * 1024**3
"""Largest body of one presigned PUT (RedenLab contract, section 1.4)."""

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
    }
)
_KNOWN_TYPES = frozenset(CONTENT_TYPES.values())
DEFAULT_NAME = "audio.wav"


class Recording:
    """An opened source.

    Attributes:
        name: Base name as sent to the service: printable ASCII, without quotes and separators.
        content_type: As it will be announced, to the letter.
        size: Exact length in bytes, above zero.
    """

    def __init__(  # noqa: PLR0913 - the functions below make it, nobody else
        self,
        name: str,
        content_type: str | None,
        size: int,
        file: BinaryIO,
        release: Callable[[], object],
        state: Callable[[], object] | None = None,
    ) -> None:
        """Read `size` bytes of `file` from where it stands; call `release` when done.

        What `state` gives changes with the contents; ``None`` looks at the file's descriptor.
        """
        self.name: str = _sendable(name)
        self.content_type: str = content_type or CONTENT_TYPES.get(
            Path(self.name).suffix.lower(), DEFAULT_CONTENT_TYPE
        )
        self.size = size
        self._file = file
        self._begin = file.tell()
        self._release = release
        self._state = state or partial(_state, file)
        self._before = self._state()

    def chunks(self) -> Iterator[bytes]:
        """The bytes from the beginning, in pieces of up to 1 MiB, together exactly `size`.

        Raises:
            FileChanged: The file is not what it was when it was opened, or cannot be read to its
                end. The last byte is withheld until that is known.
            RequestTimeout: It comes over a network, and the time is over.
        """
        self._rewind()
        left = self.size
        while left > CHUNK:
            chunk = self._read(CHUNK)
            left -= len(chunk)
            yield chunk
        last = self._exactly(left)
        self._confirm()
        yield last

    @property
    def begin(self) -> int:
        """Where in `file` the recording begins."""
        return self._begin

    @property
    def file(self) -> BinaryIO:
        """The opened file, which whoever reads from it leaves anywhere."""
        return self._file

    def close(self) -> None:
        """Close what we opened; a caller's file stays open, back at its position."""
        self._release()

    def __enter__(self) -> Self:
        """Close on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _rewind(self) -> None:
        """Go back to the beginning; what cannot go back can still be sent once."""
        try:
            if self._file.tell() != self._begin:
                self._file.seek(self._begin)
        except RedenLabError:
            raise
        except Exception as error:  # noqa: BLE001 - a source may be anybody's code
            problem = reason(error)
        else:
            return
        raise FileChanged(f"{self.name} could not be read again: {problem}")

    def _read(self, size: int) -> bytes:
        try:
            chunk = self._file.read(size)
        except RequestTimeout:
            raise
        except Exception as error:  # noqa: BLE001 - a source may be anybody's code
            problem = reason(error)
        else:
            if chunk:
                return chunk
            problem = "it is shorter than when it was opened"
        raise FileChanged(f"{self.name} could not be read to its end: {problem}")

    def _exactly(self, size: int) -> bytes:
        parts: list[bytes] = []
        while size:
            parts.append(self._read(size))
            size -= len(parts[-1])
        return b"".join(parts)

    def _confirm(self) -> None:
        if self._state() != self._before:
            raise FileChanged(
                f"{self.name} changed while it was read",
                hint="copy it first, or wait until it is complete",
            )


def recording(
    source: Source | Secret,
    route: Route | None = None,
    seconds: float = float("inf"),
    *,
    filename: str | None = None,
    content_type: str | None = None,
) -> Recording:
    """Open `source`.

    A stream that cannot seek has no known length, nor has a download whose server names none. They
    are first copied to a nameless temporary file (in memory up to 1 MiB); nothing else is.

    Args:
        source: See `Source`; an address may be wrapped already.
        route: How to get to the host of an https URL; ``None`` asks the environment for proxies.
        seconds: Time for an https URL, from now until its last byte is read. Files need none, and
            fsspec filesystems have limits of their own.
        filename: Name to send; ``None`` takes the path's, or ``audio.wav``.
        content_type: ``None`` goes by the extension, ``audio/wav`` when that says nothing.

    Raises:
        InputError: It is missing, unreadable, empty, over 5 GiB, no regular file, or opened as
            text.
        MissingExtra: It is a URL, and no filesystem for it is installed.
        RequestTimeout: It is an https URL whose host did not answer in time.
    """
    _refuse_header_breaks(content_type)
    source = _wrapped(source)
    if isinstance(source, bytes | bytearray | memoryview):
        return _of_bytes(memoryview(source), filename, content_type)
    if isinstance(source, Secret):
        from redenlab.core import remotes  # noqa: PLC0415 - for those who name an address

        remote = remotes.find(source, route or Route(), seconds)
        return _of_remote(remote, filename, content_type)
    if isinstance(source, str | os.PathLike):
        return _of_path(source, filename, content_type)
    if hasattr(source, "read"):
        return _of_file(source, filename, content_type)
    raise InputError(f"a recording cannot be read from {type(source).__name__}")


def opener(
    file_path: Source | None,
    s3_uri: str | None,
    *,
    filename: str | None = None,
    content_type: str | None = None,
) -> Callable[[Route, float], Recording]:
    """What opens the one source that was given; see `recording` for its two arguments.

    Raises:
        InputError: Neither or both were given.
    """
    if (file_path is None) == (s3_uri is None):
        raise InputError(
            "give either file_path or s3_uri"
            if file_path is None
            else "give file_path or s3_uri, not both"
        )
    if s3_uri is not None and "://" not in s3_uri:
        raise InputError("s3_uri is no address", hint="it looks like s3://bucket/name.wav")
    source = cast("Source", s3_uri if file_path is None else file_path)
    return _Opener(_wrapped(source), filename, content_type)


@dataclass(frozen=True, slots=True)
class _Opener:
    """Opens a source, and shows nothing of it."""

    source: Source | Secret = field(repr=False)
    filename: str | None
    content_type: str | None

    def __call__(self, route: Route | None = None, seconds: float = float("inf")) -> Recording:
        names = {"filename": self.filename, "content_type": self.content_type}
        return recording(self.source, route, seconds, **names)


def _wrapped(source: Source | Secret) -> Source | Secret:
    """An address is wrapped: its query may be a signature, which no traceback has to show."""
    return Secret(source) if isinstance(source, str) and "://" in source else source


def _of_bytes(view: memoryview, filename: str | None, content_type: str | None) -> Recording:
    size = _checked(view.nbytes, "the recording")
    file = cast("BinaryIO", _View(view))
    return Recording(filename or DEFAULT_NAME, content_type, size, file, lambda: None)


def _of_path(
    path: str | os.PathLike[str], filename: str | None, content_type: str | None
) -> Recording:
    shown = os.fspath(path)
    try:  # without waiting: opening a FIFO would block until somebody writes to it
        descriptor = os.open(shown, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
    else:
        try:
            size = _regular_size(shown, os.fstat(descriptor))
        except InputError:
            os.close(descriptor)
            raise
        file = os.fdopen(descriptor, "rb", buffering=0)
        name = filename or os.path.basename(shown)
        return Recording(name, content_type, size, cast("BinaryIO", file), file.close)
    raise InputError(f"cannot read {_sendable(str(shown))}: {problem}", hint="check the path")


_BINARY = getattr(os, "O_BINARY", 0)


def _regular_size(shown: str, status: os.stat_result) -> int:
    if stat.S_ISDIR(status.st_mode):
        raise InputError(f"{shown} is a directory", hint="name the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            f"{shown} is not a regular file", hint="open it yourself and pass the file object"
        )
    return _checked(status.st_size, shown)


def _of_file(file: BinaryIO, filename: str | None, content_type: str | None) -> Recording:
    if isinstance(file, io.TextIOBase):
        raise InputError("the file is opened as text", hint="open it with mode 'rb'")
    named = getattr(file, "name", None)
    name = filename or (os.path.basename(named) if isinstance(named, str) else DEFAULT_NAME)
    if not (hasattr(file, "seekable") and file.seekable()):
        return _of_stream(file, name, content_type)
    start = file.tell()
    size = file.seek(0, os.SEEK_END) - start
    file.seek(start)
    return Recording(name, content_type, _checked(size, name), file, lambda: file.seek(start))


def _of_stream(stream: BinaryIO, name: str, content_type: str | None) -> Recording:
    spool = cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=CHUNK))  # noqa: SIM115
    try:
        size = _checked(_copy(stream, spool, name), name)
    except BaseException:
        spool.close()
        raise
    spool.seek(0)
    return Recording(name, content_type, size, spool, spool.close)


def _copy(stream: BinaryIO, spool: BinaryIO, name: str) -> int:
    """Bytes copied: all of them, or more than anybody takes."""
    size = 0
    try:
        while size <= MOST_BYTES and (chunk := stream.read(CHUNK)):
            size += spool.write(chunk)
    except RequestTimeout:
        raise
    except Exception as error:  # noqa: BLE001 - a source may be anybody's code
        problem = reason(error)
    else:
        return size
    raise InputError(f"cannot read {_sendable(name)} to its end: {problem}")


def _of_remote(remote: "Remote", filename: str | None, content_type: str | None) -> Recording:
    name = filename or remote.name or DEFAULT_NAME
    if Path(name).suffix.lower() not in CONTENT_TYPES and remote.content_type in _KNOWN_TYPES:
        content_type = content_type or remote.content_type
    try:
        if remote.size is not None:
            size = _checked(remote.size, remote.shown)
            state = remote.state if _state(remote.file) is None else None
            return Recording(name, content_type, size, remote.file, remote.close, state)
        spooled = _of_stream(remote.file, name, content_type)
    except BaseException:
        remote.close()
        raise
    remote.close()
    return spooled


def reason(error: Exception) -> str:
    """Why something could not be read, in words that hold no address."""
    if isinstance(error, NetworkError):
        return error.message
    strerror = error.strerror if isinstance(error, OSError) else None
    return strerror or type(error).__name__


def _checked(size: int, shown: str) -> int:
    if size <= 0:
        raise InputError(f"{shown} is empty")
    if size > MOST_BYTES:
        raise InputError(f"{shown} has {size} bytes; one upload takes at most {MOST_BYTES}")
    return size


def _sendable(name: str) -> str:
    """A base name that any server and log can bear: printable ASCII, at most 120 characters."""
    base = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(
        c if c.isascii() and c.isprintable() and c not in '"%?#<>|*:' else "_" for c in base
    )
    stem, suffix = os.path.splitext(kept)
    return f"{stem[: 120 - len(suffix[:20])]}{suffix[:20]}".strip() or DEFAULT_NAME


def _refuse_header_breaks(content_type: str | None) -> None:
    if content_type is not None and not (content_type.isascii() and content_type.isprintable()):
        raise InputError("the content type has characters that no header may have")


def _state(file: BinaryIO) -> tuple[int, ...] | None:
    """What changes when somebody writes to the file; ``None`` for what is no file."""
    try:
        status = os.fstat(file.fileno())
    except (OSError, AttributeError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


class _View:
    """A file over bytes in memory, which are not copied but for the piece being sent."""

    def __init__(self, view: memoryview) -> None:
        self._view = view.cast("B") if view.contiguous else memoryview(bytes(view))
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, at: int) -> int:
        self._at = at
        return at

    def read(self, size: int) -> bytes:
        piece = bytes(self._view[self._at : self._at + size])
        self._at += len(piece)
        return piece
