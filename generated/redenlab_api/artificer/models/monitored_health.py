"""Whether models work."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.model_health import ModelHealth


class MonitoredHealth(Record):
    """Whether models work."""

    health: Records[ModelHealth] = field(records(lambda: models.ModelHealth))
    """One for each model."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When it was found out."""
