"""The severities, by their keys."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProbeIndexSeverityLevels(Record):
    """The severities, by their keys."""
