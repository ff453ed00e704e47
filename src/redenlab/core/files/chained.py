"""URLs of fsspec as chains: ``zip://a.wav::s3://bucket/b.zip`` has two links.

Each link is held against the policy of the client, as any other URL is. The filesystems of fsspec
connect by themselves, so what is behind http and https is copied first, by our own transport.
"""

import contextlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, cast
from urllib.parse import urlsplit

from redenlab.core.auth.secret import Secret
from redenlab.core.errors import InputError, UntrustedURL
from redenlab.core.files.http_source import HttpFile
from redenlab.core.files.recording import CHUNK_BYTES, MAX_BYTES, checked_size
from redenlab.core.text import display_url
from redenlab.core.transport.egress import HINT
from redenlab.core.transport.resolver import Resolver
from redenlab.core.transport.route import Route

WEB: Final = frozenset({"http", "https"})
LOCAL: Final = frozenset({"", "asynclocal", "dir", "file", "git", "local"})
"""Filesystems of this machine; a link without a scheme is a path."""

FILTERS: Final = frozenset({"blockcache", "cached", "filecache", "simplecache"})
"""Which may stand alone in a chain, and read from the link behind them."""

INDIRECT: Final = frozenset({"generic", "reference", "async_wrapper"})
"""Whose files name further URLs, which nothing would check."""

NAMING_HOSTS: Final = frozenset(
    {
        "arrow_hdfs",
        "dask",
        "ftp",
        "hdfs",
        "jlab",
        "jupyter",
        "sftp",
        "smb",
        "ssh",
        "webdav",
        "webhdfs",
    }
)
"""Filesystems whose URLs begin with a host; those of the others begin with a bucket."""


@dataclass(frozen=True, slots=True)
class Link:
    """One URL of a chain.

    Attributes:
        scheme: In lower case; empty for a path.
        url: As it is written; it may be signed.
    """

    scheme: str
    url: str = field(repr=False)

    @property
    def is_web(self) -> bool:
        """Whether http leads there."""
        return self.scheme in WEB


def links(url: str) -> Sequence[Link]:
    """The chain of `url`, from the file to what holds it."""
    return [_link(part) for part in url.split("::")]


def _link(part: str) -> Link:
    scheme, found, _ = part.partition("://")
    if found:
        return Link(scheme.lower(), part)
    return Link(part if part in FILTERS else "", part)


def check(chain: Sequence[Link], route: Route, shown: str) -> None:
    """Hold each link but those of the web against the policy; it may block.

    Raises:
        InputError: One of them must not be read.
    """
    for link in chain:
        problem = _problem(link, route)
        if problem is not None:
            raise InputError(f"cannot read {shown}: {problem}", hint=HINT)
        if link.is_web and link is not chain[-1]:
            raise InputError(f"cannot read {shown}: an http URL can only be its last part")


def _problem(link: Link, route: Route) -> str | None:
    if link.scheme in INDIRECT:
        return f"{link.scheme}:// would read whatever its files name"
    if link.scheme in LOCAL and not route.egress.local_files:
        return "URLs of files of this machine are switched off"
    if link.scheme not in NAMING_HOSTS:
        return None
    named_by = route.api or ""
    try:
        host = urlsplit(link.url).hostname or ""
        problem = route.egress.problem_with_host(host, named_by)
        if problem is None:
            Resolver(route.egress, named_by).addresses(host)
    except UntrustedURL as error:
        return error.message
    except (OSError, ValueError) as error:
        return f"its host is unknown ({type(error).__name__})"
    return problem


def copied(link: Link, route: Route, seconds: float) -> Path:
    """A temporary file with what is behind `link`; the caller deletes it."""
    shown = display_url(link.url)
    with contextlib.closing(HttpFile(Secret(link.url), route, seconds, route.api or "")) as source:
        descriptor, path = tempfile.mkstemp(suffix=os.path.basename(source.name)[-20:])
        try:
            with os.fdopen(descriptor, "wb") as target:
                _copy(source, cast("BinaryIO", target), shown)
        except BaseException:
            Path(path).unlink()
            raise
    return Path(path)


def _copy(source: HttpFile, target: BinaryIO, shown: str) -> None:
    size = 0
    while size <= MAX_BYTES and (chunk := source.read(CHUNK_BYTES)):
        size += target.write(chunk)
    checked_size(size, shown)
