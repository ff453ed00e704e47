"""A deployment to be made."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class DeploymentRequest(Record):
    """A deployment to be made."""

    name: str = field(decoding.string)
    """The second part of its `owner/name`."""
    model: str = field(decoding.string)
    """`owner/name`."""
    version: str = field(decoding.string)
    """Id of a version of it."""
    hardware: str = field(decoding.string)
    """The `sku` of a hardware."""
    min_instances: int = field(decoding.integer)
    """Least number of instances."""
    max_instances: int = field(decoding.integer)
    """Greatest number of instances."""
