"""Anything of yours."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProjectSettingsType0(Record):
    """Anything of yours."""
