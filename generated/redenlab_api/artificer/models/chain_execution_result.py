"""The answer of a chain of models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.chain_analysis import ChainAnalysis


class ChainExecutionResult(Record):
    """The answer of a chain of models."""

    response: str = field(decoding.string)
    """What it answers."""
    cost: float = field(decoding.number)
    """US dollars."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    tokens: int | None = field(decoding.integer, default=None)
    """Absent over tRPC."""
    successful: bool | None = field(decoding.boolean, default=None)
    """Whether a validation accepted it; absent over tRPC."""
    retry_count: int | None = field(decoding.integer, name="retryCount", default=None)
    """How often it was made anew; absent over tRPC."""
    latency_ms: float | None = field(decoding.number, name="latencyMs", default=None)
    """Milliseconds; absent over tRPC."""
    validation_score: float | None = field(
        decoding.union(decoding.number, decoding.null), name="validationScore", default=None
    )
    """From 0 to 10; null without validation."""
    analysis: ChainAnalysis | None = field(record(lambda: models.ChainAnalysis), default=None)
    """What the server took a query for."""
    strategy: str | None = field(decoding.string, default=None)
    """`single`, `ensemble` or `speculative`; absent over tRPC."""
