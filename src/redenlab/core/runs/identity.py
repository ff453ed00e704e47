"""Keys: the same content, model and parameters have the same key, in any process on any machine."""

import hashlib
import json
import os
import stat
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import Any, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.errors import InputError
from redenlab.core.files.recording import Recording
from redenlab.core.files.sources import Opener
from redenlab.core.files.uploads import Asset, UploadSource, opened
from redenlab.core.runs.ledger import Ledger
from redenlab.lowlevel.encoding import plain

HASH = hashlib.sha256
DIGITS = 32
"""Hexadecimal digits of a key: 128 bits."""


def key_of(*parts: Any) -> str:
    """The key of what `parts` say: JSON, in which files stand by the hashes of their content."""
    text = json.dumps([_described(part) for part in parts], sort_keys=True, default=repr)
    return HASH(text.encode()).hexdigest()[:DIGITS]


def _described(value: Any) -> Any:
    """JSON that says what `value` is."""
    match value:
        case dict():
            return {str(k): _described(v) for k, v in _items(value)}
        case list() | tuple():
            return [_described(each) for each in cast("list[Any]", value)]
        case os.PathLike():
            return {"sha256": _hash_of(cast("Any", value))}
        case bytes() | bytearray() | memoryview():
            return {"sha256": HASH(bytes(cast("Any", value))).hexdigest()}
        case _:
            return plain(value)


def _items(value: Any) -> Iterable[tuple[Any, Any]]:
    return cast("Iterable[tuple[Any, Any]]", value.items())


def _hash_of(path: os.PathLike[str]) -> str:
    """The hash of a file among the parameters.

    Raises:
        InputError: It cannot be read.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - any path-like
            return hashlib.file_digest(file, HASH).hexdigest()
    except OSError as error:
        refused = InputError(f"cannot read a file: {error.strerror}", hint="check the path")
        raise refused.of_file(os.path.basename(path)) from None


async def content_of(context: CallContext, source: UploadSource, ledger: Ledger) -> str:
    """What is in a source: its hash; of a URL the URL without its query, which may be signed.

    The hash of a file that has not changed since it was noted is that of the ledger.
    """
    if isinstance(source, Asset):
        return key_of("asset", asdict(source))
    if isinstance(source, Opener):
        if isinstance(source.source, Secret):
            return key_of("url", source.source.reveal().partition("?")[0])
        if source.path is not None:
            return await _content_of_file(context, source, ledger)
    return await _content_of_bytes(context, source)


async def _content_of_file(context: CallContext, source: Opener, ledger: Ledger) -> str:
    place, stamp = str(source.path), _stamp(str(source.path))
    known = ledger.content(place, stamp) if stamp else None
    if known is not None:
        return known
    found = await _content_of_bytes(context, source)
    if stamp and stamp == _stamp(place):
        ledger.put_content(place, stamp, found)
    return found


async def _content_of_bytes(context: CallContext, source: Any) -> str:
    recording = await opened(context, source)
    try:
        return await context.io.read(context.deadline, partial(_hashed, recording))
    finally:
        recording.close()


def _hashed(recording: Recording) -> str:
    found = HASH()
    for chunk in recording.chunks():
        found.update(chunk)
    return found.hexdigest()


def _stamp(path: str) -> str:
    """A text that changes with the file; empty where there is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a text already
    except OSError:
        return ""
    if not stat.S_ISREG(found.st_mode):
        return ""
    return f"{found.st_dev}-{found.st_ino}-{found.st_size}-{found.st_mtime_ns}"
