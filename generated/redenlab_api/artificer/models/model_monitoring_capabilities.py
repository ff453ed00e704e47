"""What they can do, by their names."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ModelMonitoringCapabilities(Record):
    """What they can do, by their names."""
