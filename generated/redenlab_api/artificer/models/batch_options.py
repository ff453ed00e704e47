"""How a batch job is run."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class BatchOptions(Record):
    """How a batch job is run."""

    concurrency: int | None = field(decoding.integer, default=None)
    """Items at a time, up to 50. Left out, 5."""
    checkpoint_frequency: int | None = field(
        decoding.integer, name="checkpointFrequency", default=None
    )
    """Items between two checkpoints, up to 100. Left out, 10."""
    auto_start: bool | None = field(decoding.boolean, name="autoStart", default=None)
    """Whether it starts by itself. Left out, it does."""
