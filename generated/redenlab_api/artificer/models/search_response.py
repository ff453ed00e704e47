"""What was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.search_hit import SearchHit


class SearchResponse(Record):
    """What was found."""

    query: str = field(decoding.string)
    """What was searched for."""
    results: Records[SearchHit] = field(records(lambda: models.SearchHit))
    """The best first."""
    count: int = field(decoding.integer)
    """How many there are."""
