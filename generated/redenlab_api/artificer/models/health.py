"""How the server is."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.health_services import HealthServices


class Health(Record):
    """How the server is."""

    status: str = field(decoding.string)
    """`ok`, `healthy` or `unhealthy`."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
    mode: str | None = field(decoding.string, default=None)
    """`demo` or `database`; absent where the server does not tell."""
    uptime: float | None = field(decoding.number, default=None)
    """Seconds since its start; absent where the server does not tell."""
    services: HealthServices | None = field(record(lambda: models.HealthServices), default=None)
    """How each of its parts is; absent where the server does not tell."""
