"""The Replicate clients: the generated jobs and resources, and friendlier words on top.

Both colours share one set of workflows; see `redenlab.replicate.workflows`.
"""

import logging
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any, ClassVar, Unpack
from urllib.parse import urlsplit

from redenlab.core.client import CallOptions, Client
from redenlab.core.discovery import Base, Fixed
from redenlab.core.errors import InputError
from redenlab.core.io import run as finish
from redenlab.core.jobs import AsyncJob, Job
from redenlab.core.retry import Retry
from redenlab.core.session import Session
from redenlab.core.sse import Message
from redenlab.replicate import inputs, pricing, webhooks, workflows
from redenlab.replicate.resources import AsyncModels, Models
from redenlab.replicate.types import ImageResult, Input, PollResult, RunOptions, VideoResult
from redenlab.replicate.workflows import Run
from redenlab_api.replicate import jobs, models, resources

__all__ = ["AsyncReplicateClient", "ReplicateClient", "models"]

_log = logging.getLogger("redenlab.replicate")


class _Room(Client):
    """What both colours share."""

    retry: ClassVar[Retry] = workflows.RETRY

    async def prepared(self, session: Session, values: Mapping[str, Any]) -> dict[str, Any]:
        """Replace files in an input by addresses."""
        if "input" not in values:
            return dict(values)
        return {**values, "input": await inputs.ready(session, values["input"])}

    def estimate_cost(self, num_images: int, video_duration: float) -> float:
        """What images and video of the default models cost, in US dollars.

        Args:
            num_images: Images of `DEFAULT_IMAGE_MODEL`.
            video_duration: Seconds of video of `DEFAULT_VIDEO_MODEL`.

        Raises:
            ValueError: A number is negative.
        """
        total = pricing.estimate(num_images, video_duration)
        _log.info("%d images and %s s of video cost $%.3f", num_images, video_duration, total)
        return total

    def _base(self) -> Base:
        """With the version of the API, which other clients want left out of it."""
        found = super()._base().url or ""
        return Fixed(found if urlsplit(found).path else f"{found}/v1")

    def _call(self, name: str, options: CallOptions) -> Session:
        return self.session(name, options.get("timeout"), options.get("on_event"))


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


class ReplicateClient(_Room, jobs.ReplicateClient[Any], resources.Resources):
    """Runs models on Replicate, for threads.

    The key comes from `api_key`, ``REPLICATE_API_KEY`` or ``REPLICATE_API_TOKEN``; without one the
    constructor raises `MissingKey`, which is a `ValueError`. `predict`, `submit`, `get_status`,
    `get_result` and `job` are those of every client of this SDK; `run` and `stream` are friendlier.
    """

    @property
    def models(self) -> Models:
        """Models and their versions."""
        return Models(self)

    def run(self, ref: str, input: Input | None = None, **options: Unpack[RunOptions]) -> Any:  # noqa: A002 - the service's word
        """Run a model, wait for its end, and give its output, whatever that is.

        Args:
            ref: ``owner/name``, ``owner/name:version``, or the id of a version. A model without a
                version runs its newest one.
            input: What the model is given; files in it travel along, see `Input`.
            options: See `RunOptions`.

        Returns:
            The JSON of the output, with a `FileOutput` in place of each address of a file.

        Raises:
            InputError: `ref`, an option or a file is unusable; nothing was made.
            JobFailed: The model failed.
            JobCancelled: The prediction was stopped, or aborted before it ran; see `code`.
            JobTimeout: It still runs; see its `job`.
            SubmitUncertain: Whether it was made could not be found out.
            APIError: See `redenlab.core.errors`.
        """
        wanted = Run(self, Job[Any], ref, input or {}, workflows.parameters(options))
        session = self._call("run", options)
        return self.finish(session, workflows.run(session, wanted))

    def stream(
        self,
        ref: str,
        input: Input | None = None,  # noqa: A002 - the service's word
        **options: Unpack[RunOptions],
    ) -> Iterator[Message]:
        """Run a model, and tell what it says while it runs; see `run` for arguments and errors.

        A stream that breaks is taken up again where it broke.

        Returns:
            Events of the types ``output`` (text, in `data`) and ``logs``, until the good end.
        """
        wanted = Run(self, Job[Any], ref, input or {}, workflows.parameters(options))
        session = self._call("stream", options)
        events = workflows.stream(session, wanted)
        with session.watch.watched():
            try:
                while (event := finish(anext(events, None))) is not None:
                    yield event
            finally:
                finish(events.aclose())

    def webhook(self, timeout: float | None = None) -> webhooks.PredictionWebhook:
        """A receiver of webhooks, with the account's secret.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            APIError: The secret could not be fetched.
        """
        session = self.session("webhook", timeout)
        return self.finish(session, webhooks.receiver(session))

    def generate_image(
        self,
        prompt: str,
        model: str = workflows.DEFAULT_IMAGE_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's word
        timeout: float = workflows.DEFAULT_TIMEOUT,
    ) -> ImageResult:
        """Make one image; what goes wrong is in the result.

        Args:
            prompt: What it shows.
            model: Any model that takes a ``prompt``.
            input: More of its input.
            timeout: Seconds, after which the service stops it too.

        Raises:
            ValueError: The prompt is empty, or the model has no name; nothing was sent.
        """
        wanted = Run(self, Job[Any], model, _image(prompt, input), {})
        session = self.session("generate_image", timeout)
        return _image_result(self.finish(session, workflows.made(session, wanted)))

    def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = workflows.DEFAULT_VIDEO_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's word
        input_key: str = "image_urls",
        timeout: float = workflows.VIDEO_TIMEOUT,
    ) -> VideoResult:
        """Make a video of images; what goes wrong is in the result.

        The default model is that of the design document. No public listing has it, so name
        another one, and with `input_key` the part of its input that takes the images.

        Args:
            image_urls: Addresses or files, in order.
            model: Any model that takes a list of images.
            input: More of its input.
            input_key: Where the images go.
            timeout: Seconds, after which the service stops it too.

        Raises:
            ValueError: There are no images, or the model has no name; nothing was sent.
        """
        wanted = Run(self, Job[Any], model, _video(image_urls, input_key, input), {})
        session = self.session("generate_video", timeout)
        found = self.finish(session, workflows.made(session, wanted))
        return _video_result(found, image_urls)

    def poll_prediction(
        self,
        prediction_id: str,
        timeout: float = workflows.DEFAULT_TIMEOUT,
        interval: float = workflows.DEFAULT_POLL_INTERVAL,
    ) -> PollResult:
        """Wait for the end of a prediction; what goes wrong is in the result.

        Args:
            prediction_id: From a result, a log or another process.
            timeout: Seconds; the prediction goes on after them.
            interval: Seconds between two looks.

        Raises:
            ValueError: An argument is unusable; nothing was sent.
        """
        session = self.session("poll_prediction", timeout)
        return self.finish(session, workflows.polled(session, prediction_id, interval))


class AsyncReplicateClient(_Room, jobs.AsyncReplicateClient[Any], resources.AsyncResources):
    """Runs models on Replicate, for event loops; the same words as `ReplicateClient`."""

    @property
    def models(self) -> AsyncModels:
        """Models and their versions."""
        return AsyncModels(self)

    async def run(self, ref: str, input: Input | None = None, **options: Unpack[RunOptions]) -> Any:  # noqa: A002 - the service's word
        """Run a model and give its output, with `AsyncFileOutput`; see `ReplicateClient.run`."""
        wanted = Run(self, AsyncJob[Any], ref, input or {}, workflows.parameters(options))
        session = self._call("run", options)
        return await self.finish(session, workflows.run(session, wanted))

    async def stream(
        self,
        ref: str,
        input: Input | None = None,  # noqa: A002 - the service's word
        **options: Unpack[RunOptions],
    ) -> AsyncIterator[Message]:
        """Run a model, and tell what it says while it runs; see `ReplicateClient.stream`."""
        wanted = Run(self, AsyncJob[Any], ref, input or {}, workflows.parameters(options))
        session = self._call("stream", options)
        with session.watch.watched():
            async with aclosing(workflows.stream(session, wanted)) as events:
                async for event in events:
                    yield event

    async def webhook(self, timeout: float | None = None) -> webhooks.PredictionWebhook:
        """A receiver of webhooks; see `ReplicateClient.webhook`."""
        session = self.session("webhook", timeout)
        return await self.finish(session, webhooks.receiver(session))

    async def generate_image(
        self,
        prompt: str,
        model: str = workflows.DEFAULT_IMAGE_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's word
        timeout: float = workflows.DEFAULT_TIMEOUT,
    ) -> ImageResult:
        """Make one image; see `ReplicateClient.generate_image`."""
        wanted = Run(self, AsyncJob[Any], model, _image(prompt, input), {})
        session = self.session("generate_image", timeout)
        return _image_result(await self.finish(session, workflows.made(session, wanted)))

    async def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = workflows.DEFAULT_VIDEO_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's word
        input_key: str = "image_urls",
        timeout: float = workflows.VIDEO_TIMEOUT,
    ) -> VideoResult:
        """Make a video of images; see `ReplicateClient.generate_video`."""
        wanted = Run(self, AsyncJob[Any], model, _video(image_urls, input_key, input), {})
        session = self.session("generate_video", timeout)
        found = await self.finish(session, workflows.made(session, wanted))
        return _video_result(found, image_urls)

    async def poll_prediction(
        self,
        prediction_id: str,
        timeout: float = workflows.DEFAULT_TIMEOUT,
        interval: float = workflows.DEFAULT_POLL_INTERVAL,
    ) -> PollResult:
        """Wait for the end of a prediction; see `ReplicateClient.poll_prediction`."""
        session = self.session("poll_prediction", timeout)
        return await self.finish(session, workflows.polled(session, prediction_id, interval))
