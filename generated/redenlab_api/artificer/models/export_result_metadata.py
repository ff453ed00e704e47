"""`exportDate`, `totalMessages`, `totalTokens`, `totalCost`, and what was exported."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ExportResultMetadata(Record):
    """`exportDate`, `totalMessages`, `totalTokens`, `totalCost`, and what was exported."""
