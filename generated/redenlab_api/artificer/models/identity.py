"""Whose a key is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.user import User


class Identity(Record):
    """Whose a key is."""

    user: User | None = field(
        decoding.union(record(lambda: models.User), decoding.null), default=None
    )
    """Null where the server asks for no key."""
    key_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="keyId", default=None
    )
    """Names the key; not its secret."""
    scopes: list[str] | None = field(
        decoding.union(decoding.array(decoding.string), decoding.null), default=None
    )
    """What it may do; `*` for everything."""
