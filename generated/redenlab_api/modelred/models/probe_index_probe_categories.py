"""The categories, by their keys."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProbeIndexProbeCategories(Record):
    """The categories, by their keys."""
