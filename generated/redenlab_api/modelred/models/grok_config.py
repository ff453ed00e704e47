"""How the service reaches a model of xAI."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class GrokConfig(Record):
    """How the service reaches a model of xAI."""

    api_key: str = field(decoding.string, secret=True)
    """Secret key of an account at xAI."""
    model_name: str = field(decoding.string)
    """Name of the model at xAI."""
