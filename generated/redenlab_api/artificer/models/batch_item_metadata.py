"""What you want to find in its result. Left out, nothing."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class BatchItemMetadata(Record):
    """What you want to find in its result. Left out, nothing."""
