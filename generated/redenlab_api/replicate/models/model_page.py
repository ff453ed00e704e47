"""Some of the models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.model import Model


class ModelPage(Record):
    """Some of the models."""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    """Address of the next page, to be followed as it is; null on the last one."""
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of the page before, to be followed as it is; null on the first one."""
    results: Records[Model] | None = field(records(lambda: models.Model), default=None)
    """25 of them where seen, in the order that was asked for."""
