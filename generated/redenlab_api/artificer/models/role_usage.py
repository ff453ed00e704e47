"""How many messages there are of a role."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class RoleUsage(Record):
    """How many messages there are of a role."""

    role: str = field(decoding.string)
    """`user`, `assistant` or `system`."""
    count: int = field(decoding.integer)
    """Messages."""
    percentage: float = field(decoding.number)
    """From 0 to 100."""
