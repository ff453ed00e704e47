"""What a key is good for; null where the server asks for none."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class KeyVerification(Record):
    """What a key is good for; null where the server asks for none."""

    message: str = field(decoding.string)
    """A sentence for people."""
    user_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="userId", default=None
    )
    """Whose it is."""
    key_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="keyId", default=None
    )
    """Names the key; not its secret."""
    scopes: list[str] | None = field(
        decoding.union(decoding.array(decoding.string), decoding.null), default=None
    )
    """What it may do; `*` for everything."""
    client_ip: str | None = field(
        decoding.union(decoding.string, decoding.null), name="clientIp", default=None
    )
    """Where the request came from."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
