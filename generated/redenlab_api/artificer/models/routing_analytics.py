"""The last decisions on models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.routing_decision import RoutingDecision
    from ..models.routing_summary import RoutingSummary


class RoutingAnalytics(Record):
    """The last decisions on models."""

    decisions: Records[RoutingDecision] = field(records(lambda: models.RoutingDecision))
    """Newest first."""
    summary: RoutingSummary | None = field(record(lambda: models.RoutingSummary), default=None)
    """Numbers about the decisions."""
