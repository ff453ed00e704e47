"""A registered language model."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Model(Record):
    """A registered language model."""

    id: str = field(decoding.string)
    """Its id in the database."""
    model_id: str | None = field(decoding.string, name="modelId", default=None)
    """Your slug for it: lower case with hyphens, unique in the organization."""
    provider: str | None = field(decoding.string, default=None)
    """One of the providers of this spec, or a newer one."""
    model_name: str | None = field(
        decoding.union(decoding.string, decoding.null), name="modelName", default=None
    )
    """What the provider calls it."""
    display_name: str | None = field(decoding.string, name="displayName", default=None)
    """What people call it."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Free text; null for none."""
    is_active: bool | None = field(decoding.boolean, name="isActive", default=True)
    """Whether it may be assessed; absent means that it may."""
    test_count: int | None = field(decoding.integer, name="testCount", default=0)
    """How many assessments it had; absent for none."""
    last_tested: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="lastTested", default=None
    )
    """When its last assessment was; null before the first."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="createdAt", default=None
    )
    """When it was registered."""
    updated_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), name="updatedAt", default=None
    )
    """When it was last changed."""
