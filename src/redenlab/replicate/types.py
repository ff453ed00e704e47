"""What calls of this room take and give, beside the models of the spec."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from redenlab.core.clients.base import CallOptions
from redenlab_api.replicate.models.webhook_event import WebhookEvent

Input = Mapping[str, Any]
"""What a model is given. Anywhere in it, a path object, bytes or a binary file object is a file."""


class RunOptions(CallOptions, total=False):
    """Arguments of `run` and `stream` beside the model and its input.

    Attributes:
        wait: Seconds, 1 to 60, for which the service may hold its first answer back (``Prefer``).
            It saves looks at short predictions; an answer that comes so is never taken for final.
        cancel_after: When the service stops the prediction by itself, counted from its creation:
            ``90``, ``5m``, ``1h30m45s``; at least 5 seconds.
        webhook: https address that is told of the prediction.
        webhook_events_filter: Which events it is told: ``start``, ``output``, ``logs``,
            ``completed``.
    """

    wait: int | None
    cancel_after: str | int | None
    webhook: str | None
    webhook_events_filter: Sequence[WebhookEvent] | None


class ImageResult(TypedDict):
    """How an image came out; `prediction_id` is there whenever a prediction was made."""

    success: bool
    image_url: str | None
    error: str | None
    prediction_id: str | None


class VideoResult(TypedDict):
    """How a video came out; `duration_seconds` is an estimate, 0 without success."""

    success: bool
    video_url: str | None
    error: str | None
    prediction_id: str | None
    duration_seconds: int


class PollResult(TypedDict):
    """How a prediction ended.

    `status` is the service's word, or ``timeout`` when the time was over first, or ``error`` when
    the service could not be asked.
    """

    status: str
    output: Any
    error: str | None
