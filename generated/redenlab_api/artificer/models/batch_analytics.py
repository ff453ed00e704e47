"""Cost, tokens and times of a batch job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.batch_analytics_cost import BatchAnalyticsCost
    from ..models.batch_analytics_performance import BatchAnalyticsPerformance
    from ..models.batch_analytics_tokens import BatchAnalyticsTokens
    from ..models.batch_overall import BatchOverall
    from ..models.phase_analytics import PhaseAnalytics


class BatchAnalytics(Record):
    """Cost, tokens and times of a batch job."""

    job_id: str = field(decoding.string, name="jobId")
    """Whose numbers these are."""
    name: str | None = field(decoding.string, default=None)
    """What people call it."""
    status: str | None = field(decoding.string, default=None)
    """One of the statuses of a batch job."""
    overall: BatchOverall | None = field(record(lambda: models.BatchOverall), default=None)
    """How many items of a job are done."""
    cost: BatchAnalyticsCost | None = field(record(lambda: models.BatchAnalyticsCost), default=None)
    """US dollars: `total`, `perItem`, and `byPhase`, a list."""
    tokens: BatchAnalyticsTokens | None = field(
        record(lambda: models.BatchAnalyticsTokens), default=None
    )
    """`total`, `perItem`, and `byPhase`, a list."""
    performance: BatchAnalyticsPerformance | None = field(
        record(lambda: models.BatchAnalyticsPerformance), default=None
    )
    """Milliseconds: `avgProcessingTimeMs`, and `byPhase`, a list."""
    phases: Records[PhaseAnalytics] | None = field(
        records(lambda: models.PhaseAnalytics), default=None
    )
    """The same by phases."""
