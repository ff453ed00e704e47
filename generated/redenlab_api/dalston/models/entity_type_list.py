"""The kinds of personal data that can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.entity_type import EntityType


class EntityTypeList(Record):
    """The kinds of personal data that can be found."""

    entity_types: Records[EntityType] = field(records(lambda: models.EntityType))
    """All that fit; empty on a fresh server."""
    total: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """How many there are."""
