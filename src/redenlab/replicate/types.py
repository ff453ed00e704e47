"""Argument and result types of this backend that are not in the spec."""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from redenlab.core.clients.base import CallOptions
from redenlab_api.replicate.models.webhook_event import WebhookEvent

Input = Mapping[str, Any]
"""The input of a model. Path objects, bytes and binary file objects anywhere in it are files."""


class RunOptions(CallOptions, total=False):
    """Further arguments of `run` and `stream`.

    Attributes:
        wait: Seconds, 1 to 60, for which the service may hold its first response back (``Prefer``).
            It saves polls of short predictions; a response held back is never treated as final.
        cancel_after: Time after creation at which the service cancels the prediction: ``90``,
            ``5m``, ``1h30m45s``; at least 5 seconds.
        webhook: https URL that receives events of the prediction.
        webhook_events_filter: The events it receives: ``start``, ``output``, ``logs``,
            ``completed``.
    """

    wait: int | None
    cancel_after: str | int | None
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
