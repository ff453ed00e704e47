"""Files in an input: small ones travel in it, larger ones are uploaded first."""

import base64
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any, cast

from redenlab.core.errors import InputError
from redenlab.core.facade import Step, reader
from redenlab.core.resources import file
from redenlab.core.session import Session
from redenlab.core.sources import Source
from redenlab.replicate.outputs import AsyncFileOutput, FileOutput
from redenlab_api.replicate import models
from redenlab_api.replicate.api.files import files_create
from redenlab_api.types import File

MOST_INLINE = 190_000
"""Bytes whose data URI stays below the 256 kB that an input takes (contract, section 9)."""

MOST_UPLOADED = 100_000_000
"""Bytes of one file (contract, section 9)."""

UPLOAD = Step(files_create, reader(models, "FileRequest"))


async def ready(session: Session, value: Any) -> Any:
    """`value` with every file in it as an address.

    Raises:
        InputError: A file cannot be read, is empty or too large; no prediction was made.
        APIError: It could not be uploaded; no prediction was made.
    """
    if isinstance(value, FileOutput | AsyncFileOutput):
        return value.url
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: await ready(session, inner) for key, inner in pairs}
    if isinstance(value, list | tuple):
        return [await ready(session, inner) for inner in cast("Iterable[Any]", value)]
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike) or hasattr(value, "read"):
        return await _address(session, cast("Source", value))
    return value


async def _address(session: Session, source: Source) -> str:
    with ExitStack() as opened:
        part = await file(session, opened, source)
        if part.size > MOST_UPLOADED:
            raise InputError(
                f"{part.name} has {part.size} bytes; at most {MOST_UPLOADED} are taken"
            )
        if part.size <= MOST_INLINE:
            content = await session.io.offload(b"".join, part.chunks())
            return f"data:{part.content_type};base64,{base64.b64encode(content).decode()}"
        return await _uploaded(session, part)


async def _uploaded(session: Session, part: File) -> str:
    body = {"content": part, "filename": part.name, "type": part.content_type}
    stored, answer = await session.step(UPLOAD, body)
    address = stored.urls and stored.urls.get
    return str(address or f"{session.channel.base_url}/files/{answer.json()['id']}")
