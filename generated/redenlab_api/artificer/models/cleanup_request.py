"""Which checkpoints to remove."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field

from ..models.cleanup_status import CleanupStatus, cleanup_status


class CleanupRequest(Record):
    """Which checkpoints to remove."""

    older_than_days: int | None = field(decoding.integer, name="olderThanDays", default=None)
    """Only of jobs that ended so many days ago. Left out, 30."""
    status: CleanupStatus | None = field(cleanup_status, default=None)
    """The jobs whose checkpoints are removed."""
