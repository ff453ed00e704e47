"""Base of generated resources: operations that are no jobs, as methods of a client."""

import mimetypes
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, Generic, TypeVar

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import Client
from redenlab.core.files.sources import Source, open_recording
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.operations import BoundOperation
from redenlab_api.types import File

C = TypeVar("C", bound=Client)

DEFAULT_TYPE = "application/octet-stream"
DEFAULT_NAME = "file"


class Resource(Generic[C]):
    """Operations whose ids share a prefix."""

    def __init__(self, client: C) -> None:
        self._client: C = client


async def request(  # noqa: PLR0913 - what an operation takes, and the call's own
    context: CallContext,
    client: Client,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
) -> Any:
    """Call one operation, and return its typed response.

    Args:
        context: Of the call.
        client: Prepares the body.
        operation: The operation.
        arguments: Of its path, query and headers; ``None`` is not sent.
        values: The properties of its body; ``None`` is not sent.
        files: Which of the values are files: paths, bytes or binary file objects.
    """
    with ExitStack() as opened:
        body = await client.prepared(context, without_none(values or {}))
        for name in files:
            if not isinstance(body.get(name), File | None):
                body[name] = await file(context, opened, body[name])
        typed, _ = await context.call_json(operation, body, arguments)
    return typed


async def file(context: CallContext, opened: ExitStack, source: Source) -> File:
    """`source` as a part of a form, open until `opened` is closed."""
    guess, _ = mimetypes.guess_type(_name(source))
    filename = None if _name(source) else DEFAULT_NAME
    found = await context.io.run_in_thread(
        partial(open_recording, source, filename=filename, content_type=guess or DEFAULT_TYPE)
    )
    opened.callback(found.close)
    return File(found.name, found.content_type, found.size, found.chunks)


def _name(source: object) -> str:
    named = source if isinstance(source, str) else getattr(source, "name", "")
    return named if isinstance(named, str) else ""
