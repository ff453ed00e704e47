"""A pack of probes. The service documents none of it; this is what was seen."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProbePack(Record):
    """A pack of probes. The service documents none of it; this is what was seen."""

    id: str = field(decoding.string)
    """What `probePackIds` of an assessment name."""
    name: str | None = field(decoding.string, default=None)
    """What people call it."""
    category: str | None = field(decoding.string, default=None)
    """What kind of attacks it has."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Free text; null for none."""
    is_public: bool | None = field(decoding.boolean, name="isPublic", default=None)
    """Whether everybody sees it; absent if unknown."""
    probe_count: int | None = field(decoding.integer, name="probeCount", default=None)
    """How many probes it has; absent if unknown."""
    prompt_count: int | None = field(decoding.integer, name="promptCount", default=None)
    """How many prompts its probes have; absent if unknown."""
    imported_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="importedAt", default=None
    )
    """When it was imported; null for one of your own."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="createdAt", default=None
    )
    """When it was made."""
