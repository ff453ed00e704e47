"""PredictionPage"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.prediction import Prediction


class PredictionPage(Record):
    """PredictionPage"""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    results: Records[Prediction] | None = field(records(lambda: models.Prediction), default=None)
