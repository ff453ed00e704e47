"""The plans, by their keys."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProbeIndexTierDefinitions(Record):
    """The plans, by their keys."""
