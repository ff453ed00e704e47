"""Configuration"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Configuration(Record):
    """Configuration"""

    hardware: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    min_instances: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    max_instances: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
