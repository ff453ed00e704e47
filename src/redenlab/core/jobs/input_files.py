"""Files anywhere in an argument: small ones become data URIs, others are uploaded."""

import base64
import mimetypes
import os
from collections.abc import Iterable, Mapping
from contextlib import closing
from functools import partial
from typing import Any, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import InputError
from redenlab.core.files.recording import Recording
from redenlab.core.files.sources import Opener, Source, own_name
from redenlab.core.files.uploads import Uploader, opened
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.outputs import AsyncFileOutput, FileOutput
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.expressions import Scope, pointer
from redenlab.core.spec.grammar import InputFiles

DEFAULT_TYPE = "application/octet-stream"
DEFAULT_NAME = "file"


async def prepared(
    context: CallContext, jobs: Iterable[JobType[Any]], values: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of a request body, with every file where a job takes some as text.

    Args:
        context: Of the call.
        jobs: Of the client; the first one that takes files counts.
        values: By their names on the wire or in Python. ``None`` in an argument that takes files
            is left out.

    Raises:
        InputError: A file cannot be read, is empty or too large; no job was made.
        APIError: It could not be uploaded; no job was made.
    """
    found = dict(values)
    for job in jobs:
        how = job.x_job.files
        wire = pointer(how.place).removeprefix("/") if how else ""
        python = (name for name, other in job.names.items() if other == wire)
        name = next((name for name in (wire, *python) if name in found), None)
        if how is not None and name is not None:
            found[name] = await _ready(context, job, how, _given(found[name]))
            break
    return found


def _given(value: Any) -> Any:
    """An argument without what the caller left at ``None``; models have defaults of their own."""
    return without_none(cast("Mapping[str, Any]", value)) if isinstance(value, Mapping) else value


def is_file(value: Any) -> bool:
    """Whether a value is a file to be sent: a path object, bytes or a binary file object."""
    return isinstance(value, bytes | bytearray | memoryview | os.PathLike) or hasattr(value, "read")


def becomes_text(value: Any) -> bool:
    """Whether `prepared` makes a text of a value: a file, or an output of another job."""
    return is_file(value) or isinstance(value, FileOutput | AsyncFileOutput)


async def opened_file(context: CallContext, source: Source) -> Recording:
    """`source`, opened without blocking an event loop, with the type that its name suggests."""
    name = own_name(source)
    guess, _ = mimetypes.guess_type(name or "")
    filename = None if name else DEFAULT_NAME
    return await opened(context, Opener(source, filename, guess or DEFAULT_TYPE))


async def _ready(context: CallContext, job: JobType[Any], how: InputFiles, value: Any) -> Any:
    """`value` with every file in it as a text."""
    if isinstance(value, FileOutput | AsyncFileOutput):
        return value.url
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: await _ready(context, job, how, inner) for key, inner in pairs}
    if isinstance(value, list | tuple):
        items = cast("Iterable[Any]", value)
        return [await _ready(context, job, how, inner) for inner in items]
    if is_file(value):
        with closing(await opened_file(context, cast("Source", value))) as recording:
            return await _text(context, job, how, recording)
    return value


async def _text(
    context: CallContext, job: JobType[Any], how: InputFiles, recording: Recording
) -> str:
    if how.max is not None and recording.size > how.max:
        raise InputError(
            f"{recording.name} has {recording.size} bytes; the service takes at most {how.max}",
            hint="pass the URL of the file instead",
        )
    if recording.size <= how.inline or not how.upload:
        read = partial(b"".join, recording.chunks())
        content = await context.io.read(context.deadline, read)
        return f"data:{recording.content_type};base64,{base64.b64encode(content).decode()}"
    uploader = Uploader(job.caller(context), job.x_job, how.upload)
    asset = await uploader.deliver(recording)
    base_url = context.api.base_url
    return str(Scope(upload=asset.kept, url=base_url).value(str(how.value)))
