"""Which model was chosen for a prompt."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class RoutingDecision(Record):
    """Which model was chosen for a prompt."""

    id: str = field(decoding.string)
    """Names it."""
    prompt_hash: str | None = field(decoding.string, name="promptHash", default=None)
    """The first 16 hexadecimal digits."""
    prompt_length: int | None = field(decoding.integer, name="promptLength", default=None)
    """Characters."""
    complexity: float | None = field(decoding.number, default=None)
    """From 1 to 10."""
    category: str | None = field(decoding.string, default=None)
    """`code`, `research`, `creative`, `analysis` or `chat`."""
    executed_model: str | None = field(decoding.string, name="executedModel", default=None)
    """`provider/model`."""
    total_cost: float | None = field(
        decoding.union(decoding.number, decoding.null), name="totalCost", default=None
    )
    """US dollars."""
    successful: bool | None = field(decoding.boolean, default=None)
    """Whether there was an answer."""
    retry_count: int | None = field(decoding.integer, name="retryCount", default=None)
    """How often it was made anew."""
    latency_ms: float | None = field(
        decoding.union(decoding.number, decoding.null), name="latencyMs", default=None
    )
    """Milliseconds."""
    strategy: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`single`, `ensemble` or `speculative`; null where it is not known."""
    validation_score: float | None = field(
        decoding.union(decoding.number, decoding.null), name="validationScore", default=None
    )
    """From 0 to 10; null without validation."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When."""
