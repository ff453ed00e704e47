"""What to run, and which model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models
from ..models.webhook_event import WebhookEvent, webhook_event

if TYPE_CHECKING:
    from ..models.version_prediction_request_input import VersionPredictionRequestInput


class VersionPredictionRequest(Record):
    """What to run, and which model."""

    input_: VersionPredictionRequestInput = field(
        record(lambda: models.VersionPredictionRequestInput), name="input"
    )
    """What the model is given, by the model's own names."""
    version: str = field(decoding.string)
    """An official model as `owner/name`, a version as `owner/name:id`, or its id alone."""
    webhook: str | None = field(decoding.string, default=None)
    """https address that is told of the prediction; left out, none is."""
    webhook_events_filter: list[WebhookEvent] | None = field(
        decoding.array(webhook_event), default=None
    )
    """Which events it is told; `output` and `completed` if nothing is said."""
    stream: bool | None = field(decoding.boolean, default=None)
    """Deprecated; where a model can stream it always offers to."""
