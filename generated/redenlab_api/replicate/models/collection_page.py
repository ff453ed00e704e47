"""CollectionPage"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.collection_item import CollectionItem


class CollectionPage(Record):
    """CollectionPage"""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    results: Records[CollectionItem] | None = field(
        records(lambda: models.CollectionItem), default=None
    )
