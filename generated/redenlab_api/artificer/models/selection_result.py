"""The models that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.selected_model import SelectedModel


class SelectionResult(Record):
    """The models that fit."""

    success: bool = field(decoding.boolean)
    """Whether there is one."""
    selected: SelectedModel | None = field(record(lambda: models.SelectedModel), default=None)
    """A model that fits."""
    matches: Records[SelectedModel] | None = field(
        records(lambda: models.SelectedModel), default=None
    )
    """All that fit, the best first; absent unless asked for."""
    match_count: int | None = field(decoding.integer, name="matchCount", default=None)
    """How many fit; absent unless asked for."""
    message: str | None = field(decoding.string, default=None)
    """Why there is none; absent otherwise."""
