"""A message to store."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field

from ..models.role import Role
from ..models.role import role as _role


class NewMessage(Record):
    """A message to store."""

    role: Role = field(_role)
    """Who says something."""
    content: str = field(decoding.string)
    """Up to 10,000 characters."""
