"""What generated resources are made of: operations that are no jobs, as methods of a client."""

import mimetypes
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any, Generic, TypeVar

from redenlab.core.client import Client
from redenlab.core.operations import Step
from redenlab.core.results import given_only
from redenlab.core.session import Session
from redenlab.core.sources import Source, recording
from redenlab_api.types import File

C = TypeVar("C", bound=Client)

UNKNOWN = "application/octet-stream"
UNNAMED = "file"


class Resource(Generic[C]):
    """Operations that have a name in common."""

    def __init__(self, client: C) -> None:
        """Send through `client`."""
        self._client: C = client


async def request(  # noqa: PLR0913 - what an operation takes, and the call's own
    session: Session,
    client: Client,
    step: Step,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
) -> Any:
    """Send one operation, and give its typed answer.

    Args:
        session: The call.
        client: What makes a body ready.
        step: The operation.
        arguments: Of its path, query and headers; ``None`` is not sent.
        values: What its body is made of; ``None`` is not sent.
        files: Which of the values are files: paths, bytes or binary file objects.

    Raises:
        InputError: A value is unusable; nothing was sent.
        APIError: See `redenlab.core.session.Session.call`.
    """
    with ExitStack() as opened:
        body = await client.prepared(session, given_only(values or {}))
        for name in files:
            if not isinstance(body.get(name), File | None):
                body[name] = await file(session, opened, body[name])
        typed, _ = await session.step(step, body, given_only(arguments))
    return typed


async def file(session: Session, opened: ExitStack, source: Source) -> File:
    """`source` as a part of a form, open until `opened` is closed.

    Raises:
        InputError: It cannot be read, or is empty.
    """
    guess, _ = mimetypes.guess_type(_name(source))
    filename = None if _name(source) else UNNAMED
    found = await session.io.offload(
        partial(recording, source, filename=filename, content_type=guess or UNKNOWN)
    )
    opened.callback(found.close)
    return File(found.name, found.content_type, found.size, found.chunks)


def _name(source: object) -> str:
    named = source if isinstance(source, str) else getattr(source, "name", "")
    return named if isinstance(named, str) else ""
