"""Recordings: anything that bytes can be read from, ready to be sent with an exact length.

A source is checked and opened before the first request. From then on the open descriptor is read,
so renaming or deleting the file does no harm; a file that changes meanwhile is noticed before its
last byte is sent.
"""

import io
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeGuard, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import InputError, RedenLabError
from redenlab.core.files.names import FileName
from redenlab.core.files.recording import Recording, checked_size, spooled
from redenlab.core.transport.headers import is_value
from redenlab.core.transport.route import Route

Source = str | os.PathLike[str] | bytes | bytearray | memoryview | BinaryIO
"""A path, the bytes themselves, or a binary file object; a ``str`` with ``://`` is a URL.

https URLs need nothing else; any other goes to the fsspec filesystem of its scheme.
"""


def open_recording(
    source: Source | Secret,
    route: Route | None = None,
    seconds: float = float("inf"),
    *,
    filename: str | None = None,
    content_type: str | None = None,
) -> Recording:
    """Open `source`.

    A stream that cannot seek has no known length, nor has a download whose server sends none. They
    are first copied to an unnamed temporary file (in memory up to 1 MiB); nothing else is.

    Args:
        source: See `Source`; a URL may be wrapped already.
        route: How to reach the host of an https URL; ``None`` takes proxies of the environment.
        seconds: Time for an https URL, from now until its last byte is read; not for files and
            fsspec filesystems, which have limits of their own.
        filename: Name to send; ``None`` sends a pseudonym, ``audio.wav`` where there is no name.
        content_type: ``None`` goes by the extension, ``audio/wav`` when that says nothing.
    """
    _refuse_header_breaks(content_type)
    if route is not None and route.strict and isinstance(source, str | Secret):
        _refuse_local(source.reveal() if isinstance(source, Secret) else source)
    source = wrapped(source)
    if isinstance(source, bytes | bytearray | memoryview):
        return _of_bytes(memoryview(source), filename, content_type)
    own = own_name(source)
    try:
        if isinstance(source, Secret):
            from redenlab.core.files import fsspec_source  # noqa: PLC0415 - for URLs alone

            names = (filename, content_type)
            return fsspec_source.open_url(source, route or Route(), seconds, *names)
        if isinstance(source, str | os.PathLike):
            return _of_path(source, FileName.of(own, filename), content_type)
        if hasattr(source, "read"):
            return _of_file(source, FileName.of(own, filename), content_type)
    except RedenLabError as error:
        raise error.of_file(own) from None
    raise InputError(
        f"a recording cannot be read from {type(source).__name__}",
        hint="pass a path, a URL, bytes or a binary file object",
    )


def own_name(source: object) -> str | None:
    """What the caller calls a path, a URL or an open file; ``None`` where it has no name."""
    if isinstance(source, Secret):
        return source.reveal().partition("::")[0].partition("?")[0].rpartition("/")[2] or None
    found: object = source if _is_path(source) else getattr(source, "name", None)
    return os.path.basename(os.fsdecode(found)) if _is_path(found) else None


def _is_path(source: object) -> TypeGuard[str | os.PathLike[str]]:
    return isinstance(source, str | os.PathLike)


@dataclass(frozen=True, slots=True)
class Opener:
    """Opens a source, by route and seconds left; its repr leaves the source out."""

    source: Source | Secret = field(repr=False)
    filename: str | None = None
    content_type: str | None = None

    @property
    def path(self) -> Path | None:
        """Where the source is on this machine; ``None`` where it was not given as a path."""
        if isinstance(self.source, str | os.PathLike):
            return Path(os.fsdecode(self.source)).absolute()
        return None

    def __call__(self, route: Route | None = None, seconds: float = float("inf")) -> Recording:
        """See `open_recording`."""
        names = {"filename": self.filename, "content_type": self.content_type}
        return open_recording(self.source, route, seconds, **names)


def wrapped(source: Source | Secret) -> Source | Secret:
    """A URL is wrapped, because its query may be a signature."""
    return Secret(source) if isinstance(source, str) and "://" in source else source


def _refuse_local(text: str) -> None:
    """Refuse a text that names a file of this machine, in any part of an fsspec chain."""
    links = text.split("::")
    *_, last = links
    if "://" not in last or any(link.partition("://")[0].lower() in _LOCAL for link in links):
        raise InputError(
            "the recording is a file of this machine, named by a text",
            hint="the client is strict: give a pathlib.Path, or an open file",
        )


_LOCAL = frozenset({"file", "local"})


def _of_bytes(view: memoryview, filename: str | None, content_type: str | None) -> Recording:
    size = checked_size(view.nbytes)
    file = cast("BinaryIO", _View(view))
    return Recording(FileName.of(None, filename), content_type, size, file, lambda: None)


def _of_path(path: str | os.PathLike[str], names: FileName, content_type: str | None) -> Recording:
    try:  # non-blocking: opening a FIFO would wait for a writer
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _BINARY)
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot read the recording: {problem}", hint="check its path") from None
    try:
        size = _regular_size(os.fstat(descriptor))
    except InputError:
        os.close(descriptor)
        raise
    file = os.fdopen(descriptor, "rb", buffering=0)
    return Recording(names, content_type, size, cast("BinaryIO", file), file.close)


_BINARY = getattr(os, "O_BINARY", 0)


def _regular_size(status: os.stat_result) -> int:
    if stat.S_ISDIR(status.st_mode):
        raise InputError("the recording is a directory", hint="pass the files in it")
    if not stat.S_ISREG(status.st_mode):
        raise InputError(
            "the recording is not a regular file", hint="open it yourself and pass the file object"
        )
    return checked_size(status.st_size)


def _of_file(file: BinaryIO, names: FileName, content_type: str | None) -> Recording:
    if isinstance(file, io.TextIOBase):
        raise InputError("the file is opened as text", hint="open it with mode 'rb'")
    if not (hasattr(file, "seekable") and file.seekable()):
        return spooled(file, names, content_type)
    start = file.tell()
    size = file.seek(0, os.SEEK_END) - start
    file.seek(start)
    return Recording(names, content_type, checked_size(size), file, lambda: file.seek(start))


def _refuse_header_breaks(content_type: str | None) -> None:
    if content_type is not None and not is_value(content_type):
        raise InputError(
            "the content type has characters that no header may have", hint="such as: audio/wav"
        )


class _View:
    """A file over bytes in memory, of which only the current chunk is copied."""

    def __init__(self, view: memoryview) -> None:
        self._view = view.cast("B") if view.contiguous else memoryview(bytes(view))
        self._at = 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        begin = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: len(self._view)}[whence]
        self._at = begin + offset
        return self._at

    def read(self, size: int) -> bytes:
        chunk = bytes(self._view[self._at : self._at + size])
        self._at += len(chunk)
        return chunk
