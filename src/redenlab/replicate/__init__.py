"""Replicate: models behind predictions."""

from redenlab.core.clients.functions import Function, Run, StreamingFunction
from redenlab.core.jobs.model_schemas import PinnedModel
from redenlab.core.jobs.outputs import AsyncFileOutput, FileOutput
from redenlab.core.jobs.progress import Progress
from redenlab.core.jobs.streams import StreamEvent
from redenlab.replicate.client import (
    DEFAULT_POLL_INTERVAL,
    DEFAULT_TIMEOUT,
    AsyncReplicateClient,
    PredictionWebhook,
    ReplicateClient,
)
from redenlab.replicate.default import default_client, run, stream, use
from redenlab.replicate.pricing import IMAGE, VIDEO
from redenlab.replicate.types import ImageResult, PollResult, RunOptions, VideoResult
from redenlab_api.replicate.lifecycles import PROFILE

DEFAULT_IMAGE_MODEL, FLUX_SCHNELL_PRICE_PER_IMAGE = IMAGE.model, IMAGE.dollars
DEFAULT_VIDEO_MODEL, SKYREELS2_PRICE_PER_SECOND = VIDEO.model, VIDEO.dollars
MAX_BACKOFF_DELAY: int = PROFILE.retry["max_delay"]

__all__ = ["AsyncReplicateClient", "ReplicateClient", "default_client", "run", "stream", "use"]
__all__ += ["AsyncFileOutput", "FileOutput", "Function", "ImageResult", "PinnedModel", "Run"]
__all__ += ["PollResult", "PredictionWebhook", "Progress", "RunOptions", "StreamEvent"]
__all__ += ["DEFAULT_IMAGE_MODEL", "DEFAULT_POLL_INTERVAL", "DEFAULT_TIMEOUT"]
__all__ += ["DEFAULT_VIDEO_MODEL", "FLUX_SCHNELL_PRICE_PER_IMAGE", "MAX_BACKOFF_DELAY"]
__all__ += ["SKYREELS2_PRICE_PER_SECOND", "StreamingFunction", "VideoResult"]
