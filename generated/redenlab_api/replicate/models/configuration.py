"""On what a deployment runs, and how often at once."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Configuration(Record):
    """On what a deployment runs, and how often at once."""

    hardware: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The `sku` of a hardware."""
    min_instances: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Least number of instances, 0 to 5."""
    max_instances: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Greatest number of instances, 0 to 20."""
