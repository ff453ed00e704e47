"""Milliseconds: `avgProcessingTimeMs`, and `byPhase`, a list."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class BatchAnalyticsPerformance(Record):
    """Milliseconds: `avgProcessingTimeMs`, and `byPhase`, a list."""
