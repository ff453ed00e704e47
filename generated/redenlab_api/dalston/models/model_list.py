"""The models that the server knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.model import Model


class ModelList(Record):
    """The models that the server knows."""

    data: Records[Model] = field(records(lambda: models.Model))
    """All that fit."""
    object_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="object", default=None
    )
    """Says that it is a `list`."""
