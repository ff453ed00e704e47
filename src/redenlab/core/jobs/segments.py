"""Recordings that are too long for a model: cut into segments, scored one by one, and averaged.

Only models whose result is one number can be averaged; which number, the spec says. Two speakers
in one half and three in the other are not two and a half. libsndfile decodes, so every format that
it reads can be cut; a recording is never whole in memory.
"""

import contextlib
import dataclasses
import io
import math
import tempfile
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, BinaryIO, TypeVar, cast

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.files.recording import CHUNK_BYTES, Recording
from redenlab.core.files.uploads import Asset, as_source, opened
from redenlab.core.jobs.arguments import Arguments
from redenlab.core.jobs.handle import Handle, JobClient
from redenlab.core.jobs.handles import submit_job
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.submission import JobRequest, uploader
from redenlab.core.spec.grammar import Segments
from redenlab.core.transport.io import Workflow

T = TypeVar("T")

CONTENT_TYPE = "audio/wav"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a recording.

    Attributes:
        index: From 0.
        start: Seconds from the beginning of the recording.
        end: Seconds from the beginning of the recording to the end of the segment.
    """

    index: int
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class ScoredSegment:
    """A segment that has a score.

    Attributes:
        job_id: By which its result can be looked up.
    """

    segment: Segment
    score: float
    job_id: str


@dataclass(frozen=True, slots=True)
class FailedSegment:
    """A segment that has none.

    Attributes:
        error: Why. Of a `redenlab.JobTimeout`, the job goes on, and `error.job` is its handle.
    """

    segment: Segment
    error: errors.RedenLabError


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The average of a model's scores of the segments of a recording.

    Attributes:
        model_name: The model.
        score: Name of the number that was averaged.
        mean: Over all segments that have a score, each with the same weight.
        std_dev: Population standard deviation of the same; 0 for a single segment.
        scored: The segments that have a score, in order.
        failed: Those that have none, in order.
        asset_id: The upload of the whole; ``None`` where the service has no such thing.
    """

    model_name: str
    score: str
    mean: float
    std_dev: float
    scored: tuple[ScoredSegment, ...]
    failed: tuple[FailedSegment, ...] = field(default=())
    asset_id: str | None = None

    @property
    def complete(self) -> bool:
        """Whether every segment has a score."""
        return not self.failed


async def predict(
    context: CallContext, client: JobClient, job: JobType[Any], request: JobRequest
) -> Aggregate:
    """Cut a recording, submit every segment, wait for all, and average.

    The jobs of the segments run at the same time. A segment that fails is reported and left out
    of the average; a refusal of the credential ends the call at once.
    """
    model, score, how = _averaged(job, request)
    assert request.recording is not None  # noqa: S101 - the generated method asks for one
    if isinstance(request.recording, Asset):
        raise errors.InputError("an asset cannot be cut", hint="give the recording itself")
    Arguments(job, request.model, request.parameters)  # refuses them before anything is uploaded
    asset_id: str | None = None

    async def begin(segment: Segment) -> Handle[Any, Any]:
        source, name = await context.io.read(context.deadline, partial(cut.source, segment))
        given = as_source(source, filename=name, content_type=CONTENT_TYPE)
        position = {"parent": asset_id, "index": segment.index} if asset_id else {}
        asset = await uploader(context, job).upload(given, position)
        part = dataclasses.replace(request, recording=asset)
        handle: Handle[Any, Any] = await submit_job(context, client, job, part)
        return handle

    async def end(segment: Segment, handle: Handle[Any, Any]) -> ScoredSegment:
        outcome = await handle.ended(context)
        return ScoredSegment(segment, float(getattr(outcome.result, score)), handle.id)

    with (
        contextlib.closing(await opened(context, request.recording)) as recording,
        contextlib.closing(
            await context.io.read(context.deadline, partial(_Cut, recording, how))
        ) as cut,
    ):
        if len(cut.segments) > 1:
            whole = await uploader(context, job).upload_whole(recording)
            asset_id = whole.id if whole else None
        started = [await _guarded(segment, begin(segment)) for segment in cut.segments]
    ended = [
        each if isinstance(each, FailedSegment) else await _guarded(segment, end(segment, each))
        for segment, each in zip(cut.segments, started, strict=True)
    ]
    scored = tuple(each for each in ended if isinstance(each, ScoredSegment))
    failed = tuple(each for each in ended if isinstance(each, FailedSegment))
    if not scored:
        raise failed[0].error
    scores = [each.score for each in scored]
    mean = math.fsum(scores) / len(scores)
    deviation = math.sqrt(math.fsum((each - mean) ** 2 for each in scores) / len(scores))
    return Aggregate(model, score, mean, deviation, scored, failed, asset_id)


async def _guarded(segment: Segment, workflow: Workflow[T]) -> T | FailedSegment:
    """What `workflow` returns; an error that every other segment would meet as well is raised."""
    try:
        return await workflow
    except (errors.AuthenticationError, errors.ConfigurationError):
        raise
    except errors.RedenLabError as error:
        return FailedSegment(segment, errors.stripped(error))


def _averaged(job: JobType[Any], request: JobRequest) -> tuple[str, str, Segments]:
    """Model, name of its score, and how recordings are cut for it."""
    model, how = request.model or "", job.x_job.segments
    if how is None:
        raise errors.InputError(
            f"a {job.name} job takes recordings as a whole", hint=f"call {job.name}() instead"
        )
    models = job.spec.models
    score = how.scores.get(models[model].result) if model in models else None
    if score is None:
        known = ", ".join(name for name, each in models.items() if each.result in how.scores)
        raise errors.InputError(
            f"the result of {model or job.name} cannot be averaged over segments",
            hint=f"submit the recording as a whole, or use one of: {known}",
        )
    return model, score, how


class _Cut:
    """An opened recording as segments."""

    def __init__(self, recording: Recording, how: Segments) -> None:
        self._file, self._copied = _seekable(recording)
        self._sound = self._decoder(recording.name)
        rate, frames = self._sound.samplerate, self._sound.frames
        step = how.seconds - how.overlap
        seconds = frames / rate
        count = max(1, math.ceil((seconds - how.overlap) / step))
        starts = (index * step for index in range(count))
        self.segments = [
            Segment(index, float(at), min(at + how.seconds, seconds))
            for index, at in enumerate(starts)
        ]
        self._name = recording.name.rpartition(".")[0] or recording.name

    def close(self) -> None:
        """Close the decoder; the recording stays open."""
        self._sound.close()
        if self._copied:
            self._file.close()

    def _decoder(self, name: str) -> Any:
        """The recording as libsndfile sees it."""
        library = _library()
        try:
            return library.SoundFile(self._file)
        except library.LibsndfileError as error:
            if self._copied:
                self._file.close()
            raise errors.InputError(
                f"{name} cannot be decoded: {error.error_string}", hint="convert it to WAV or FLAC"
            ) from None

    def source(self, segment: Segment) -> tuple[bytes, str]:
        """A segment as a WAV file in memory, and its name."""
        rate = self._sound.samplerate
        first, last = round(segment.start * rate), round(segment.end * rate)
        self._sound.seek(first)
        kept = self._sound.subtype if self._sound.subtype in _WIDE else "PCM_16"
        samples = self._sound.read(last - first, dtype=_WIDE.get(kept, "int32"), always_2d=True)
        file = io.BytesIO()
        _library().write(file, samples, rate, format="WAV", subtype=kept)
        return file.getvalue(), f"{self._name}-{segment.index:04}.wav"


_WIDE = {"PCM_24": "int32", "PCM_32": "int32", "FLOAT": "float32", "DOUBLE": "float64"}
"""Encodings that a segment keeps, and the sample type they are read as; others fit in 16 bits."""


def _library() -> Any:
    try:
        return import_module("soundfile")
    except ImportError:
        raise errors.MissingExtra(
            "recordings are cut with soundfile", hint="run: pip install 'redenlab[audio]'"
        ) from None


def _seekable(recording: Recording) -> tuple[BinaryIO, bool]:
    """The recording as a file that begins with it, and whether that file is a temporary copy.

    Decoders seek, and a caller's file object may not begin with the recording.
    """
    if recording.begin == 0 and recording.file.seekable():
        return recording.file, False
    spool = tempfile.SpooledTemporaryFile(max_size=CHUNK_BYTES)  # noqa: SIM115 - closed by _Cut
    for chunk in recording.chunks():
        spool.write(chunk)
    spool.seek(0)
    return cast("BinaryIO", spool), True
