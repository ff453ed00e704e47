"""Where a page stands among others."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Pagination(Record):
    """Where a page stands among others."""

    total_pages: int | None = field(decoding.integer, name="totalPages", default=None)
    """How many pages there are."""
