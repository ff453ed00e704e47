"""A project with what is new in it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.project_detail_settings_type_0 import ProjectDetailSettingsType0
    from ..models.project_entry import ProjectEntry


class ProjectDetail(Record):
    """A project with what is new in it."""

    id: str = field(decoding.string)
    """Names it."""
    name: str = field(decoding.string)
    """What people call it."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Free text; null for none."""
    user_id: str | None = field(
        decoding.union(decoding.string, decoding.null), name="userId", default=None
    )
    """Whose it is; null where there are no users."""
    settings: ProjectDetailSettingsType0 | None = field(
        decoding.union(record(lambda: models.ProjectDetailSettingsType0), decoding.null),
        default=None,
    )
    """Anything of yours."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created."""
    updated_at: datetime.datetime | None = field(decoding.instant, name="updatedAt", default=None)
    """When it was last changed."""
    conversations: Records[ProjectEntry] | None = field(
        records(lambda: models.ProjectEntry), default=None
    )
    """Up to five."""
    documents: Records[ProjectEntry] | None = field(
        records(lambda: models.ProjectEntry), default=None
    )
    """Up to five."""
