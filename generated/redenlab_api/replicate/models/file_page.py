"""FilePage"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.stored_file import StoredFile


class FilePage(Record):
    """FilePage"""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    results: Records[StoredFile] | None = field(records(lambda: models.StoredFile), default=None)
