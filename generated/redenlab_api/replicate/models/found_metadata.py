"""What the search knows of a model."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class FoundMetadata(Record):
    """What the search knows of a model."""

    generated_description: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """What the model does, in words that a program wrote."""
    tags: list[str] | None = field(decoding.array(decoding.string), default=None)
    """What the model is for, such as `image`."""
    score: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How well the model fits; the range is not documented."""
