"""Anything of yours; replaces what there is."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProjectChangeSettings(Record):
    """Anything of yours; replaces what there is."""
