"""How long a job is kept."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Retention(Record):
    """How long a job is kept."""

    mode: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`auto_delete`, `keep` or `none`."""
    hours: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Hours for which it is kept; null where that has no end."""
    purge_after: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it will be removed."""
    purged_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was removed."""
