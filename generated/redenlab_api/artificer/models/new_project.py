"""A project to create."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.new_project_settings import NewProjectSettings


class NewProject(Record):
    """A project to create."""

    name: str = field(decoding.string)
    """Up to 100 characters."""
    description: str | None = field(decoding.string, default=None)
    """Up to 500 characters. Left out, none."""
    settings: NewProjectSettings | None = field(
        record(lambda: models.NewProjectSettings), default=None
    )
    """Anything of yours. Left out, empty."""
