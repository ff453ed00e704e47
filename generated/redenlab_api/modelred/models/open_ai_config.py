"""How the service reaches a model of OpenAI."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class OpenAIConfig(Record):
    """How the service reaches a model of OpenAI."""

    api_key: str = field(decoding.string, secret=True)
    """Secret key of an account at OpenAI."""
    model_name: str = field(decoding.string)
    """Name of the model, such as `gpt-4o-mini`."""
    organization: str | None = field(decoding.string, default=None)
    """Organization at OpenAI. Left out, that of the key."""
    base_url: str | None = field(decoding.string, default=None)
    """Where the API is. Left out, at OpenAI."""
