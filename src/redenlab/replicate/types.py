"""Argument and result types of this backend that are not in the spec."""

from collections.abc import Mapping
from typing import Any, TypedDict

from redenlab.core.jobs.handle import WaitOptions
from redenlab_api.replicate.jobs import PredictOptions

Input = Mapping[str, Any]
"""The input of a model. Path objects, bytes and binary file objects anywhere in it are files."""


class RunOptions(PredictOptions, WaitOptions, total=False):
    """Further arguments of `run` and `stream`.

    Attributes:
        deployment: Whether the reference is that of a deployment, ``owner/name``.
    """

    deployment: bool


class Made(TypedDict):
    """How something was made; `prediction_id` is set if a prediction was created."""

    success: bool
    error: str | None
    prediction_id: str | None


class ImageResult(Made):
    """The outcome of `generate_image`."""

    image_url: str | None


class VideoResult(Made):
    """The outcome of `generate_video`; `duration_seconds` is an estimate, 0 without success."""

    video_url: str | None
    duration_seconds: int


class PollResult(TypedDict):
    """The outcome of `poll_prediction`; its status may be ``timeout`` or ``error`` as well."""

    status: str
    output: Any
    error: str | None
