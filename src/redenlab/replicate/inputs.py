"""Files in an input: small ones are sent as data URIs, larger ones are uploaded first."""

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

MAX_INLINE_BYTES = 190_000
"""Maximum bytes of a file whose data URI fits into the 256 kB of an input (contract, section 9)."""

MAX_UPLOAD_BYTES = 100_000_000
"""Maximum bytes of one uploaded file (contract, section 9)."""

UPLOAD = BoundOperation(files_create, reader(models, "FileRequest"))


async def ready(context: CallContext, value: Any) -> Any:
    """`value` with every file in it replaced by its URL.

    Raises:
        InputError: A file cannot be read, is empty or too large; no prediction was created.
        APIError: A file could not be uploaded; no prediction was created.
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
        if part.size > MAX_UPLOAD_BYTES:
            raise InputError(
                f"{part.name} has {part.size} bytes; the maximum is {MAX_UPLOAD_BYTES}"
            )
        if part.size <= MAX_INLINE_BYTES:
            content = await context.io.run_in_thread(b"".join, part.chunks())
            return f"data:{part.content_type};base64,{base64.b64encode(content).decode()}"
        return await _uploaded(context, part)


async def _uploaded(context: CallContext, part: File) -> str:
    body = {"content": part, "filename": part.name, "type": part.content_type}
    stored, response = await context.call_json(UPLOAD, body)
    address = stored.urls and stored.urls.get
    return str(address or f"{context.api.base_url}/files/{response.json()['id']}")
