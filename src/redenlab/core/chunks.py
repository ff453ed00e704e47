"""Recordings that are too long for a model: cut, scored piece by piece, and averaged.

Only models whose result is one number are scored in pieces; which number, the spec says. The
answers of others must not be averaged: two speakers in one half and three in the other are not two
and a half. libsndfile decodes, so a recording is whatever it reads; it is never whole in memory.
"""

import contextlib
import io
import math
import tempfile
from dataclasses import dataclass, field
from importlib import import_module
from statistics import fmean, pstdev
from typing import Any, BinaryIO, cast

from redenlab.core import assets, errors
from redenlab.core.assets import Part, supply
from redenlab.core.client import Client
from redenlab.core.descriptions import ChunksDescription, JobDescription
from redenlab.core.jobs import H, Handle, start
from redenlab.core.session import Session
from redenlab.core.sources import CHUNK, Recording
from redenlab.core.submission import Order

CONTENT_TYPE = "audio/wav"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a recording.

    Attributes:
        index: From 0.
        start: Seconds from the beginning of the recording.
        end: The same, of its end.
    """

    index: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A piece that has a score.

    Attributes:
        job_id: By which its result can be looked up.
    """

    chunk: Chunk
    score: float
    job_id: str


@dataclass(frozen=True, slots=True)
class Unscored:
    """A piece that has none.

    Attributes:
        error: Why. Of a `redenlab.JobTimeout`, the job goes on, and `error.job` is its handle.
    """

    chunk: Chunk
    error: errors.RedenLabError


@dataclass(frozen=True, slots=True)
class Aggregate:
    """What a model says about a recording that it was given in pieces.

    Attributes:
        model_name: Which model.
        score: Name of the number that was averaged.
        mean: Over all pieces that have a score, each counting once.
        std_dev: Population standard deviation of the same; 0 for a single piece.
        scored: The pieces that have a score, in order.
        failed: Those that have none, in order.
        asset_id: The upload of the whole; ``None`` where the service has no such thing.
    """

    model_name: str
    score: str
    mean: float
    std_dev: float
    scored: tuple[Scored, ...]
    failed: tuple[Unscored, ...] = field(default=())
    asset_id: str | None = None

    @property
    def complete(self) -> bool:
        """Whether every piece has a score."""
        return not self.failed


async def predict(
    session: Session,
    client: Client,
    kind: type[H],
    job: JobDescription[Any],
    order: Order,
) -> Aggregate:
    """Cut a recording, submit every piece, wait for all, and average.

    The pieces run at the same time, as far as the service runs them so. One that fails is
    reported and counts for nothing; a refusal of the credential ends the call at once.

    Raises:
        InputError: The model's answer must not be averaged, or the recording cannot be decoded;
            nothing was sent.
        MissingExtra: There is nothing to decode it with.
        RedenLabError: No piece has a score; the error of the first.
    """
    model, score, how = _averaged(job, order)
    assert order.recording is not None  # noqa: S101 - the generated method asks for one
    if isinstance(order.recording, assets.Asset):
        raise errors.InputError("an asset cannot be cut", hint="give the recording itself")
    with (
        contextlib.closing(await assets.opened(session, order.recording)) as recording,
        contextlib.closing(await session.io.offload(_Cut, recording, how)) as cut,
    ):
        whole = None
        if len(cut.chunks) > 1:
            whole = await assets.shared(session, assets.described(job), recording)
        asset_id = whole.id if whole else None
        run = _Run(session, client, kind, job, order, asset_id)
        started = [await run.begin(cut, chunk) for chunk in cut.chunks]
    ended = [await run.end(each, score) for each in started]
    scored = tuple(each for each in ended if isinstance(each, Scored))
    failed = tuple(each for each in ended if isinstance(each, Unscored))
    if not scored:
        raise failed[0].error
    numbers = [each.score for each in scored]
    return Aggregate(model, score, fmean(numbers), pstdev(numbers), scored, failed, asset_id)


def _averaged(job: JobDescription[Any], order: Order) -> tuple[str, str, ChunksDescription]:
    model = order.model or ""
    if job.chunks is None:
        raise errors.InputError(f"a {job.name} job takes recordings as a whole")
    scores = job.chunks.scores
    score = scores.get(job.result.models.get(model, ""))
    if score is None:
        known = ", ".join(name for name, result in job.result.models.items() if result in scores)
        raise errors.InputError(
            f"the answer of {model or job.name} cannot be averaged over pieces",
            hint=f"submit the recording as a whole, or use one of: {known}",
        )
    return model, score, job.chunks


class _Cut:
    """An opened recording as pieces."""

    def __init__(self, recording: Recording, how: ChunksDescription) -> None:
        """Read its header."""
        library = _library()
        self._window = _Window(recording)
        self._sound = _sound(library, recording.name, self._window)
        rate, frames = self._sound.samplerate, self._sound.frames
        step = how.seconds - how.overlap
        seconds = frames / rate
        count = max(1, math.ceil((seconds - how.overlap) / step))
        starts = (index * step for index in range(count))
        self.chunks = [
            Chunk(index, float(at), min(at + how.seconds, seconds))
            for index, at in enumerate(starts)
        ]
        self._name = recording.name.rpartition(".")[0] or recording.name

    def close(self) -> None:
        """Let go of what was decoded, not of the recording."""
        self._sound.close()
        self._window.close()

    def source(self, chunk: Chunk) -> tuple[bytes, str]:
        """A piece as a WAV file in memory, and its name."""
        rate = self._sound.samplerate
        first, last = round(chunk.start * rate), round(chunk.end * rate)
        self._sound.seek(first)
        kept = self._sound.subtype if self._sound.subtype in _WIDE else "PCM_16"
        samples = self._sound.read(last - first, dtype=_WIDE.get(kept, "int32"), always_2d=True)
        file = io.BytesIO()
        _library().write(file, samples, rate, format="WAV", subtype=kept)
        return file.getvalue(), f"{self._name}-{chunk.index:04}.wav"


_WIDE = {"PCM_24": "int32", "PCM_32": "int32", "FLOAT": "float32", "DOUBLE": "float64"}
"""Encodings that a piece keeps, and what their samples are read as; others fit into 16 bits."""


def _library() -> Any:
    try:
        return import_module("soundfile")
    except ImportError:
        raise errors.MissingExtra(
            "recordings are cut with soundfile", hint="run: pip install 'redenlab[audio]'"
        ) from None


def _sound(library: Any, name: str, window: "_Window") -> Any:
    """The recording as libsndfile sees it."""
    try:
        return library.SoundFile(window)
    except library.LibsndfileError as error:
        window.close()
        problem = str(error.error_string)
    raise errors.InputError(
        f"{name} cannot be decoded: {problem}", hint="convert it to WAV or FLAC"
    )


class _Window(io.RawIOBase):
    """The bytes of a recording as a file of their own: a caller's file need not begin with them."""

    def __init__(self, recording: Recording) -> None:
        self._file, self._begin = recording.file, recording.begin
        self._spool = None if self._file.seekable() else _spooled(recording)
        if self._spool is not None:
            self._file, self._begin = self._spool, 0
        self._size = recording.size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, min(origin + offset, self._size))
        return self._at

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        if self._spool is not None:
            self._spool.close()
        super().close()

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._begin + self._at)
        piece = self._file.read(min(len(buffer), self._size - self._at))
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


def _spooled(recording: Recording) -> BinaryIO:
    """A copy in a nameless temporary file, since decoders jump to and fro."""
    spool = tempfile.SpooledTemporaryFile(max_size=CHUNK)  # noqa: SIM115 - the window keeps it
    for piece in recording.chunks():
        spool.write(piece)
    return cast("BinaryIO", spool)


@dataclass(frozen=True, slots=True)
class _Run:
    """One call for all pieces."""

    session: Session
    client: Client
    kind: type[Any]
    job: JobDescription[Any]
    order: Order
    parent: str | None

    async def begin(self, cut: _Cut, chunk: Chunk) -> tuple[Chunk, Handle[Any, Any]] | Unscored:
        """Upload and submit a piece."""
        source, name = await self.session.io.offload(cut.source, chunk)
        given = supply(source, None, filename=name, content_type=CONTENT_TYPE)
        part = Part(self.parent, chunk.index)
        try:
            asset = await assets.upload(self.session, self.job, given, part)
            order = Order(self.order.model, self.order.parameters, asset)
            handle = await start(self.session, self.client, self.kind, self.job, order)
        except errors.RedenLabError as error:
            return _tolerated(chunk, error)
        return chunk, handle

    async def end(
        self, started: tuple[Chunk, Handle[Any, Any]] | Unscored, score: str
    ) -> Scored | Unscored:
        """Wait for a piece."""
        if isinstance(started, Unscored):
            return started
        chunk, handle = started
        try:
            ended = await handle.ended(self.session)
        except errors.RedenLabError as error:
            return _tolerated(chunk, error)
        return Scored(chunk, float(getattr(ended.result, score)), handle.id)


def _tolerated(chunk: Chunk, error: errors.RedenLabError) -> Unscored:
    """A failed piece; what would befall every other one as well is raised."""
    if isinstance(error, errors.AuthenticationError | errors.ConfigurationError):
        raise error
    return Unscored(chunk, error)
