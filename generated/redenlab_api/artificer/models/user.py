"""Somebody who has keys."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class User(Record):
    """Somebody who has keys."""

    id: str = field(decoding.string)
    """Names them."""
    email: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Their address."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people call them."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When they were added."""
