"""Workflows beyond the job engine: model references, streams, calls of the design document."""

import logging
import math
import re
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.retry import Retry
from redenlab.core.clients.base import Client
from redenlab.core.files import downloads
from redenlab.core.jobs import polling
from redenlab.core.jobs.handles import submit_job
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import JobPoller
from redenlab.core.jobs.snapshots import Snapshot, none_if_unset
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.text import sanitize
from redenlab.core.transport import sse
from redenlab.replicate.outputs import files, is_address
from redenlab.replicate.pricing import IMAGE, VIDEO
from redenlab.replicate.types import Input, PollResult, RunOptions
from redenlab_api.replicate.api.models import models_get
from redenlab_api.replicate.jobs import PREDICT
from redenlab_api.types import RawResponse

DEFAULT_IMAGE_MODEL: Final = IMAGE.model
DEFAULT_VIDEO_MODEL: Final = VIDEO.model
DEFAULT_POLL_INTERVAL: Final = 5
DEFAULT_TIMEOUT: Final = 600
VIDEO_TIMEOUT: Final = 1200
SECONDS_PER_IMAGE: Final = 2
MAX_BACKOFF_DELAY: Final = 45

RETRY: Final = Retry(initial=5, factor=3, max_delay=MAX_BACKOFF_DELAY, jitter=0, wait_out_429=True)
"""5, 15, 45 s; a 429 is waited out until the deadline (design document, error handling)."""

STREAMING: Final = ("replicate.com", "replicate.net")
"""Domains of the hosts that stream; they ask for the token (contract, section 5)."""

MIN_CANCEL_AFTER = 5
MAX_HOLD = 60

_REFERENCE = r"(?P<model>[^/:\s]+/[^/:\s]+)(?P<version>:[^/:\s]+)?|[0-9a-f]{64}"

_log = logging.getLogger("redenlab.replicate")
_log.addHandler(logging.NullHandler())  # the program decides whether it is written


def named(ref: str) -> tuple[str, str | None]:
    """The value to send as the version, and the model if the reference has no version.

    Raises:
        InputError: `ref` is neither ``owner/name`` nor ``owner/name:version`` nor a version's id.
    """
    found = re.fullmatch(_REFERENCE, ref)
    if found is None:
        raise errors.InputError(
            f"'{sanitize(ref)}' names no model",
            hint="write owner/name, owner/name:version, or the 64 digits of a version",
        )
    return ref, None if found["version"] else found["model"]


def parameters(options: RunOptions) -> dict[str, Any]:
    """Convert `options` to parameters of the operation that creates a prediction.

    Raises:
        InputError: `wait` is out of range.
        TypeError: There is no such option.
    """
    if unknown := options.keys() - RunOptions.__annotations__.keys():
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    wait = options.get("wait")
    if wait is not None and not 1 <= wait <= MAX_HOLD:
        raise errors.InputError(f"wait has to be 1 to {MAX_HOLD} seconds")
    filtered = options.get("webhook_events_filter")
    values = {
        "prefer": None if wait is None else f"wait={wait}",
        "cancel_after": None
        if options.get("cancel_after") is None
        else str(options.get("cancel_after")),
        "webhook": options.get("webhook"),
        "webhook_events_filter": None if filtered is None else list(filtered),
    }
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Run:
    """A prediction to be created.

    Attributes:
        client: The client that runs it.
        ref: The model or version; see `named`.
        input: The input of the model.
        parameters: The other arguments of the operation.
    """

    client: Client
    ref: str
    input: Input
    parameters: Mapping[str, Any]


async def submitted(context: CallContext, wanted: Run) -> Any:
    """Create a prediction, of the newest version if the service requires a version.

    Only official models run without a version. A refused request created no prediction, so that
    sending it again with a version is safe (contract, sections 2 and 7).

    Raises:
        InputError: The reference or a file is unusable; no prediction was created.
        SubmitUncertain: It is unknown whether the prediction was created.
        BadRequest: The input is invalid for the model; see its `fields`.
        APIError: See `redenlab.core.calls.context.CallContext.call`.
    """
    client = wanted.client
    version, model = named(wanted.ref)
    given_values = {**wanted.parameters, "version": version, "input": wanted.input}
    values = await client.prepared(context, given_values)
    try:
        return await submit_job(context, client, PREDICT, JobRequest(None, values))
    except errors.BadRequest as error:
        if model is None or error.status != 422 or error.fields:
            raise
        refused = error
    newest = await _newest(context, model)
    if newest is None:
        refused.hint = f"no model {model} with a version was found; check its name"
        raise refused
    retry = JobRequest(None, {**values, "version": newest})
    return await submit_job(context, client, PREDICT, retry)


async def _newest(context: CallContext, model: str) -> str | None:
    """The id of the newest version; ``None`` where there is no such model, or no version."""
    owner, _, name = model.partition("/")
    try:
        found, _ = await context.call(models_get, owner, name)
    except errors.NotFound:
        return None
    return found.latest_version.id if found.latest_version else None


async def run(context: CallContext, wanted: Run) -> Any:
    """Create a prediction, wait for its end, and return its output; raises as `Job.result` does."""
    handle = await submitted(context, wanted)
    ended = await handle.ended(context)
    return files(wanted.client, ended.result)


async def stream(context: CallContext, wanted: Run) -> AsyncGenerator[sse.ServerSentEvent, None]:
    """Create a prediction, and yield the events of its stream.

    Raises:
        JobFailed: It failed.
        JobCancelled: It was cancelled.
        APIError: The model does not stream, or the stream could not be resumed; the prediction
            goes on.
    """
    handle = await submitted(context, wanted)
    snapshot = await polling.get_status(context, PREDICT, JobRef(handle.id, None))
    url = snapshot.envelope.urls and snapshot.envelope.urls.stream
    if not url:
        raise errors.APIError(
            "this model does not stream",
            hint="wait for the prediction instead: client.predictions.wait(error.job_id)",
            job_id=handle.id,
        )
    async with aclosing(downloads.events(context, Secret(str(url)), STREAMING)) as found:
        async for event in found:
            if event.event in {"done", "error"}:
                _end(handle.id, event)
                return
            yield event


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


async def watched(
    context: CallContext, job: Any, job_id: str, poll: Poll | None = None
) -> Snapshot[Any]:
    """Wait for the end of a job, good or bad.

    Raises:
        JobTimeout: It still runs.
        APIError: It could not be polled.
    """
    return await JobPoller(context, job, JobRef(job_id, None), poll).finished()


async def polled(context: CallContext, prediction_id: str, interval: float) -> PollResult:
    """Wait for a prediction; the result is that of `poll_prediction` in the design document."""
    poll = Poll(initial=interval, factor=1, max_interval=interval)
    try:
        snapshot = await watched(context, PREDICT, prediction_id, poll)
    except (errors.InputError, errors.ConfigurationError):
        raise
    except errors.JobTimeout as error:
        return {"status": "timeout", "output": None, "error": str(error)}
    except errors.RedenLabError as error:
        _log.error("prediction %s could not be polled: %s", prediction_id, error)
        return {"status": "error", "output": None, "error": str(error)}
    return {
        "status": snapshot.status,
        "output": none_if_unset(snapshot.envelope.output),
        "error": _reason(snapshot),
    }


def _reason(snapshot: Snapshot[Any]) -> str | None:
    """The error of a job that has not succeeded; ``None`` if it has."""
    if snapshot.state == "succeeded":
        return None
    return none_if_unset(snapshot.envelope.error) or f"the prediction was {snapshot.status}"


async def made(context: CallContext, wanted: Run) -> tuple[str | None, str | None, str | None]:
    """Create a prediction whose output is one file; wait as the design document does.

    ``Cancel-After`` is set to the timeout, so that the service does not run and bill a prediction
    whose result is not read.

    Returns:
        The URL of the file, the error if there is none, and the id of the prediction if created.
    """
    seconds = max(math.ceil(context.left()), MIN_CANCEL_AFTER)
    wanted = replace(wanted, parameters={**wanted.parameters, "cancel_after": str(seconds)})
    try:
        handle = await submitted(context, wanted)
    except (errors.InputError, errors.ConfigurationError):
        raise
    except errors.RedenLabError as error:
        _log.error("%s was not run: %s", wanted.ref, error)
        return None, str(error), error.job_id
    _log.info("%s runs as prediction %s", wanted.ref, handle.id)
    found = await polled(context, handle.id, DEFAULT_POLL_INTERVAL)
    url = _first(wanted.client, found["output"])
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
    return value if isinstance(value, str) and is_address(client, value) else None
