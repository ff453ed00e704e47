"""How the service reaches a model of Hugging Face."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class HuggingFaceConfig(Record):
    """How the service reaches a model of Hugging Face."""

    model_name: str = field(decoding.string)
    """`owner/name` at Hugging Face."""
    api_key: str | None = field(decoding.string, default=None, secret=True)
    """Token of Hugging Face. Left out for public models."""
    use_inference_api: bool | None = field(decoding.boolean, default=True)
    """Whether it is called at Hugging Face, and not at `endpoint_url`."""
    endpoint_url: str | None = field(decoding.string, default=None)
    """Address of an endpoint of your own. Left out, none."""
    task: str | None = field(decoding.string, default="text-generation")
    """What the model does."""
