"""What it can do, such as `supports_native_streaming`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class EngineCapabilitiesType0(Record):
    """What it can do, such as `supports_native_streaming`."""
