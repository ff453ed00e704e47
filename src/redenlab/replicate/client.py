"""The Replicate clients: what is generated, with convenience methods that are written once."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Unpack, cast

from redenlab.core.calls.attempts import attempted
from redenlab.core.calls.context import CallContext
from redenlab.core.clients.abilities import WebhookMethods
from redenlab.core.clients.methods import Call, Stream, method, streaming
from redenlab.core.clients.options import CallOptions, of_call
from redenlab.core.errors import InputError, JobTimeout
from redenlab.core.jobs import handles, outputs
from redenlab.core.jobs.handle import WaitOptions
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.model_schemas import In, PinnedModel, check, reference
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.streams import StreamEvent
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.spec.steps import Interval
from redenlab.replicate import pricing
from redenlab.replicate.types import ImageResult, Input, Made, PollResult, RunOptions, VideoResult
from redenlab.webhooks import Webhook
from redenlab_api.replicate import jobs, models

__all__ = ["AsyncReplicateClient", "PredictionWebhook", "ReplicateClient", "models"]

DEFAULT_POLL_INTERVAL: Final = 5
DEFAULT_TIMEOUT, VIDEO_TIMEOUT = 600, 1200
OWN = {*CallOptions.__annotations__, *WaitOptions.__annotations__, "deployment"}  # not sent

_log = logging.getLogger("redenlab.replicate")
_log.addHandler(logging.NullHandler())  # the program decides whether it is written


class PredictionWebhook(Webhook):
    """Verifies and parses deliveries. They may be repeated or out of order: go by the status."""

    def prediction(self, body: bytes, headers: Mapping[str, str]) -> models.Prediction:
        """Verify a delivery, and return its prediction; see `redenlab.webhooks.Webhook.read`."""
        return self.read(models.Prediction, body, headers)


class ReplicateMethods(WebhookMethods):
    """What the sync and the async client have beside what is generated."""

    @method
    def run(
        self,
        ref: str | PinnedModel[In],
        input: In | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> Call[Any]:
        """Run a model, wait for its end, and return its output; raises as `predict` does.

        Args:
            ref: ``owner/name``, ``owner/name:version``, the id of a version, or a model of a file
                that ``redenlab replicate pin`` has written. A model without a version runs its
                newest one.
            input: The input of the model; files in it are sent along, see `Input`.
            options: See `RunOptions`.

        Returns:
            The JSON of the output, with a `FileOutput` in place of each URL of a file.
        """
        context = self.call_context("run", **of_call(options))

        async def ran() -> Any:
            job, request = _requested(ref, input or {}, options)
            return (await handles.run_job(context, self, job, request, options)).result

        return context, ran()

    @streaming
    def stream(
        self,
        ref: str | PinnedModel[In],
        input: In | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> Stream[StreamEvent]:
        """Run a model, and yield the events of its output; see `run`, and `Job.stream`."""
        context = self.call_context("stream", **of_call(options))
        job, request = _requested(ref, input or {}, options)
        return context, handles.stream_job(context, self, job, request, options)

    @method
    def webhook(self, timeout: float | None = None) -> Call[PredictionWebhook]:
        """Create a receiver of webhooks with the account's secret; see `webhook_secret`."""
        context = self.call_context("webhook", timeout)
        return context, self.with_secret(context, "prediction", PredictionWebhook)

    @method
    def generate_image(
        self,
        prompt: str,
        model: str = pricing.IMAGE.model,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        timeout: float = DEFAULT_TIMEOUT,
    ) -> Call[ImageResult]:
        """Make one image by any model that takes a ``prompt``; errors are returned in the result.

        `input` has further fields. After `timeout` seconds the service cancels the prediction, too.

        Raises:
            ValueError: The prompt is empty, or the model has no name; nothing was sent.
        """
        context = self.call_context("generate_image", timeout)

        async def image() -> ImageResult:
            if not prompt.strip():
                raise InputError("the prompt is empty")
            url, how = await self._made(context, model, {**(input or {}), "prompt": prompt})
            return {**how, "image_url": url}

        return context, image()

    @method
    def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = pricing.VIDEO.model,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        input_key: str = "image_urls",
        timeout: float = VIDEO_TIMEOUT,
    ) -> Call[VideoResult]:
        """Make a video of images: URLs or files, in order; see `generate_image`.

        No public listing has the default model, which is that of the design document. `input_key`
        is the field of the model's input that takes the images.
        """
        context = self.call_context("generate_video", timeout)

        async def video() -> VideoResult:
            if not image_urls or isinstance(image_urls, str):
                raise InputError("image_urls is empty, or no list")
            given = {**(input or {}), input_key: list(image_urls)}
            url, how = await self._made(context, model, given)
            seconds = pricing.SECONDS_PER_IMAGE * len(image_urls) if how["success"] else 0
            return {**how, "video_url": url, "duration_seconds": seconds}

        return context, video()

    @method
    def poll_prediction(
        self, prediction_id: str, timeout: float = DEFAULT_TIMEOUT, interval: float | None = None
    ) -> Call[PollResult]:
        """Wait for the end of a prediction, which goes on after `timeout` seconds.

        `interval` is in seconds; ``None`` takes the client's pauses, else `DEFAULT_POLL_INTERVAL`.
        Errors are returned in the result, but for a `ValueError` for an argument.
        """
        context = self.call_context("poll_prediction", timeout)
        return context, self._polled(context, prediction_id, interval)

    def estimate_cost(self, num_images: int, video_duration: float) -> float:
        """The cost in US dollars of images and seconds of video; see `pricing.estimate`."""
        total = pricing.estimate(num_images, video_duration)
        _log.info("%d images and %s s of video cost $%.3f", num_images, video_duration, total)
        return total

    async def _polled(
        self, context: CallContext, prediction_id: str, interval: float | None = None
    ) -> PollResult:
        usual = DEFAULT_POLL_INTERVAL
        poll = self.poll_of(Interval(initial=usual, factor=1, max=usual))
        if interval is not None:
            poll = Poll(initial=interval, factor=1, max_interval=interval)
        spec, ref = jobs.PREDICT.spec, JobRef(prediction_id, None)
        handle = self.handle(self, spec.service, spec.name, ref)
        found = await attempted(handle.waited(context, poll))
        if (end := found.value) is None:
            status = "timeout" if isinstance(found.error, JobTimeout) else "error"
            return {"status": status, "output": None, "error": str(found.error)}
        bad = None if end.state == "succeeded" else f"the prediction was {end.status}"
        error = bad and (end.seen.reason or bad)
        return {"status": end.status, "output": end.envelope.output, "error": error}

    async def _made(self, context: CallContext, ref: str, given: Input) -> tuple[str | None, Made]:
        """The URL of the one file that a model makes in time, and how it went."""
        job, request = _requested(ref, given, {"cancel_after": True})
        started = await attempted(handles.submit_job(context, self, job, request))
        made_by, error, url = started.job_id, started.text, None
        if started.value is not None:
            made_by = started.value.id
            found = await self._polled(context, made_by)
            url, error = _first_url(self, found["output"]), found["error"]
            if error is None and url is None:
                error = "the prediction succeeded, but its output is no file"
        if error is not None:
            _log.error("%s: prediction %s: %s", ref, made_by, error)
        how: Made = {"success": not error, "error": error, "prediction_id": made_by}
        return (None if error else url), how


def _requested(
    ref: str | PinnedModel[Any], given: Input, options: Mapping[str, Any]
) -> tuple[JobType[Any], JobRequest]:
    """A prediction of a model or a deployment."""
    if isinstance(ref, PinnedModel):
        check(jobs.PREDICT, ref, given)
    chosen = {name: value for name, value in options.items() if name not in OWN}
    values, name = {**chosen, "input": given}, reference(ref)
    if not options.get("deployment"):
        return jobs.PREDICT, JobRequest(name, values)
    owner, _, name = name.partition("/")
    values |= {"deployment_owner": owner, "deployment_name": name}
    return jobs.RUN_DEPLOYMENT, JobRequest(None, values)


def _first_url(client: outputs.OutputClient, output: Any) -> str | None:
    """The URL of the first file of an output."""
    several = cast("Iterable[Any]", output) if isinstance(output, list) else [output]
    first = outputs.files(client, next(iter(several), None))
    return first.url if isinstance(first, outputs.FileOutput | outputs.AsyncFileOutput) else None


class ReplicateClient(ReplicateMethods, jobs.ReplicateClient[Any]):
    """Runs models on Replicate, for threads; raises `MissingKey`, a `ValueError`, without a key."""


class AsyncReplicateClient(ReplicateMethods, jobs.AsyncReplicateClient[Any]):
    """Runs models on Replicate, for event loops; has the methods of `ReplicateClient`."""
