"""From a recording to what a submit carries of it: an upload by the steps of the spec."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, cast

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.steps import Sendable, StepCaller
from redenlab.core.events import Uploaded
from redenlab.core.files import checksums, storage
from redenlab.core.files.recording import Recording
from redenlab.core.files.sources import Opener, Source, wrapped
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope, as_text, expressions, root
from redenlab.core.spec.grammar import XJob
from redenlab.core.spec.steps import Parts, Until, UploadStep
from redenlab.core.text import sanitize
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.route import Route
from redenlab.lowlevel.types import File

_DIGESTS = ("md5", "sha256")
"""Properties of ``$file`` that are read from all of it, and so only where a spec asks for them."""


@dataclass(frozen=True, slots=True)
class Asset:
    """A recording that storage has. It can be pickled: it holds names, and no secret.

    Attributes:
        id: By which the service knows the upload, so that many jobs can be made of it; ``None``
            where an upload is for one job alone.
        job_id: The job that came with the upload; ``None`` where only a submit creates one.
        name: File name as it was sent.
        size: Bytes.
        kept: What a submit of it carries, by the names of ``$upload``.
    """

    id: str | None
    job_id: str | None
    name: str
    size: int
    kept: Mapping[str, Any] = field(repr=False)


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


class Uploader:
    """Brings recordings to storage, by the steps of a spec."""

    def __init__(self, caller: StepCaller, x_job: XJob, steps: Sequence[UploadStep]) -> None:
        """Upload by `steps`; what the submit of `x_job` refers to is kept."""
        self._caller = caller
        self._context = caller.context
        self._x_job = x_job
        self._steps = steps

    async def upload(
        self,
        given: UploadSource,
        position: Mapping[str, Any] | None = None,
        call_id: str | None = None,
    ) -> Asset:
        """Bring a recording to storage.

        Args:
            given: The recording; an upload is returned as it is.
            position: Of a segment: ``parent``, the asset of the whole, and ``index`` from 0.
            call_id: The value of ``$call.id``.
        """
        if isinstance(given, Asset):
            return given
        recording = await opened(self._context, given)
        try:
            return await self.deliver(recording, position, call_id)
        finally:
            recording.close()  # at once, so that a cancelled task closes it as well

    async def deliver(
        self,
        recording: Recording,
        position: Mapping[str, Any] | None = None,
        call_id: str | None = None,
    ) -> Asset:
        """Bring an opened recording to storage; see `upload`."""
        run = _Run(self._caller, self._x_job, recording, position or {}, call_id)
        for step in self._steps:
            await run.make(step)
        return run.asset()

    async def upload_whole(self, recording: Recording) -> Asset | None:
        """Upload the whole of a recording that is submitted in segments.

        Returns:
            ``None`` where an upload is for one job alone: then nothing was sent to storage.
        """
        run = _Run(self._caller, self._x_job, recording, {}, None)
        first, *others = self._steps
        await run.make(first)
        if run.asset().id is None:
            return None
        for step in others:
            await run.make(step)
        return run.asset()


class _Run:
    """One upload, step by step."""

    def __init__(
        self,
        caller: StepCaller,
        x_job: XJob,
        recording: Recording,
        position: Mapping[str, Any],
        call_id: str | None,
    ) -> None:
        self._caller = caller
        self._context = caller.context
        self._x_job = x_job
        self._recording = recording
        self._file = Sendable.of(as_file(recording), **position)
        self._kept: dict[str, Any] = {}
        self._scope = Scope(file=self._file, upload=self._kept, call={"id": call_id})
        self._begun = self._context.io.now()

    async def make(self, step: UploadStep) -> None:
        """Make the next step."""
        scope, expires = self._scope, self._expiry(step)
        self._begun = self._context.io.now()
        await self._digest(step)
        try:
            if step.parts is not None:
                self._kept[step.parts.name] = await self._in_parts(step, step.parts, expires)
                return
            answered = await self._made(step, scope, expires)
            if step.until is not None:
                answered = await self._processed(step, step.until, answered)
        except errors.RedenLabError as error:
            error.with_job_id(self._job_id())
            raise
        self._kept |= answered.values(step.keep)
        self._scope = answered.extended(upload=self._kept)
        if _carries(step, "file"):
            self._context.emit(Uploaded(self._job_id(), self._recording.size))

    def asset(self) -> Asset:
        """What was uploaded, with all that a submit needs."""
        scope = Scope(upload=self._kept)
        after = (self._x_job.submit.bind, self._x_job.keep, self._x_job.ids, self._x_job.asset)
        files = self._x_job.files
        texts = expressions([*after, files.value if files else None])
        needed = {text.split(".")[1].partition("#")[0] for text in texts if root(text) == "upload"}
        kept = {name: value for name, value in self._kept.items() if name in needed}
        if needed and not kept:
            raise errors.UnexpectedResponse("the response has an upload link, but no upload id")
        asset_id = scope.value(self._x_job.asset) if self._x_job.asset else MISSING
        recording = self._recording
        return Asset(_text(asset_id), self._job_id(), recording.name, recording.size, kept)

    def _job_id(self) -> str | None:
        scope = Scope(upload=self._kept)
        found = (_text(scope.value(text)) for text in self._x_job.ids if "$upload." in text)
        return next((text for text in found if text), None)

    def _expiry(self, step: UploadStep) -> float | None:
        """Monotonic seconds at which the URL of a step stops working."""
        life = self._scope.value(step.expires_in) if step.expires_in else MISSING
        return self._begun + life if isinstance(life, int | float) else None

    async def _made(self, step: UploadStep, scope: Scope, expires: float | None) -> Scope:
        """Make a step once; storage is sent no credential."""
        if step.url is None or step.key == "own" or not _carries(step, "file"):
            return await self._caller.call(step, scope)
        try:
            sums = await self._checksums(self._caller.bare(step, scope))
        except errors.UnexpectedResponse as error:
            refused = errors.stripped(error)  # its frames hold the link
            raise refused.converted(errors.UploadError, error.message, error.hint) from None

        def make() -> OutgoingRequest:
            return self._caller.bare(step, scope).with_headers(sums)

        idempotent = step.method == "PUT"
        response = await storage.put(self._context, make, expires, idempotent=idempotent)
        return scope.responded(response, make().url)  # no local holds the link on an error

    async def _digest(self, step: UploadStep) -> None:
        """Add the digests to ``$file`` that a step refers to."""
        texts = {*expressions([step.body, step.form, step.headers, step.parameters])}
        asked = [name for name in _DIGESTS if f"$file.{name}" in texts and name not in self._file]
        self._file.update(await self._digests(asked))

    async def _checksums(self, request: OutgoingRequest) -> dict[str, str]:
        """The checksums that the link of a request is signed for, unless the spec has them."""
        given = {name.lower() for name in request.headers}
        asked = {k: v for k, v in checksums.asked_by(request.url).items() if k not in given}
        found = await self._digests(asked.values())
        return {name: found[asked[name]] for name in asked}

    async def _digests(self, algorithms: Collection[str]) -> dict[str, str]:
        if not algorithms:
            return {}
        read = partial(checksums.digests, self._recording.chunks, algorithms)
        return await self._context.io.read(self._context.deadline, read)

    async def _in_parts(
        self, step: UploadStep, parts: Parts, expires: float | None
    ) -> list[dict[str, Any]]:
        """Make a step for each part; a part is in memory, and so may be sent again."""
        found: list[dict[str, Any]] = []
        for number, content in enumerate(_cut(self._recording.chunks(), parts.size), 1):
            file = File.of(content, self._recording.name, self._recording.content_type)
            part = Sendable.of(file, number=number, index=number - 1)
            scope = self._scope.extended(part=part)
            if expires is not None and self._context.io.now() > expires - storage.MARGIN:
                raise errors.UploadError("the upload link has expired", retryable=True)
            try:
                answered = await self._caller.call(step, scope)
            except errors.APIError as error:
                raise storage.upload_failed(error) from None
            found.append({"number": number, **answered.values(step.keep)})
        self._context.emit(Uploaded(self._job_id(), self._recording.size))
        return found

    async def _processed(self, step: UploadStep, until: Until, answered: Scope) -> Scope:
        """Repeat a step until the service has processed what was uploaded."""
        polls = 0
        while not holds(until.done, answered):
            if until.failed is not None and holds(until.failed, answered):
                reason = answered.value(until.error) if until.error else MISSING
                text = (
                    sanitize(str(reason), self._context.redact)
                    if reason not in {MISSING, None}
                    else "no reason given"
                )
                raise errors.UploadError(f"the service did not accept the recording: {text}")
            polls += 1
            pause = until.interval.pause(polls)
            if pause >= self._context.left():
                raise errors.UploadTimeout("the service did not process the recording in time")
            await self._context.io.sleep(pause)
            answered = await self._caller.call(step, self._scope)
        return answered


async def opened(context: CallContext, given: Callable[[Route, float], Recording]) -> Recording:
    """The recording, opened without blocking an event loop, by the name that the client sends."""
    route = replace(context.io.route, api=context.api.base_url)
    opening = partial(given, route, context.left())
    recording = await context.io.read(context.deadline, opening)
    return recording.disclose() if context.api.send_filenames else recording


def as_file(recording: Recording) -> File:
    """`recording` as the body, or a part of the body, of a request."""
    return File(recording.name, recording.content_type, recording.size, recording.chunks)


def _carries(step: UploadStep, name: str) -> bool:
    """Whether the body of a step has ``$file``, or ``$part``."""
    return f"${name}" in expressions([step.body, step.form])


def _cut(chunks: Iterator[bytes], size: int) -> Iterator[bytes]:
    """The bytes in parts of `size`."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def _text(value: Any) -> str | None:
    return as_text(value) if isinstance(value, str | int) and value != "" else None
