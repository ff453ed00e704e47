"""What to change of a deployment; what is left out stays as it is."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DeploymentUpdate(Record):
    """What to change of a deployment; what is left out stays as it is."""

    version: str | None = field(decoding.string, default=None)
    """Id of a version of its model."""
    hardware: str | None = field(decoding.string, default=None)
    """The `sku` of a hardware."""
    min_instances: int | None = field(decoding.integer, default=None)
    """Least number of instances."""
    max_instances: int | None = field(decoding.integer, default=None)
    """Greatest number of instances."""
