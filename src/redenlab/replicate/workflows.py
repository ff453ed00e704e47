"""Workflows beyond the job engine: model references, streams, calls of the design document."""

import logging
import math
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, aclosing, nullcontext
from typing import Any, Final, cast

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import CallOptions, Client
from redenlab.core.files import downloads
from redenlab.core.jobs import polling
from redenlab.core.jobs.handles import submit_job
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.outputs import OutputClient, is_file_url
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import JobPoller
from redenlab.core.jobs.snapshots import Snapshot, without_none
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.spec.steps import Interval
from redenlab.core.text import sanitize
from redenlab.core.transport import sse
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import schemas
from redenlab.replicate.pins import PinnedModel, reference
from redenlab.replicate.pricing import IMAGE, VIDEO
from redenlab.replicate.types import ImageResult, Input, PollResult, VideoResult, WaitOptions
from redenlab_api.replicate.jobs import PREDICT, RUN_DEPLOYMENT
from redenlab_api.replicate.lifecycles import PROFILE

DEFAULT_IMAGE_MODEL: Final = IMAGE.model
DEFAULT_VIDEO_MODEL: Final = VIDEO.model
DEFAULT_POLL_INTERVAL: Final = 5
"""Seconds, unless the client or its settings say otherwise."""
DEFAULT_TIMEOUT: Final = 600
VIDEO_TIMEOUT: Final = 1200
SECONDS_PER_IMAGE: Final = 2
MAX_BACKOFF_DELAY: Final[int] = PROFILE.retry["max_delay"]

STREAMING: Final = ("replicate.com", "replicate.net")
"""Domains of the hosts that stream; they ask for the token (contract, section 5)."""

MIN_CANCEL_AFTER = 5

NO_STREAM: Final = "no_stream"
"""The `code` of the error for a model that does not stream."""

Reference = str | PinnedModel[Any]

_log = logging.getLogger("redenlab.replicate")
_log.addHandler(logging.NullHandler())  # the program decides whether it is written


async def submitted(
    context: CallContext, client: Client, ref: Reference, given: Input, options: Mapping[str, Any]
) -> Any:
    """Create a prediction, of the newest version if the service wants one named.

    Args:
        context: Of the call.
        client: Makes it.
        ref: As in `ReplicateMethods.run`.
        given: What the model is given.
        options: Those of `RunOptions`.

    Raises:
        InputError: The reference, an option or a file is unusable; no prediction was made.
        SubmitUncertain: Whether the prediction was made could not be found out.
        BadRequest: The input does not suit the model; see its `fields`.
        APIError: See `redenlab.core.calls.context.CallContext.call`.
    """
    own = {*CallOptions.__annotations__, *WaitOptions.__annotations__, "deployment"}
    chosen = {k: v for k, v in options.items() if k not in own}
    values = without_none({**chosen, "input": given})
    name = reference(ref)
    if not options.get("deployment"):
        return await submit_job(context, client, PREDICT, JobRequest(name, values))
    owner, _, own_name = name.partition("/")
    values |= {"deployment_owner": owner, "deployment_name": own_name}
    return await submit_job(context, client, RUN_DEPLOYMENT, JobRequest(None, values))


async def ended(context: CallContext, handle: Any, options: Mapping[str, Any]) -> Any:
    """Wait for the end of a prediction as `WaitOptions` say; raises as `result` does too."""
    tell = options.get("on_progress")

    def told(found: Snapshot[Any]) -> object:
        return None if tell is None else tell(found.envelope)

    async with interruptible(context, handle, options):
        await handle.waited(context, None, told)
    return await handle.ended(context)


def interruptible(
    context: CallContext, handle: Any, options: Mapping[str, Any]
) -> AbstractAsyncContextManager[None]:
    """A block whose interruption cancels the prediction, unless the options say otherwise."""
    if options.get("cancel_on_interrupt", True):
        return polling.cancelling(context, PREDICT, JobRef(handle.id, None))
    return nullcontext()


async def run(
    context: CallContext, client: Client, ref: Reference, given: Input, options: Mapping[str, Any]
) -> Any:
    """Create a prediction, wait for its end, and return its output; raises as `result` does too."""
    if isinstance(ref, PinnedModel):
        schemas.check(ref, given)
    handle = await submitted(context, client, ref, given, options)
    return (await ended(context, handle, options)).result


async def stream(
    context: CallContext, client: Client, ref: Reference, given: Input, options: Mapping[str, Any]
) -> AsyncGenerator[sse.ServerSentEvent, None]:
    """Create a prediction, and yield the events of its stream; see `followed`."""
    handle = await submitted(context, client, ref, given, options)
    safe, found = interruptible(context, handle, options), aclosing(followed(context, handle))
    async with safe, found as events:
        async for event in events:
            yield event


async def looked(context: CallContext, handle: Any) -> Snapshot[Any]:
    """A prediction as it is now."""
    return await polling.get_status(context, PREDICT, JobRef(handle.id, None))


async def followed(context: CallContext, handle: Any) -> AsyncGenerator[sse.ServerSentEvent, None]:
    """The events of the stream of a prediction; every error has its `job`.

    Raises:
        JobFailed: It failed.
        JobCancelled: It was cancelled.
        JobTimeout: It still runs.
        APIError: The model does not stream, or the stream could not be resumed; the prediction
            goes on.
    """
    try:
        found = await looked(context, handle)
        url = found.envelope.urls and found.envelope.urls.stream
        if not url:
            hint = "wait for the prediction instead: client.job(error.job_id).result()"
            raise errors.APIError("this model does not stream", hint=hint, code=NO_STREAM)
        async with aclosing(downloads.events(context, Secret(str(url)), STREAMING)) as events:
            async for event in events:
                if event.event in {"done", "error"}:
                    _end(handle.id, event)
                    return
                yield event
    except errors.RequestTimeout as error:
        problem = f"job {handle.id} still streams: {error.message}"
        late = error.converted(errors.JobTimeout, problem, "wait for it again: error.job.result()")
        late.job = handle
        raise late.with_job_id(handle.id) from None
    except errors.RedenLabError as error:
        error.with_job_id(handle.id)
        raise


def _end(job_id: str, event: sse.ServerSentEvent) -> None:
    """Raise the error of the last event of a stream, if it is not success."""
    try:
        content = RawResponse(200, {}, event.data.encode()).json()
    except ValueError:
        content = {}
    details: Mapping[str, Any] = cast("Any", content) if isinstance(content, dict) else {}
    reason = sanitize(str(details.get("detail") or details.get("reason") or ""))
    if PREDICT.spec.states.get(reason) == "cancelled":
        raise errors.JobCancelled(f"job {job_id} was cancelled: {reason}", job_id=job_id)
    if reason or event.event == "error":
        raise errors.JobFailed(f"job {job_id} failed: {reason or 'Unknown error'}", job_id=job_id)


def pauses(client: Client, interval: float | None = None) -> Poll:
    """Pauses of `interval` seconds; ``None`` are those of the client, else of the design."""
    if interval is not None:
        return Poll(initial=interval, factor=1, max_interval=interval)
    usual = DEFAULT_POLL_INTERVAL
    return client.poll_of(Interval(initial=usual, factor=1, max=usual))


async def polled(context: CallContext, prediction_id: str, poll: Poll) -> PollResult:
    """Wait for a prediction; the result is that of `poll_prediction` in the design document."""
    try:
        snapshot = await JobPoller(context, PREDICT, JobRef(prediction_id, None), poll).finished()
    except (errors.InputError, errors.ConfigurationError):
        raise
    except errors.JobTimeout as error:
        return {"status": "timeout", "output": None, "error": str(error)}
    except errors.RedenLabError as error:
        _log.error("prediction %s could not be polled: %s", prediction_id, error)
        return {"status": "error", "output": None, "error": str(error)}
    return {
        "status": snapshot.status,
        "output": snapshot.envelope.output,
        "error": _reason(snapshot),
    }


def _reason(snapshot: Snapshot[Any]) -> str | None:
    """The error of a job that has not succeeded; ``None`` if it has."""
    if snapshot.state == "succeeded":
        return None
    return snapshot.envelope.error or f"the prediction was {snapshot.status}"


async def image(
    context: CallContext, client: Client, model: str, prompt: str, more: Input
) -> ImageResult:
    """Make one image; see `ReplicateMethods.generate_image`."""
    if not prompt.strip():
        raise errors.InputError("the prompt is empty")
    url, error, made_by = await made(context, client, model, {**more, "prompt": prompt})
    return {"success": not error, "image_url": url, "error": error, "prediction_id": made_by}


async def video(
    context: CallContext, client: Client, model: str, images: Mapping[str, Any], more: Input
) -> VideoResult:
    """Make a video of the only value of `images`; see `ReplicateMethods.generate_video`."""
    ((key, several),) = images.items()
    if not several or isinstance(several, str):
        raise errors.InputError("image_urls is empty, or no list")
    given = {**more, key: list(several)}
    url, error, made_by = await made(context, client, model, given)
    return {
        "success": not error,
        "video_url": url,
        "error": error,
        "prediction_id": made_by,
        "duration_seconds": 0 if error else SECONDS_PER_IMAGE * len(several),
    }


async def made(
    context: CallContext, client: Client, ref: str, given: Input
) -> tuple[str | None, str | None, str | None]:
    """Create a prediction whose output is one file; wait as the design document does.

    ``Cancel-After`` is set to the timeout, so that the service does not run and bill a prediction
    whose result is not read.

    Returns:
        The URL of the file, the error if there is none, and the id of the prediction if created.
    """
    seconds = max(math.ceil(context.left()), MIN_CANCEL_AFTER)
    try:
        handle = await submitted(context, client, ref, given, {"cancel_after": seconds})
    except (errors.InputError, errors.ConfigurationError):
        raise
    except errors.RedenLabError as error:
        _log.error("%s was not run: %s", ref, error)
        return None, str(error), error.job_id
    _log.info("%s runs as prediction %s", ref, handle.id)
    found = await polled(context, handle.id, pauses(client))
    url = _first(client, found["output"])
    if found["error"] is None and url is None:
        found["error"] = "the prediction succeeded, but its output is no file"
    if found["error"] is not None:
        _log.error("prediction %s: %s", handle.id, found["error"])
        return None, found["error"], handle.id
    return url, None, handle.id


def _first(client: Client, output: Any) -> str | None:
    """The first file of an output: the only one, or the first of several."""
    several = cast("Iterable[Any]", output) if isinstance(output, list) else [output]
    value = next(iter(several), None)
    is_file = isinstance(value, str) and is_file_url(cast("OutputClient", client), value)
    return value if is_file else None
