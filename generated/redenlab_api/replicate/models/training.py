"""A run that makes a new version."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.metrics import Metrics
    from ..models.prediction_urls import PredictionUrls
    from ..models.training_input_type_0 import TrainingInputType0
    from ..models.training_output import TrainingOutput


class Training(Record):
    """A run that makes a new version."""

    id: str = field(decoding.string)
    status: str = field(decoding.string)
    """One of `Status`, or a word that is newer than this file."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    input_: TrainingInputType0 | None = field(
        decoding.union(record(lambda: models.TrainingInputType0), decoding.null),
        name="input",
        default=None,
    )
    output: TrainingOutput | None = field(
        decoding.union(record(lambda: models.TrainingOutput), decoding.null), default=None
    )
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed."""
    logs: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    data_removed: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    metrics: Metrics | None = field(
        decoding.union(record(lambda: models.Metrics), decoding.null), default=None
    )
    urls: PredictionUrls | None = field(
        decoding.union(record(lambda: models.PredictionUrls), decoding.null), default=None
    )
    source: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    deadline: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
