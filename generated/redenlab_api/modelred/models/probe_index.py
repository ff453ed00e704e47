"""Probes, and what the words mean that they are filtered by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.probe import Probe
    from ..models.probe_index_probe_categories import ProbeIndexProbeCategories
    from ..models.probe_index_severity_levels import ProbeIndexSeverityLevels
    from ..models.probe_index_tier_definitions import ProbeIndexTierDefinitions


class ProbeIndex(Record):
    """Probes, and what the words mean that they are filtered by."""

    probes: Records[Probe] = field(records(lambda: models.Probe))
    """The probes that were asked for."""
    probe_categories: ProbeIndexProbeCategories | None = field(
        record(lambda: models.ProbeIndexProbeCategories), default=None
    )
    """The categories, by their keys."""
    tier_definitions: ProbeIndexTierDefinitions | None = field(
        record(lambda: models.ProbeIndexTierDefinitions), default=None
    )
    """The plans, by their keys."""
    severity_levels: ProbeIndexSeverityLevels | None = field(
        record(lambda: models.ProbeIndexSeverityLevels), default=None
    )
    """The severities, by their keys."""
