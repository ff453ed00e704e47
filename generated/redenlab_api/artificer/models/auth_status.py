"""That the server can be reached."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AuthStatus(Record):
    """That the server can be reached."""

    message: str = field(decoding.string)
    """A sentence for people."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
