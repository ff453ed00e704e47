"""A step of a job."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Stage(Record):
    """A step of a job."""

    stage: str = field(decoding.string)
    """Such as `prepare`, `transcribe`, `align`, `diarize`, `pii_detect`, `audio_redact`."""
    status: str = field(decoding.string)
    """`pending`, `ready`, `running`, `completed`, `failed`, `skipped` or `cancelled`."""
    task_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """UUID of its task."""
    engine_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The engine that does it."""
    required: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether the job fails if it fails."""
    ready_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it could begin."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it began; null before that."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ended; null before that."""
    wait_ms: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Milliseconds between `ready_at` and `started_at`."""
    duration_ms: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Milliseconds for which it ran."""
    retries: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """How often it was tried again; null for never."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed."""
