"""Some of the predictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.prediction import Prediction


class PredictionPage(Record):
    """Some of the predictions."""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    """Address of the next page, to be followed as it is; null on the last one."""
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of the page before, to be followed as it is; null on the first one."""
    results: Records[Prediction] | None = field(records(lambda: models.Prediction), default=None)
    """In a list of your own, 100 of them, the newest first."""
