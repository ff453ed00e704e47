"""`cost` in US dollars, `processingTime` in seconds, `cacheHit`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TextPhaseResultMetadata(Record):
    """`cost` in US dollars, `processingTime` in seconds, `cacheHit`."""
