"""Where it stands: `chunkIndex`, `totalChunks`, `startChar`, `endChar`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class SearchHitMetadataType0(Record):
    """Where it stands: `chunkIndex`, `totalChunks`, `startChar`, `endChar`."""
