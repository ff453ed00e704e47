"""Who asked for probes."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProbeMeta(Record):
    """Who asked for probes."""

    user_tier: str | None = field(decoding.string, default=None)
    """The plan of the organization that the key belongs to."""
