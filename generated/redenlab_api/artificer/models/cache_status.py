"""How old the list of models is."""

from __future__ import annotations

from typing import Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CacheStatus(Record):
    """How old the list of models is."""

    cached: bool = field(decoding.boolean)
    """Whether there is one."""
    message: str | None = field(decoding.string, default=None)
    """A sentence for people; absent where there is one."""
    model_count: int | None = field(decoding.integer, name="modelCount", default=None)
    """How many models it has."""
    last_updated: Any | None = field(decoding.anything, name="lastUpdated", default=None)
    """When it was read, as a timestamp or in milliseconds."""
    source: str | None = field(decoding.string, default=None)
    """`api`, `fallback` or `file`."""
    age_hours: float | None = field(decoding.number, name="ageHours", default=None)
    """Hours since then."""
    is_valid: bool | None = field(decoding.boolean, name="isValid", default=None)
    """Whether it is fresh enough."""
    ttl_hours: float | None = field(decoding.number, name="ttlHours", default=None)
    """Hours for which it is."""
