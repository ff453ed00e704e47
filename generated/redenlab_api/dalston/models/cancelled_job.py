"""A job that is being stopped."""

from __future__ import annotations

from uuid import UUID

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CancelledJob(Record):
    """A job that is being stopped."""

    id: UUID = field(decoding.uuid)
    """UUID of the job."""
    status: str = field(decoding.string)
    """`cancelling` while a task is still at work, or `cancelled`."""
    message: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What happens, in words."""
