"""A credential for some minutes, which may be given to a browser."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SessionToken(Record):
    """A credential for some minutes, which may be given to a browser."""

    token: str = field(decoding.string)
    """`tk_` and more; a secret."""
    expires_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ceases to work."""
    scopes: list[str] | None = field(decoding.array(decoding.string), default=None)
    """What it may do."""
    tenant_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """UUID of whom it belongs to."""
