"""Whether the server is up."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class HealthStatus(Record):
    """Whether the server is up."""

    status: str = field(decoding.string)
    """`healthy`."""
