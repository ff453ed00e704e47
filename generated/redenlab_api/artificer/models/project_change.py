"""What to change of a project; what is left out stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.project_change_settings import ProjectChangeSettings


class ProjectChange(Record):
    """What to change of a project; what is left out stays."""

    name: str | None = field(decoding.string, default=None)
    """Up to 100 characters."""
    description: str | None = field(decoding.string, default=None)
    """Up to 500 characters."""
    settings: ProjectChangeSettings | None = field(
        record(lambda: models.ProjectChangeSettings), default=None
    )
    """Anything of yours; replaces what there is."""
