"""The Replicate clients: the generated jobs and resources, with convenience methods.

The sync and the async client share one set of workflows; see `redenlab.replicate.workflows`.
"""

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing
from typing import Any, ClassVar, Self, Unpack
from urllib.parse import urlsplit

from redenlab.core.auth.discovery import BaseUrlProvider, StaticBaseUrl
from redenlab.core.calls.retry import Retry
from redenlab.core.clients.base import Client
from redenlab.core.clients.options import of_call
from redenlab.core.errors import InputError
from redenlab.core.transport.io import run as finish
from redenlab.core.transport.sse import ServerSentEvent
from redenlab.replicate import pricing, webhooks, workflows
from redenlab.replicate.resources import Models
from redenlab.replicate.types import ImageResult, Input, PollResult, RunOptions, VideoResult
from redenlab_api.replicate import jobs, models

__all__ = ["AsyncReplicateClient", "ReplicateClient", "models"]

_log = logging.getLogger("redenlab.replicate")


class _ReplicateClient(Client):
    """What the sync and the async client share."""

    retry: ClassVar[Retry] = workflows.RETRY

    def estimate_cost(self, num_images: int, video_duration: float) -> float:
        """Estimate the cost of images and video of the default models, in US dollars.

        Args:
            num_images: Images of `DEFAULT_IMAGE_MODEL`.
            video_duration: Seconds of video of `DEFAULT_VIDEO_MODEL`.

        Raises:
            ValueError: A number is negative.
        """
        total = pricing.estimate(num_images, video_duration)
        _log.info("%d images and %s s of video cost $%.3f", num_images, video_duration, total)
        return total

    def _base_url(self) -> BaseUrlProvider:
        """The base URL with ``/v1``, which the official client leaves out of its setting."""
        found = super()._base_url().url or ""
        return StaticBaseUrl(found if urlsplit(found).path else f"{found}/v1")


def _image(prompt: str, more: Input | None) -> Input:
    if not prompt.strip():
        raise InputError("the prompt is empty")
    return {**(more or {}), "prompt": prompt}


def _image_result(found: tuple[str | None, str | None, str | None]) -> ImageResult:
    url, error, prediction = found
    return {"success": not error, "image_url": url, "error": error, "prediction_id": prediction}


def _video(image_urls: Sequence[Any], key: str, more: Input | None) -> Input:
    if not image_urls or isinstance(image_urls, str):
        raise InputError("image_urls is empty, or no list")
    return {**(more or {}), key: list(image_urls)}


def _video_result(
    found: tuple[str | None, str | None, str | None], image_urls: Sequence[Any]
) -> VideoResult:
    url, error, prediction = found
    return {
        "success": not error,
        "video_url": url,
        "error": error,
        "prediction_id": prediction,
        "duration_seconds": 0 if error else workflows.SECONDS_PER_IMAGE * len(image_urls),
    }


class ReplicateClient(_ReplicateClient, jobs.ReplicateClient[Any]):
    """Runs models on Replicate, for threads.

    The key comes from `api_key`, ``REPLICATE_API_KEY`` or ``REPLICATE_API_TOKEN``; without one the
    constructor raises `MissingKey`, which is a `ValueError`. `predict`, `submit`, `get_status`,
    `get_result` and `job` are those of every client of this SDK; `run` and `stream` are convenience
    methods.
    """

    @property
    def models(self) -> Models[Self]:
        """Models and their versions."""
        return Models(self)

    def run(self, ref: str, input: Input | None = None, **options: Unpack[RunOptions]) -> Any:  # noqa: A002 - the service's name
        """Run a model, wait for its end, and return its output.

        Args:
            ref: ``owner/name``, ``owner/name:version``, or the id of a version. A model without a
                version runs its newest one.
            input: The input of the model; files in it are sent along, see `Input`.
            options: See `RunOptions`.

        Returns:
            The JSON of the output, with a `FileOutput` in place of each URL of a file.

        Raises:
            InputError: `ref`, an option or a file is unusable; no prediction was created.
            JobFailed: The model failed.
            JobCancelled: The prediction was cancelled, or aborted before it ran; see `code`.
            JobTimeout: It still runs; see its `job`.
            SubmitUncertain: It is unknown whether it was created.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("run", **of_call(options))
        return self.finish(context, workflows.run(context, self, ref, input or {}, options))

    def stream(
        self,
        ref: str,
        input: Input | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> Iterator[ServerSentEvent]:
        """Run a model, and stream its output; see `run` for arguments and errors.

        A stream that breaks is resumed after the last event.

        Returns:
            Events of the types ``output`` (text, in `data`) and ``logs``, until the prediction has
            succeeded.
        """
        context = self.call_context("stream", **of_call(options))
        events = workflows.stream(context, self, ref, input or {}, options)
        with context.instrumentation:
            try:
                while (event := finish(anext(events, None))) is not None:
                    yield event
            finally:
                finish(events.aclose())

    def webhook(self, timeout: float | None = None) -> webhooks.PredictionWebhook:
        """Create a receiver of webhooks with the account's secret.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            APIError: The secret could not be fetched.
        """
        context = self.call_context("webhook", timeout)
        return self.finish(context, webhooks.receiver(context))

    def generate_image(
        self,
        prompt: str,
        model: str = workflows.DEFAULT_IMAGE_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        timeout: float = workflows.DEFAULT_TIMEOUT,
    ) -> ImageResult:
        """Make one image; errors are returned in the result.

        Args:
            prompt: Describes the image.
            model: Any model that takes a ``prompt``.
            input: Further fields of its input.
            timeout: Seconds, after which the service also cancels the prediction.

        Raises:
            ValueError: The prompt is empty, or the model has no name; nothing was sent.
        """
        given = _image(prompt, input)
        context = self.call_context("generate_image", timeout)
        return _image_result(self.finish(context, workflows.made(context, self, model, given)))

    def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = workflows.DEFAULT_VIDEO_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        input_key: str = "image_urls",
        timeout: float = workflows.VIDEO_TIMEOUT,
    ) -> VideoResult:
        """Make a video of images; errors are returned in the result.

        The default model is that of the design document. No public listing has it, so pass another
        one, and as `input_key` the field of its input that takes the images.

        Args:
            image_urls: URLs or files, in order.
            model: Any model that takes a list of images.
            input: Further fields of its input.
            input_key: The field that takes the images.
            timeout: Seconds, after which the service also cancels the prediction.

        Raises:
            ValueError: There are no images, or the model has no name; nothing was sent.
        """
        given = _video(image_urls, input_key, input)
        context = self.call_context("generate_video", timeout)
        found = self.finish(context, workflows.made(context, self, model, given))
        return _video_result(found, image_urls)

    def poll_prediction(
        self,
        prediction_id: str,
        timeout: float = workflows.DEFAULT_TIMEOUT,
        interval: float | None = None,
    ) -> PollResult:
        """Wait for the end of a prediction; errors are returned in the result.

        Args:
            prediction_id: From a result, a log or another process.
            timeout: Seconds; the prediction goes on after them.
            interval: Seconds between two polls; ``None`` takes the client's pauses, which are
                `DEFAULT_POLL_INTERVAL` seconds unless it has others.

        Raises:
            ValueError: An argument is unusable; nothing was sent.
        """
        context = self.call_context("poll_prediction", timeout)
        poll = workflows.pauses(self, interval)
        return self.finish(context, workflows.polled(context, prediction_id, poll))


class AsyncReplicateClient(_ReplicateClient, jobs.AsyncReplicateClient[Any]):
    """Runs models on Replicate, for event loops; has the methods of `ReplicateClient`."""

    @property
    def models(self) -> Models[Self]:
        """Models and their versions."""
        return Models(self)

    async def run(self, ref: str, input: Input | None = None, **options: Unpack[RunOptions]) -> Any:  # noqa: A002 - the service's name
        """Run a model and return its output, with `AsyncFileOutput`; see `ReplicateClient.run`."""
        context = self.call_context("run", **of_call(options))
        return await self.finish(context, workflows.run(context, self, ref, input or {}, options))

    async def stream(
        self,
        ref: str,
        input: Input | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> AsyncIterator[ServerSentEvent]:
        """Run a model, and stream its output; see `ReplicateClient.stream`."""
        context = self.call_context("stream", **of_call(options))
        with context.instrumentation:
            async with aclosing(
                workflows.stream(context, self, ref, input or {}, options)
            ) as events:
                async for event in events:
                    yield event

    async def webhook(self, timeout: float | None = None) -> webhooks.PredictionWebhook:
        """A receiver of webhooks; see `ReplicateClient.webhook`."""
        context = self.call_context("webhook", timeout)
        return await self.finish(context, webhooks.receiver(context))

    async def generate_image(
        self,
        prompt: str,
        model: str = workflows.DEFAULT_IMAGE_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        timeout: float = workflows.DEFAULT_TIMEOUT,
    ) -> ImageResult:
        """Make one image; see `ReplicateClient.generate_image`."""
        given = _image(prompt, input)
        context = self.call_context("generate_image", timeout)
        return _image_result(
            await self.finish(context, workflows.made(context, self, model, given))
        )

    async def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = workflows.DEFAULT_VIDEO_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        input_key: str = "image_urls",
        timeout: float = workflows.VIDEO_TIMEOUT,
    ) -> VideoResult:
        """Make a video of images; see `ReplicateClient.generate_video`."""
        given = _video(image_urls, input_key, input)
        context = self.call_context("generate_video", timeout)
        found = await self.finish(context, workflows.made(context, self, model, given))
        return _video_result(found, image_urls)

    async def poll_prediction(
        self,
        prediction_id: str,
        timeout: float = workflows.DEFAULT_TIMEOUT,
        interval: float | None = None,
    ) -> PollResult:
        """Wait for the end of a prediction; see `ReplicateClient.poll_prediction`."""
        context = self.call_context("poll_prediction", timeout)
        poll = workflows.pauses(self, interval)
        return await self.finish(context, workflows.polled(context, prediction_id, poll))
