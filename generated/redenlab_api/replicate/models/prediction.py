"""A run of a model. An hour after the end its input, output and logs are removed, if it came by the API."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.metrics import Metrics
    from ..models.prediction_input_type_0 import PredictionInputType0
    from ..models.prediction_urls import PredictionUrls


class Prediction(Record):
    """A run of a model. An hour after the end its input, output and logs are removed, if it
    came by the API."""

    id: str = field(decoding.string)
    """26 lower-case letters and digits where seen."""
    status: str = field(decoding.string)
    """One of `Status`, or a word that is newer than this file."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`owner/name`; may be an internal model."""
    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """An id, or `hidden` for official models."""
    input_: PredictionInputType0 | None = field(
        decoding.union(record(lambda: models.PredictionInputType0), decoding.null),
        name="input",
        default=None,
    )
    """What the model was given; the order of its keys is not kept."""
    output: Any | None = field(decoding.anything, default=None)
    """Whatever the model answers; may be there before the end, and not count."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it failed."""
    logs: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What the model has printed so far, with its progress; empty if nothing."""
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
    deployment: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What ran it, if that was a deployment; the form is not documented."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was made, in UTC; sent with up to nine digits of a second."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When the model began to run, in UTC; absent or null before that."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ended, well or badly, in UTC; absent or null before that."""
    deadline: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it will be stopped, in UTC; `Cancel-After` sets it."""
