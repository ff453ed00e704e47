"""What was sent along; null for nothing."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class BatchJobResultMetadataType0(Record):
    """What was sent along; null for nothing."""
