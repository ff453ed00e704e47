"""DeploymentUpdate"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DeploymentUpdate(Record):
    """DeploymentUpdate"""

    version: str | None = field(decoding.string, default=None)
    """Id of a version of its model."""
    hardware: str | None = field(decoding.string, default=None)
    """The `sku` of a hardware."""
    min_instances: int | None = field(decoding.integer, default=None)
    max_instances: int | None = field(decoding.integer, default=None)
