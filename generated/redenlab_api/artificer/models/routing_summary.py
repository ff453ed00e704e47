"""Numbers about the decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.routing_summary_model_distribution import RoutingSummaryModelDistribution


class RoutingSummary(Record):
    """Numbers about the decisions."""

    total: int | None = field(decoding.integer, default=None)
    """How many there are."""
    successful: int | None = field(decoding.integer, default=None)
    """How many of them led to an answer."""
    average_cost: float | None = field(decoding.number, name="averageCost", default=None)
    """US dollars."""
    average_retries: float | None = field(decoding.number, name="averageRetries", default=None)
    """A decision."""
    model_distribution: RoutingSummaryModelDistribution | None = field(
        record(lambda: models.RoutingSummaryModelDistribution),
        name="modelDistribution",
        default=None,
    )
    """How many decisions for each model."""
