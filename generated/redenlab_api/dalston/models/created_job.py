"""A job that was accepted."""

from __future__ import annotations

import datetime
from uuid import UUID

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class CreatedJob(Record):
    """A job that was accepted."""

    id: UUID = field(decoding.uuid)
    """Names the job from now on."""
    status: str = field(decoding.string)
    """`pending`; in lite mode `completed`."""
    display_name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The name that was given, or that of the file."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was accepted. A time without a zone is in UTC."""
