"""ModelHealth"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelHealth(Record):
    """ModelHealth"""

    status: str | None = field(decoding.string, default=None)
    """Open; `ready`, `healthy`, `warming`, `warming_up`, `unhealthy` and `cold` were seen."""
    ready: bool | None = field(decoding.boolean, default=None)
