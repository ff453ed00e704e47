"""An API key without its secret."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ApiKeyInfo(Record):
    """An API key without its secret."""

    id: str = field(decoding.string)
    """Names it."""
    name: str = field(decoding.string)
    """What people call it."""
    scopes: list[str] | None = field(decoding.array(decoding.string), default=None)
    """What it may do; `*` for everything."""
    ip_whitelist: list[str] | None = field(
        decoding.array(decoding.string), name="ipWhitelist", default=None
    )
    """Addresses that may use it; empty for all."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created."""
    expires_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="expiresAt", default=None
    )
    """After it the key is refused; null for never."""
    last_used_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="lastUsedAt", default=None
    )
    """When it was last used; null for never."""
