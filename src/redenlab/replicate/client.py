"""The Replicate clients: the generated jobs and resources, with convenience methods.

Each method is written once, in `ReplicateMethods`; it blocks in `ReplicateClient`, and is awaited
in `AsyncReplicateClient`.
"""

import logging
from collections.abc import Sequence
from typing import Any, Literal, Self, Unpack, overload

from redenlab.core.clients.base import Client
from redenlab.core.clients.methods import Call, Stream, method, streaming
from redenlab.core.clients.options import of_call
from redenlab.core.transport.sse import ServerSentEvent
from redenlab.replicate import pricing, webhooks, workflows
from redenlab.replicate.functions import Function, StreamingFunction
from redenlab.replicate.pins import In, PinnedModel
from redenlab.replicate.types import ImageResult, Input, PollResult, RunOptions, VideoResult
from redenlab_api.replicate import jobs, models

__all__ = ["AsyncReplicateClient", "ReplicateClient", "models"]

_log = logging.getLogger("redenlab.replicate")


class ReplicateMethods(Client):
    """What the sync and the async client have beside what is generated."""

    @method
    def run(
        self,
        ref: str | PinnedModel[In],
        input: In | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> Call[Any]:
        """Run a model, wait for its end, and return its output.

        If the call is interrupted, by Ctrl-C or by the cancellation of its task, the prediction is
        cancelled as well.

        Args:
            ref: ``owner/name``, ``owner/name:version``, the id of a version, or a model of a file
                that ``redenlab replicate pin`` has written. A model without a version runs its
                newest one.
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
        return context, workflows.run(context, self, ref, input or {}, options)

    @streaming
    def stream(
        self,
        ref: str | PinnedModel[In],
        input: In | None = None,  # noqa: A002 - the service's name
        **options: Unpack[RunOptions],
    ) -> Stream[ServerSentEvent]:
        """Run a model, and stream its output; see `run` for arguments and errors.

        A stream that breaks is resumed after the last event.

        Returns:
            Events of the types ``output`` (text, in `data`) and ``logs``, until the prediction has
            succeeded.
        """
        context = self.call_context("stream", **of_call(options))
        return context, workflows.stream(context, self, ref, input or {}, options)

    @overload
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: Literal[False] = False
    ) -> Function[Self]: ...
    @overload
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: Literal[True]
    ) -> StreamingFunction[Self]: ...
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: bool = False
    ) -> Function[Self] | StreamingFunction[Self]:
        """A model as a function of its inputs; nothing is sent before it is called.

        Inputs are checked against the schema that the model publishes, before any file is uploaded.

        Args:
            ref: As in `run`.
            streaming: Whether calls yield the output piece by piece, while the model runs.
        """
        return StreamingFunction(self, ref) if streaming else Function(self, ref)

    @method
    def webhook(self, timeout: float | None = None) -> Call[webhooks.PredictionWebhook]:
        """Create a receiver of webhooks with the account's secret.

        Args:
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            APIError: The secret could not be fetched.
        """
        context = self.call_context("webhook", timeout)
        return context, webhooks.receiver(context)

    @method
    def generate_image(
        self,
        prompt: str,
        model: str = workflows.DEFAULT_IMAGE_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        timeout: float = workflows.DEFAULT_TIMEOUT,
    ) -> Call[ImageResult]:
        """Make one image; errors are returned in the result.

        Args:
            prompt: Describes the image.
            model: Any model that takes a ``prompt``.
            input: Further fields of its input.
            timeout: Seconds, after which the service also cancels the prediction.

        Raises:
            ValueError: The prompt is empty, or the model has no name; nothing was sent.
        """
        context = self.call_context("generate_image", timeout)
        return context, workflows.image(context, self, model, prompt, input or {})

    @method
    def generate_video(
        self,
        image_urls: Sequence[Any],
        model: str = workflows.DEFAULT_VIDEO_MODEL,
        *,
        input: Input | None = None,  # noqa: A002 - the service's name
        input_key: str = "image_urls",
        timeout: float = workflows.VIDEO_TIMEOUT,
    ) -> Call[VideoResult]:
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
        context = self.call_context("generate_video", timeout)
        images = {input_key: image_urls}
        return context, workflows.video(context, self, model, images, input or {})

    @method
    def poll_prediction(
        self,
        prediction_id: str,
        timeout: float = workflows.DEFAULT_TIMEOUT,
        interval: float | None = None,
    ) -> Call[PollResult]:
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
        return context, workflows.polled(context, prediction_id, workflows.pauses(self, interval))

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


class ReplicateClient(ReplicateMethods, jobs.ReplicateClient[Any]):
    """Runs models on Replicate, for threads.

    The key comes from `api_key`, ``REPLICATE_API_KEY`` or ``REPLICATE_API_TOKEN``; without one the
    constructor raises `MissingKey`, which is a `ValueError`. `predict`, `submit`, `get_status`,
    `get_result` and `job` are those of every client of this SDK; `run`, `stream` and `use` are
    convenience methods.
    """


class AsyncReplicateClient(ReplicateMethods, jobs.AsyncReplicateClient[Any]):
    """Runs models on Replicate, for event loops; has the methods of `ReplicateClient`."""
