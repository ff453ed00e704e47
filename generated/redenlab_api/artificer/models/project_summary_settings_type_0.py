"""Anything of yours."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProjectSummarySettingsType0(Record):
    """Anything of yours."""
