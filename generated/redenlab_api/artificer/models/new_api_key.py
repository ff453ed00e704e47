"""An API key to create."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class NewApiKey(Record):
    """An API key to create."""

    name: str = field(decoding.string)
    """What people call it."""
    expires_in_days: int | None = field(decoding.integer, name="expiresInDays", default=None)
    """After so many days it is refused. Left out, never."""
    ip_whitelist: list[str] | None = field(
        decoding.array(decoding.string), name="ipWhitelist", default=None
    )
    """Addresses that may use it. Left out, all."""
    scopes: list[str] | None = field(decoding.array(decoding.string), default=None)
    """What it may do. Left out, everything."""
