"""A batch job, as it is now."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class BatchJob(Record):
    """A batch job, as it is now."""

    id: str = field(decoding.string)
    """Names it."""
    name: str = field(decoding.string)
    """What people call it."""
    status: decoding.Status = field(decoding.status)
    """Where it stands; `value` is the text that the service sent."""
    total_items: int = field(decoding.integer, name="totalItems")
    """How many items it has."""
    completed_items: int = field(decoding.integer, name="completedItems")
    """Items that went through all phases."""
    failed_items: int = field(decoding.integer, name="failedItems")
    """Items that failed in one of them."""
    cost_incurred: float = field(decoding.number, name="costIncurred")
    """US dollars so far."""
    tokens_used: int = field(decoding.integer, name="tokensUsed")
    """So far."""
    project_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="projectId", default=None
    )
    """The project that it belongs to; null for none, absent over tRPC but in lists."""
    percent_complete: float | None = field(decoding.number, name="percentComplete", default=None)
    """From 0 to 100; absent where the server does not tell."""
    current_phase: str | None = field(
        decoding.union(decoding.string, decoding.null), name="currentPhase", default=None
    )
    """The phase that runs; null where none does."""
    estimated_time_remaining_ms: float | None = field(
        decoding.union(decoding.number, decoding.null),
        name="estimatedTimeRemainingMs",
        default=None,
    )
    """Milliseconds until its end; null where that is not known."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed; null otherwise."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created; absent over tRPC but in lists and the answer to its creation."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="startedAt", default=None
    )
    """When it began to run; null before."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="completedAt", default=None
    )
    """When it ended, well or badly; null before."""
