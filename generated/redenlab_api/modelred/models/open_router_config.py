"""How the service reaches a model of OpenRouter."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class OpenRouterConfig(Record):
    """How the service reaches a model of OpenRouter."""

    api_key: str = field(decoding.string, secret=True)
    """Secret key of an account at OpenRouter."""
    model_name: str = field(decoding.string)
    """Name of the model, with its vendor."""
    base_url: str | None = field(decoding.string, default=None)
    """Where the API is. Left out, at OpenRouter."""
