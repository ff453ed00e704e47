"""US dollars: `total`, `perItem`, and `byPhase`, a list."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class BatchAnalyticsCost(Record):
    """US dollars: `total`, `perItem`, and `byPhase`, a list."""
