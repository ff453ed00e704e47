"""How an answer came about."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ChainMetadata(Record):
    """How an answer came about."""

    complexity: float | None = field(decoding.number, default=None)
    """From 1 to 10."""
    category: str | None = field(decoding.string, default=None)
    """`code`, `research`, `creative`, `analysis` or `chat`."""
    strategy: str | None = field(decoding.string, default=None)
    """`single`, `ensemble` or `speculative`."""
    retry_count: int | None = field(decoding.integer, name="retryCount", default=None)
    """How often it was made anew."""
    successful: bool | None = field(decoding.boolean, default=None)
    """Whether a validation accepted it."""
    total_latency: float | None = field(decoding.number, name="totalLatency", default=None)
    """Milliseconds."""
    validation_score: float | None = field(
        decoding.union(decoding.number, decoding.null), name="validationScore", default=None
    )
    """From 0 to 10; null without validation."""
