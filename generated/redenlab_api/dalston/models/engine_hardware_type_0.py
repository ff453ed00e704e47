"""What it needs, such as `min_ram_gb`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class EngineHardwareType0(Record):
    """What it needs, such as `min_ram_gb`."""
