"""What was to be kept beside it; empty if nothing."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class StoredFileMetadataType0(Record):
    """What was to be kept beside it; empty if nothing."""
