"""How all models are."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.model_health import ModelHealth
    from ..models.model_monitoring_capabilities import ModelMonitoringCapabilities
    from ..models.monitored_model import MonitoredModel


class ModelMonitoring(Record):
    """How all models are."""

    usage: Records[MonitoredModel] = field(records(lambda: models.MonitoredModel))
    """How often they are used."""
    health: Records[ModelHealth] = field(records(lambda: models.ModelHealth))
    """Whether they work."""
    capabilities: ModelMonitoringCapabilities = field(
        record(lambda: models.ModelMonitoringCapabilities)
    )
    """What they can do, by their names."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was found out."""
