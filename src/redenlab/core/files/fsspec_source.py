"""Recordings behind URLs: https by ourselves, any other scheme through fsspec."""

import contextlib
import os
from collections.abc import Callable, Generator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import InputError, MissingExtra, RedenLabError
from redenlab.core.files import chained
from redenlab.core.files.chained import Link
from redenlab.core.files.http_source import HttpFile
from redenlab.core.files.names import CONTENT_TYPES, DEFAULT_NAME, FileName, place
from redenlab.core.files.recording import (
    Recording,
    checked_size,
    file_state,
    reason,
    spooled,
)
from redenlab.core.transport.route import Route

BLOCK_BYTES = 1024 * 1024
"""Read-ahead of a filesystem; the default of some is 50 MiB."""


def open_url(
    url: Secret, route: Route, seconds: float, filename: str | None, content_type: str | None
) -> Recording:
    """Open the file at `url`.

    Args:
        url: Such as ``https://host/a.wav``, ``s3://bucket/a.wav``, ``zip://a.wav::s3://b/c.zip``.
        route: How to reach the host of an https URL.
        seconds: Time for all of an https URL, reading included.
        filename: Name to send; ``None`` sends a pseudonym.
        content_type: ``None`` goes by the extension, or by the server where that says nothing.
    """
    shown, chain = place(url.reveal()), chained.links(url.reveal())
    chained.check(chain, route, shown)
    if len(chain) == 1 and chain[0].is_web:
        return _of_web(url, route, seconds, filename, content_type)
    core = _fsspec(chain, shown)
    with contextlib.ExitStack() as held:
        if chain[-1].is_web:
            copied = chained.copied(chain[-1], route, seconds)
            held.callback(copied.unlink)
            url = Secret("::".join([*(link.url for link in chain[:-1]), copied.as_uri()]))
        with _explained(shown):
            filesystem, path, size = _found(core, url)
            file = filesystem.open(path, "rb", block_size=BLOCK_BYTES)
        held.callback(file.close)
        names = FileName.of(os.path.basename(path.partition("?")[0]) or None, filename)
        # It holds the filesystem: some close their files when they are garbage-collected.
        state = partial(_state, filesystem, path)
        release = held.pop_all().close
    return _recording(shown, file, size, (names, content_type), release, state)


def _found(core: Any, url: Secret) -> tuple[Any, str, int | None]:
    """The filesystem, the path in it, and the size of the file."""
    filesystem, path = core.url_to_fs(url.reveal())
    archive: Any = getattr(filesystem, "fo", None)
    if (cache := getattr(archive, "cache", None)) is not None:
        cache.blocksize = BLOCK_BYTES
    return filesystem, path, filesystem.size(path)


def _of_web(
    url: Secret, route: Route, seconds: float, filename: str | None, content_type: str | None
) -> Recording:
    opened = HttpFile(url, route, seconds, None if route.egress.trust_sources else route.api)
    names = FileName.of(opened.name or None, filename)
    if (
        Path(filename or opened.name or DEFAULT_NAME).suffix.lower() not in CONTENT_TYPES
        and opened.content_type in CONTENT_TYPES.values()
    ):
        content_type = content_type or opened.content_type
    shown = place(url.reveal())
    file = cast("BinaryIO", opened)
    return _recording(shown, file, opened.size, (names, content_type), opened.close)


@contextlib.contextmanager
def _explained(shown: str) -> Generator[None]:
    """What filesystems raise, as errors of ours."""
    try:
        yield
    except RedenLabError:
        raise
    except ImportError as error:  # its text is fsspec's, and names the package
        raise MissingExtra(f"{shown} needs another package", hint=str(error)) from None
    except Exception as error:  # noqa: BLE001 - filesystems are plugins, and raise anything
        problem = _REASONS.get(type(error)) or reason(error)
        raise InputError(
            f"cannot read {shown}: {problem}", hint="check the URL and your access to it"
        ) from None


def _recording(  # noqa: PLR0913 - what a recording is made of
    shown: str,
    file: BinaryIO,
    size: int | None,
    names: tuple[FileName, str | None],
    release: Callable[[], object],
    state: Callable[[], object] | None = None,
) -> Recording:
    """The file as a recording; one of unknown size is copied."""
    try:
        if size is not None:
            checked = checked_size(size, shown)
            local = file_state(file) is not None
            return Recording(*names, checked, file, release, None if local else state)
        copied = spooled(file, *names)
    except BaseException:
        release()
        raise
    release()
    return copied


def _state(filesystem: Any, path: str) -> object:
    """A value that changes when the file is replaced; ``None`` where there is none."""
    try:
        return filesystem.ukey(path)
    except Exception:  # noqa: BLE001 - filesystems are plugins, and raise anything
        return None


_REASONS: Final = MappingProxyType[type[Exception], str](
    {
        FileNotFoundError: "it does not exist",
        KeyError: "it does not exist",  # in an archive
        PermissionError: "access was refused",
    }
)


def _fsspec(chain: Sequence[Link], shown: str) -> Any:
    """The module of fsspec that opens URLs; it has no types."""
    try:
        core: Any = import_module("fsspec.core")  # an extra
        registry: Any = import_module("fsspec.registry")
    except ImportError:
        raise MissingExtra(
            f"{shown} needs fsspec", hint="run: pip install 'redenlab[sources]'"
        ) from None
    for protocol in (link.scheme for link in chain if link.scheme):
        if protocol not in registry.registry and protocol not in registry.known_implementations:
            raise InputError(
                f"{shown}: no filesystem is known for {protocol}://", hint="check the spelling"
            )
    return core
