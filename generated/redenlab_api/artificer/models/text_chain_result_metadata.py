"""`totalCost` in US dollars, `totalTime` in seconds, `phaseCount`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TextChainResultMetadata(Record):
    """`totalCost` in US dollars, `totalTime` in seconds, `phaseCount`."""
