"""What was found, by its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models as _models

if TYPE_CHECKING:
    from ..models.collection_item import CollectionItem
    from ..models.found_model import FoundModel
    from ..models.found_page import FoundPage


class SearchResponse(Record):
    """What was found, by its kind."""

    query: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The words that were searched for."""
    models: Records[FoundModel] | None = field(records(lambda: _models.FoundModel), default=None)
    """Those that fit."""
    collections: Records[CollectionItem] | None = field(
        records(lambda: _models.CollectionItem), default=None
    )
    """Those that fit."""
    pages: Records[FoundPage] | None = field(records(lambda: _models.FoundPage), default=None)
    """Pages of the website that fit."""
