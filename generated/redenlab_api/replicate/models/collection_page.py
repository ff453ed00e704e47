"""Some of the collections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.collection_item import CollectionItem


class CollectionPage(Record):
    """Some of the collections."""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    """Address of the next page, to be followed as it is; null on the last one."""
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of the page before, to be followed as it is; null on the first one."""
    results: Records[CollectionItem] | None = field(
        records(lambda: models.CollectionItem), default=None
    )
    """Collections without their models."""
