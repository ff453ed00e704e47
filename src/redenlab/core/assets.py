"""Uploads: a recording in storage, and what a submit needs to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from redenlab.core import errors, storage
from redenlab.core.descriptions import JobDescription, UploadDescription
from redenlab.core.events import Uploaded
from redenlab.core.expressions import MISSING, Scope, place
from redenlab.core.network import Route
from redenlab.core.session import Session
from redenlab.core.sources import Recording, Source, opener


@dataclass(frozen=True, slots=True)
class Asset:
    """A recording that storage has. It can be pickled: it holds names, and no secret.

    Attributes:
        id: By which the service knows the upload, so that many jobs can be made of it; ``None``
            where an upload is for one job alone.
        job_id: The job that came with the upload; ``None`` where only a submit makes one.
        name: As it was sent.
        size: Bytes.
        bound: What a submit of it carries, by JSON pointer.
    """

    id: str | None
    job_id: str | None
    name: str
    size: int
    bound: Mapping[str, Any] = field(repr=False)


Supply = Callable[[Route, float], Recording] | Asset
"""What opens a recording, given how to get to a host and how many seconds are left; or one that
is in storage already."""


@dataclass(frozen=True, slots=True)
class Part:
    """Which piece of a longer recording an upload is.

    Attributes:
        parent: The asset of the whole; ``None`` where the service has no such thing.
        index: From 0.
    """

    parent: str | None
    index: int


def supply(
    source: Source | Asset | None,
    s3_uri: str | None,
    *,
    filename: str | None = None,
    content_type: str | None = None,
) -> Supply:
    """The one recording that was given.

    Raises:
        InputError: None or two were given.
    """
    if not isinstance(source, Asset):
        return opener(source, s3_uri, filename=filename, content_type=content_type)
    if s3_uri is not None:
        raise errors.InputError("give an asset or s3_uri, not both")
    return source


async def upload(
    session: Session, job: JobDescription[Any], given: Supply, part: Part | None = None
) -> Asset:
    """Bring a recording to storage.

    Raises:
        InputError: It is unusable; nothing was sent.
        UploadError: Storage did not take it.
        APIError: See `redenlab.core.session.Session.call`.
    """
    if isinstance(given, Asset):
        return given
    recording = await opened(session, given)
    try:
        return await store(session, described(job), recording, part)
    finally:
        recording.close()  # at once, so that a cancelled task closes it as well


async def opened(session: Session, given: Callable[[Route, float], Recording]) -> Recording:
    """The recording, opened without holding up an event loop."""
    return await session.io.offload(given, session.io.route, session.left())


def described(job: JobDescription[Any]) -> UploadDescription:
    """How recordings of `job` get to storage.

    Raises:
        InputError: They do not.
    """
    if job.upload is None:
        raise errors.InputError(f"a {job.name} job has no upload of its own")
    return job.upload


async def store(
    session: Session, how: UploadDescription, recording: Recording, part: Part | None = None
) -> Asset:
    """Ask for a link, and send `recording` there, once; see `upload` for what it raises."""
    return await _delivered(session, how, recording, await _ticket(session, how, recording, part))


async def shared(session: Session, how: UploadDescription, recording: Recording) -> Asset | None:
    """Upload the whole of a recording that is submitted in pieces.

    Returns:
        ``None`` where an upload is for one job alone: then nothing was sent to storage.
    """
    ticket = await _ticket(session, how, recording, None)
    if _text(ticket.scope, how.asset) is None:
        return None
    return await _delivered(session, how, recording, ticket)


@dataclass(frozen=True, slots=True)
class _Ticket:
    """What the service says about an upload, and when its link ends (monotonic seconds)."""

    scope: Scope = field(repr=False)
    expires: float | None


async def _ticket(
    session: Session, how: UploadDescription, recording: Recording, part: Part | None
) -> _Ticket:
    file = {
        "name": recording.name,
        "content_type": recording.content_type,
        "size": recording.size,
    }
    if part is not None and part.parent is not None:
        file |= {"parent": part.parent, "index": part.index}
    scope = Scope(file=file)
    request: dict[str, Any] = {}
    for pointer, value in scope.values(how.request).items():
        place(request, pointer, value)
    asked = session.io.now()
    _, answer = await session.step(how.ask, request)
    scope = scope.having(response={"body": answer.json()})
    life = scope.value(how.expires_in) if how.expires_in else MISSING
    return _Ticket(scope, asked + life if isinstance(life, int | float) else None)


async def _delivered(
    session: Session, how: UploadDescription, recording: Recording, ticket: _Ticket
) -> Asset:
    scope = ticket.scope
    job_id, asset_id = _text(scope, how.id), _text(scope, how.asset)
    bound = scope.values(how.bind)
    if not bound:
        raise errors.UnexpectedAnswer(
            "the service answered with an upload link, and with nothing to name the upload by"
        )
    target = storage.Target(
        url=str(scope.value(how.url)),
        headers={name: str(value) for name, value in scope.values(how.headers).items()},
        expires=ticket.expires,
        method=how.method,
    )
    try:
        await storage.put(session, recording, target)
    except errors.RedenLabError as error:
        failure = error.about(job_id=job_id)
    else:
        session.emit(Uploaded(job_id, recording.size))
        return Asset(asset_id, job_id, recording.name, recording.size, bound)
    raise failure


def _text(scope: Scope, expression: str | None) -> str | None:
    value = scope.value(expression) if expression else None
    return value if isinstance(value, str) and value else None
