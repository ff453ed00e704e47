"""What to run; the path says which model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models
from ..models.webhook_event import WebhookEvent, webhook_event

if TYPE_CHECKING:
    from ..models.prediction_request_input import PredictionRequestInput


class PredictionRequest(Record):
    """What to run; the path says which model."""

    input_: PredictionRequestInput = field(
        record(lambda: models.PredictionRequestInput), name="input"
    )
    """What the model is given, by the model's own names."""
    webhook: str | None = field(decoding.string, default=None)
    """https address that is told of the prediction; left out, none is."""
    webhook_events_filter: list[WebhookEvent] | None = field(
        decoding.array(webhook_event), default=None
    )
    """Which events it is told; `output` and `completed` if nothing is said."""
    stream: bool | None = field(decoding.boolean, default=None)
    """Deprecated; where a model can stream it always offers to."""
