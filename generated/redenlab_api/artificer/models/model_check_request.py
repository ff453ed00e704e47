"""A model to look at."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelCheckRequest(Record):
    """A model to look at."""

    model_id: str = field(decoding.string, name="modelId")
    """`provider/model`."""
