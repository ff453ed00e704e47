"""How many documents a project has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.type_count import TypeCount


class DocumentStats(Record):
    """How many documents a project has."""

    total_count: int = field(decoding.integer, name="totalCount")
    """How many documents there are."""
    total_size: int = field(decoding.integer, name="totalSize")
    """Bytes."""
    type_breakdown: Records[TypeCount] | None = field(
        records(lambda: models.TypeCount), name="typeBreakdown", default=None
    )
    """The same by media types."""
