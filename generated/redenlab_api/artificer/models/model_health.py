"""Whether a model works."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelHealth(Record):
    """Whether a model works."""

    model: str = field(decoding.string)
    """`provider/model`."""
    is_healthy: bool = field(decoding.boolean, name="isHealthy")
    """False as well where it was never checked."""
    response_time: float | None = field(
        decoding.union(decoding.number, decoding.null), name="responseTime", default=None
    )
    """Milliseconds."""
    last_checked: datetime.datetime | None = field(
        decoding.instant, name="lastChecked", default=None
    )
    """When; 1970 for never."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it does not work; null where it does."""
