"""What the model found, once the job is completed; its shape depends on the model."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class JobResultResult(Record):
    """What the model found, once the job is completed; its shape depends on the model."""
