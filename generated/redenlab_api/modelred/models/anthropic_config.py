"""How the service reaches a model of Anthropic."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AnthropicConfig(Record):
    """How the service reaches a model of Anthropic."""

    api_key: str = field(decoding.string, secret=True)
    """Secret key of an account at Anthropic."""
    model_name: str = field(decoding.string)
    """Name of the model at Anthropic."""
