"""How many realtime sessions there are, and may be."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class RealtimeStatus(Record):
    """How many realtime sessions there are, and may be."""

    status: str = field(decoding.string)
    """`ready`, `at_capacity`, or `unavailable` where no worker is ready."""
    total_capacity: int = field(decoding.integer)
    """Sessions that all workers can hold."""
    active_sessions: int = field(decoding.integer)
    """Sessions that there are."""
    available_capacity: int = field(decoding.integer)
    """Sessions that can be begun."""
    worker_count: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Workers that there are."""
    ready_workers: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Workers that take sessions."""
