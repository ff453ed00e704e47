"""How many messages there are of each role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.role_usage import RoleUsage


class ModelUsage(Record):
    """How many messages there are of each role."""

    total_messages: int = field(decoding.integer, name="totalMessages")
    """Of all roles."""
    by_role: Records[RoleUsage] = field(records(lambda: models.RoleUsage), name="byRole")
    """The same by roles."""
