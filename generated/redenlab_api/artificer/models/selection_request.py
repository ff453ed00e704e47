"""What a model has to be like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.selection_requirements import SelectionRequirements


class SelectionRequest(Record):
    """What a model has to be like."""

    requirements: SelectionRequirements = field(record(lambda: models.SelectionRequirements))
    """What a model has to be like; what is left out does not matter."""
    show_all: bool | None = field(decoding.boolean, name="showAll", default=None)
    """Whether all that fit are returned. Left out, the best one is."""
