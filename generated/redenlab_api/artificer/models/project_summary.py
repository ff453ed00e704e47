"""A project in a list."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.project_stats import ProjectStats
    from ..models.project_summary_settings_type_0 import ProjectSummarySettingsType0


class ProjectSummary(Record):
    """A project in a list."""

    id: str = field(decoding.string)
    """Names it."""
    name: str = field(decoding.string)
    """What people call it."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Free text; null for none."""
    settings: ProjectSummarySettingsType0 | None = field(
        decoding.union(record(lambda: models.ProjectSummarySettingsType0), decoding.null),
        default=None,
    )
    """Anything of yours."""
    created_at: datetime.datetime | None = field(decoding.instant, name="createdAt", default=None)
    """When it was created."""
    updated_at: datetime.datetime | None = field(decoding.instant, name="updatedAt", default=None)
    """When it was last changed."""
    stats: ProjectStats | None = field(record(lambda: models.ProjectStats), default=None)
    """How much a project has."""
