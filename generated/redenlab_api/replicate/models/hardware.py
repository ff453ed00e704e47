"""What a model can run on; new ones come."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Hardware(Record):
    """What a model can run on; new ones come."""

    sku: str = field(decoding.string)
    """What requests say, such as `gpu-t4`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown, such as `Nvidia T4 GPU`."""
