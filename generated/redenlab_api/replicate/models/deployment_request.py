"""DeploymentRequest"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DeploymentRequest(Record):
    """DeploymentRequest"""

    name: str = field(decoding.string)
    model: str = field(decoding.string)
    """`owner/name`."""
    version: str = field(decoding.string)
    """Id of a version of it."""
    hardware: str = field(decoding.string)
    """The `sku` of a hardware."""
    min_instances: int = field(decoding.integer)
    max_instances: int = field(decoding.integer)
