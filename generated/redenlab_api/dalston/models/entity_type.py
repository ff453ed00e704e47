"""A kind of personal data; which properties it has is not documented."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class EntityType(Record):
    """A kind of personal data; which properties it has is not documented."""

    id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What `pii_entity_types` of a job may say."""
    category: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`pii`, `pci` or `phi`."""
