"""Anything of yours."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProjectDetailSettingsType0(Record):
    """Anything of yours."""
