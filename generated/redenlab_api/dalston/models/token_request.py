"""What a token is for."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TokenRequest(Record):
    """What a token is for."""

    ttl: int | None = field(decoding.integer, default=None)
    """Seconds for which it works; 600 if left out."""
    scopes: list[str] | None = field(decoding.array(decoding.string), default=None)
    """What it may do; `realtime` if left out."""
