"""What went wrong with an item in a phase."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ItemError(Record):
    """What went wrong with an item in a phase."""

    error: str = field(decoding.string)
    """Why."""
    phase: str | None = field(decoding.string, default=None)
    """The name of the phase."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
    retry_attempt: int | None = field(decoding.integer, name="retryAttempt", default=None)
    """Which attempt it was, from 0; absent for the only one."""
    dead_letter: bool | None = field(decoding.boolean, name="deadLetter", default=None)
    """Whether it was the last attempt; absent where that is not known."""
