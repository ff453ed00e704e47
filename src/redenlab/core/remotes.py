"""Files that are somewhere else: on the web, or wherever an fsspec filesystem reaches."""

import os
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import Any, BinaryIO, Final, cast

from redenlab.core import links
from redenlab.core.auth import Secret
from redenlab.core.downloads import Download
from redenlab.core.errors import InputError, MissingExtra, RedenLabError
from redenlab.core.network import Route
from redenlab.core.sources import reason

BLOCK = 1024 * 1024
"""Bytes that a filesystem may read ahead; some of them take 50 MiB by themselves."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that is somewhere else, open.

    Attributes:
        shown: Its address for people, without anything secret.
        name: Base name; may be empty.
        size: Length in bytes; ``None`` when nobody says.
        content_type: As its server says; may be empty.
        file: Can be read, and perhaps sought in.
        filesystem: Kept meanwhile, since some close their files when they are forgotten.
        path: Where `filesystem` has it.
    """

    shown: str
    name: str
    size: int | None
    content_type: str
    file: BinaryIO
    filesystem: Any = None
    path: str = field(default="", repr=False)

    def state(self) -> object:
        """What changes when somebody replaces the file; ``None`` when that cannot be told."""
        try:
            return None if self.filesystem is None else self.filesystem.ukey(self.path)
        except Exception:  # noqa: BLE001 - filesystems are plugins, and raise what they like
            return None

    def close(self) -> None:
        """Let go of it."""
        self.file.close()


def find(url: Secret, route: Route, seconds: float) -> Remote:
    """Open the file at `url`: https by ourselves, anything else through fsspec.

    Args:
        url: Such as ``https://host/a.wav``, ``s3://bucket/a.wav``, ``zip://a.wav::s3://b/c.zip``.
        route: How to get to the host of an https URL.
        seconds: Time for all of an https URL, reading included.

    Raises:
        InputError: It is not there, or may not be read.
        MissingExtra: Its filesystem is not installed.
        RequestTimeout: Its host did not answer in time.
    """
    shown, protocols = links.shown(url.reveal()), _protocols(url.reveal())
    if protocols[0].lower() in {"https", "http"}:
        download = Download(url, route, seconds)
        file = cast("BinaryIO", download)
        return Remote(shown, download.name, download.size, download.content_type, file)
    core = _fsspec(protocols, shown)
    try:
        return _opened(core, url, shown)
    except RedenLabError:
        raise
    except Exception as error:  # noqa: BLE001 - filesystems are plugins, and raise what they like
        problem = _REASONS.get(type(error)) or reason(error)
    raise InputError(f"cannot read {shown}: {problem}", hint="check the address and your access")


def _protocols(url: str) -> list[str]:
    """One may lie in another: ``zip://a.wav::s3://bucket/b.zip``."""
    return [link.partition("://")[0] for link in url.split("::") if "://" in link]


def _opened(core: Any, url: Secret, shown: str) -> Remote:
    filesystem, path = core.url_to_fs(url.reveal())
    if (inner := getattr(filesystem, "fo", None)) is not None:  # that of the archive itself
        _read_little(inner)
    size = filesystem.size(path)
    file = filesystem.open(path, "rb", block_size=BLOCK)
    name = os.path.basename(path.partition("?")[0])
    return Remote(shown, name, size, "", file, filesystem, path)


def _read_little(file: Any) -> None:
    """Keep a file that we did not open ourselves from reading far ahead."""
    cache: Any = getattr(file, "cache", None)
    if cache is not None:
        cache.blocksize = BLOCK


_REASONS: Final = MappingProxyType[type[Exception], str](
    {
        FileNotFoundError: "there is nothing there",
        KeyError: "there is nothing there",  # in an archive
        PermissionError: "access was refused",
    }
)


def _fsspec(protocols: list[str], shown: str) -> Any:
    """The part of fsspec that reads addresses; it has no types."""
    try:
        core: Any = import_module("fsspec.core")  # an extra
        registry: Any = import_module("fsspec.registry")
    except ImportError:
        raise MissingExtra(
            f"{shown} needs fsspec", hint="run: pip install 'redenlab[sources]'"
        ) from None
    for protocol in protocols:
        _check(protocol, shown, registry)
    return core


def _check(protocol: str, shown: str, registry: Any) -> None:
    try:
        registry.get_filesystem_class(protocol)
    except ImportError:
        known = registry.known_implementations.get(protocol, {})
        raise MissingExtra(
            f"{shown} needs a filesystem for {protocol}://",
            hint=known.get("err", "install its filesystem"),
        ) from None
    except ValueError:
        raise InputError(
            f"{shown}: no filesystem is known for {protocol}://", hint="check the spelling"
        ) from None
