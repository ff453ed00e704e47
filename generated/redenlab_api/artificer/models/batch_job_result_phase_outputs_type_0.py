"""The output of each phase by its name; empty or null before the first."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class BatchJobResultPhaseOutputsType0(Record):
    """The output of each phase by its name; empty or null before the first."""
