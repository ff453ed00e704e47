"""Uploads: a recording in storage, and what a submit needs to know of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Uploaded
from redenlab.core.files import storage
from redenlab.core.files.recording import Recording
from redenlab.core.files.sources import Opener, Source, wrapped
from redenlab.core.spec.expressions import MISSING, Scope, place
from redenlab.core.spec.grammar import Upload
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.transport.route import Route


@dataclass(frozen=True, slots=True)
class Asset:
    """A recording that storage has. It can be pickled: it holds names, and no secret.

    Attributes:
        id: By which the service knows the upload, so that many jobs can be made of it; ``None``
            where an upload is for one job alone.
        job_id: The job that came with the upload; ``None`` where only a submit creates one.
        name: File name as it was sent.
        size: Bytes.
        bound: What a submit of it carries, by JSON pointer.
    """

    id: str | None
    job_id: str | None
    name: str
    size: int
    bound: Mapping[str, Any] = field(repr=False)


UploadSource = Callable[[Route, float], Recording] | Asset
"""A function that opens a recording, by route and seconds left; or a recording in storage."""


def as_source(
    file_path: Source | Asset | None = None,
    s3_uri: str | None = None,
    *,
    filename: str | None = None,
    content_type: str | None = None,
) -> UploadSource:
    """The one recording that was given."""
    if (file_path is None) == (s3_uri is None):
        raise errors.InputError(
            "no recording was given" if file_path is None else "two recordings were given",
            hint="give either file_path or s3_uri",
        )
    if isinstance(file_path, Asset):
        return file_path
    if s3_uri is not None and "://" not in s3_uri:
        raise errors.InputError("s3_uri is no URL", hint="it looks like s3://bucket/name.wav")
    return Opener(wrapped(cast("Source", s3_uri or file_path)), filename, content_type)


@dataclass(frozen=True, slots=True)
class Uploader:
    """Brings recordings to storage.

    Attributes:
        how: What the spec says of it.
        ask: The operation that responds with a link.
    """

    context: CallContext
    how: Upload
    ask: BoundOperation

    async def upload(self, given: UploadSource, position: Mapping[str, Any] | None = None) -> Asset:
        """Bring a recording to storage.

        Args:
            given: The recording; an upload is returned as it is.
            position: Of a segment: ``parent``, the asset of the whole, and ``index`` from 0.
        """
        if isinstance(given, Asset):
            return given
        recording = await opened(self.context, given)
        try:
            return await self._deliver(recording, *await self._ticket(recording, position or {}))
        finally:
            recording.close()  # at once, so that a cancelled task closes it as well

    async def upload_whole(self, recording: Recording) -> Asset | None:
        """Upload the whole of a recording that is submitted in segments.

        Returns:
            ``None`` where an upload is for one job alone: then nothing was sent to storage.
        """
        ticket, expires = await self._ticket(recording, {})
        if _text(ticket, self.how.asset) is None:
            return None
        return await self._deliver(recording, ticket, expires)

    async def _ticket(
        self, recording: Recording, position: Mapping[str, Any]
    ) -> tuple[Scope, float | None]:
        """The response with the link, and when the link expires (monotonic seconds)."""
        file = {
            "name": recording.name,
            "content_type": recording.content_type,
            "size": recording.size,
            **position,
        }
        scope = Scope(file=file)
        body: dict[str, Any] = {}
        for expression, value in scope.values(self.how.request).items():
            place(body, expression.partition("#")[2], value)
        asked = self.context.io.now()
        _, response = await self.context.call_json(self.ask, body)
        scope = scope.extended(response={"body": response.json()})
        life = scope.value(self.how.put.expires_in) if self.how.put.expires_in else MISSING
        return scope, asked + life if isinstance(life, int | float) else None

    async def _deliver(self, recording: Recording, ticket: Scope, expires: float | None) -> Asset:
        put = self.how.put
        job_id, asset_id = _text(ticket, self.how.id), _text(ticket, self.how.asset)
        bound = {
            expression.partition("#")[2]: value
            for expression, value in ticket.values(self.how.bind).items()
        }
        if not bound:
            raise errors.UnexpectedResponse("the response has an upload link, but no upload id")
        target = storage.Target(
            url=str(ticket.value(put.url)),
            headers={name: str(value) for name, value in ticket.values(put.headers).items()},
            expires=expires,
            method=put.method,
        )
        try:
            await storage.put(self.context, recording, target)
        except errors.RedenLabError as error:
            error.with_job_id(job_id)
            raise
        self.context.emit(Uploaded(job_id, recording.size))
        return Asset(asset_id, job_id, recording.name, recording.size, bound)


async def opened(context: CallContext, given: Callable[[Route, float], Recording]) -> Recording:
    """The recording, opened without blocking an event loop."""
    return await context.io.run_in_thread(given, context.io.route, context.left())


def _text(scope: Scope, expression: str | None) -> str | None:
    value = scope.value(expression) if expression else None
    return value if isinstance(value, str) and value else None
