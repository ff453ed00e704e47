"""What is known of it."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class DocumentSummaryMetadataType0(Record):
    """What is known of it."""
