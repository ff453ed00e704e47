"""Whether a model can run at once; a cold start takes ten minutes or more."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelHealth(Record):
    """Whether a model can run at once; a cold start takes ten minutes or more."""

    status: str | None = field(decoding.string, default=None)
    """Open; `ready`, `healthy`, `warming`, `warming_up`, `unhealthy` and `cold` were seen."""
    ready: bool | None = field(decoding.boolean, default=None)
    """Whether a job would run without waiting for the model to load."""
