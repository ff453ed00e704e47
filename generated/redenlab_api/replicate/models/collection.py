"""Collection"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models as _models

if TYPE_CHECKING:
    from ..models.model import Model


class Collection(Record):
    """Collection"""

    slug: str = field(decoding.string)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    full_description: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """Markdown."""
    models: Records[Model] | None = field(records(lambda: _models.Model), default=None)
