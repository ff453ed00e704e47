"""What models can do."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.monitored_capabilities_capabilities import MonitoredCapabilitiesCapabilities


class MonitoredCapabilities(Record):
    """What models can do."""

    capabilities: MonitoredCapabilitiesCapabilities = field(
        record(lambda: models.MonitoredCapabilitiesCapabilities)
    )
    """By their names: `maxTokens`, `costPer1kTokens`, `supportsStreaming`, `contextWindow`."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was found out."""
