"""Files in an input: small ones travel in it, larger ones are uploaded first."""

import base64
import os
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from typing import Any, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.resources import file
from redenlab.core.errors import InputError
from redenlab.core.files.sources import Source
from redenlab.core.jobs.job_type import reader
from redenlab.core.spec.operations import BoundOperation
from redenlab.replicate.outputs import AsyncFileOutput, FileOutput
from redenlab_api.replicate import models
from redenlab_api.replicate.api.files import files_create
from redenlab_api.types import File

MOST_INLINE = 190_000
"""Bytes whose data URI stays below the 256 kB that an input takes (contract, section 9)."""

MOST_UPLOADED = 100_000_000
"""Bytes of one file (contract, section 9)."""

UPLOAD = BoundOperation(files_create, reader(models, "FileRequest"))


async def ready(context: CallContext, value: Any) -> Any:
    """`value` with every file in it as an address.

    Raises:
        InputError: A file cannot be read, is empty or too large; no prediction was made.
        APIError: It could not be uploaded; no prediction was made.
    """
    if isinstance(value, FileOutput | AsyncFileOutput):
        return value.url
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: await ready(context, inner) for key, inner in pairs}
    if isinstance(value, list | tuple):
        return [await ready(context, inner) for inner in cast("Iterable[Any]", value)]
    if isinstance(value, bytes | bytearray | memoryview | os.PathLike) or hasattr(value, "read"):
        return await _address(context, cast("Source", value))
    return value


async def _address(context: CallContext, source: Source) -> str:
    with ExitStack() as opened:
        part = await file(context, opened, source)
        if part.size > MOST_UPLOADED:
            raise InputError(
                f"{part.name} has {part.size} bytes; at most {MOST_UPLOADED} are taken"
            )
        if part.size <= MOST_INLINE:
            content = await context.io.run_in_thread(b"".join, part.chunks())
            return f"data:{part.content_type};base64,{base64.b64encode(content).decode()}"
        return await _uploaded(context, part)


async def _uploaded(context: CallContext, part: File) -> str:
    body = {"content": part, "filename": part.name, "type": part.content_type}
    stored, response = await context.call_json(UPLOAD, body)
    address = stored.urls and stored.urls.get
    return str(address or f"{context.api.base_url}/files/{response.json()['id']}")
