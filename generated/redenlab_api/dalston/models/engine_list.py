"""The engines of the server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.engine import Engine


class EngineList(Record):
    """The engines of the server."""

    engines: Records[Engine] = field(records(lambda: models.Engine))
    """All of them, busy or not."""
    total: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """How many there are."""
