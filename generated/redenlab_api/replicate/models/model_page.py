"""ModelPage"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.model import Model


class ModelPage(Record):
    """ModelPage"""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    results: Records[Model] | None = field(records(lambda: models.Model), default=None)
