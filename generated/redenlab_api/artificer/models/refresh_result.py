"""That the list of models was read anew."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class RefreshResult(Record):
    """That the list of models was read anew."""

    success: bool = field(decoding.boolean)
    """Always true."""
    model_count: int = field(decoding.integer, name="modelCount")
    """How many there are."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
    message: str | None = field(decoding.string, default=None)
    """A sentence for people."""
