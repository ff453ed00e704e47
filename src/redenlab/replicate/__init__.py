"""Replicate: models behind predictions.

from redenlab.replicate import ReplicateClient

with ReplicateClient() as client:
    print(client.run("black-forest-labs/flux-schnell", {"prompt": "a red car"}))
"""

from redenlab.core.jobs.outputs import AsyncFileOutput, FileOutput
from redenlab.replicate.client import AsyncReplicateClient, ReplicateClient
from redenlab.replicate.default import default_client, run, stream, use
from redenlab.replicate.functions import Function, Run, StreamingFunction
from redenlab.replicate.pins import PinnedModel
from redenlab.replicate.pricing import (
    FLUX_SCHNELL_PRICE_PER_IMAGE,
    SKYREELS2_PRICE_PER_SECOND,
)
from redenlab.replicate.progress import Progress
from redenlab.replicate.types import ImageResult, PollResult, RunOptions, VideoResult
from redenlab.replicate.webhooks import PredictionWebhook
from redenlab.replicate.workflows import (
    DEFAULT_IMAGE_MODEL,
    DEFAULT_POLL_INTERVAL,
    DEFAULT_TIMEOUT,
    DEFAULT_VIDEO_MODEL,
    MAX_BACKOFF_DELAY,
)

__all__ = [
    "DEFAULT_IMAGE_MODEL",
    "DEFAULT_POLL_INTERVAL",
    "DEFAULT_TIMEOUT",
    "DEFAULT_VIDEO_MODEL",
    "FLUX_SCHNELL_PRICE_PER_IMAGE",
    "MAX_BACKOFF_DELAY",
    "SKYREELS2_PRICE_PER_SECOND",
    "AsyncFileOutput",
    "AsyncReplicateClient",
    "FileOutput",
    "Function",
    "ImageResult",
    "PinnedModel",
    "PollResult",
    "PredictionWebhook",
    "Progress",
    "ReplicateClient",
    "Run",
    "RunOptions",
    "StreamingFunction",
    "VideoResult",
    "default_client",
    "run",
    "stream",
    "use",
]
