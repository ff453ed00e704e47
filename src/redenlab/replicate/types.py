"""Argument and result types of this backend that are not in the spec."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

from redenlab.core.clients.base import CallOptions
from redenlab_api.replicate.models import Prediction
from redenlab_api.replicate.models.webhook_event import WebhookEvent

Input = Mapping[str, Any]
"""The input of a model. Path objects, bytes and binary file objects anywhere in it are files."""


class WaitOptions(TypedDict, total=False):
    """How a prediction is waited for.

    Attributes:
        on_progress: Called with the `Prediction` of each poll, and awaited in the async client if
            it is a coroutine function; what it raises ends the wait.
        cancel_on_interrupt: Whether the prediction is cancelled when the call is interrupted: by
            Ctrl-C, or by the cancellation of its task. ``True`` if left out.
    """

    on_progress: Callable[[Prediction], object] | None
    cancel_on_interrupt: bool


class RunOptions(CallOptions, WaitOptions, total=False):
    """Further arguments of `run` and `stream`.

    Attributes:
        wait: Seconds, 1 to 60, for which the service may hold its first response back (``Prefer``);
            ``True`` leaves the time to it. Saves polls of short predictions; a response held back
            is never treated as final.
        cancel_after: Time after creation at which the service cancels the prediction: ``90``,
            ``5m``, ``1h30m45s``; at least 5 seconds.
        deployment: Whether the reference is that of a deployment, ``owner/name``.
        webhook: https URL that receives events of the prediction.
        webhook_events_filter: The events it receives: ``start``, ``output``, ``logs``,
            ``completed``.
    """

    wait: bool | float | None
    cancel_after: str | int | None
    deployment: bool
    webhook: str | None
    webhook_events_filter: Sequence[WebhookEvent] | None


class ImageResult(TypedDict):
    """The outcome of `generate_image`; `prediction_id` is set if a prediction was created."""

    success: bool
    image_url: str | None
    error: str | None
    prediction_id: str | None


class VideoResult(TypedDict):
    """The outcome of `generate_video`; `duration_seconds` is an estimate, 0 without success."""

    success: bool
    video_url: str | None
    error: str | None
    prediction_id: str | None
    duration_seconds: int


class PollResult(TypedDict):
    """The outcome of `poll_prediction`.

    `status` is the status value of the service, ``timeout`` if the timeout was over first, or
    ``error`` if the poll failed.
    """

    status: str
    output: Any
    error: str | None
