"""How fast it is: `rtf_gpu`, `rtf_cpu`, seconds of work for a second of audio."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class EnginePerformanceType0(Record):
    """How fast it is: `rtf_gpu`, `rtf_cpu`, seconds of work for a second of audio."""
