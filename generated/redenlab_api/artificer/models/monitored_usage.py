"""How often models are used."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.monitored_model import MonitoredModel


class MonitoredUsage(Record):
    """How often models are used."""

    usage: Records[MonitoredModel] = field(records(lambda: models.MonitoredModel))
    """One for each model."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was found out."""
