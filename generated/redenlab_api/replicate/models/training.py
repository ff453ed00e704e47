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
    """26 lower-case letters and digits where seen."""
    status: str = field(decoding.string)
    """One of `Status`, or a word that is newer than this file."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The trainer, as `owner/name`."""
    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The version of the trainer: 64 hexadecimal digits."""
    input_: TrainingInputType0 | None = field(
        decoding.union(record(lambda: models.TrainingInputType0), decoding.null),
        name="input",
        default=None,
    )
    """What the trainer was given; the order of its keys is not kept."""
    output: TrainingOutput | None = field(
        decoding.union(record(lambda: models.TrainingOutput), decoding.null), default=None
    )
    """What was made; null before the end."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed."""
    logs: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What the trainer has printed so far, with its progress; empty if nothing."""
    data_removed: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether input and output were deleted since."""
    metrics: Metrics | None = field(
        decoding.union(record(lambda: models.Metrics), decoding.null), default=None
    )
    """How long it took; empty or absent before the end."""
    urls: PredictionUrls | None = field(
        decoding.union(record(lambda: models.PredictionUrls), decoding.null), default=None
    )
    """Where to look at it and how to stop it."""
    source: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`api` or `web`."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was made, in UTC."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When the trainer began to run, in UTC; absent or null before that."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ended, well or badly, in UTC; absent or null before that."""
    deadline: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it will be stopped, in UTC; `Cancel-After` sets it."""
