"""What a training makes."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TrainingOutput(Record):
    """What a training makes."""

    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`owner/name:id` of the new version."""
    weights: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of the weights."""
