"""What to train with; the path says which version of which model is the trainer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models
from ..models.webhook_event import WebhookEvent, webhook_event

if TYPE_CHECKING:
    from ..models.training_request_input import TrainingRequestInput


class TrainingRequest(Record):
    """What to train with; the path says which version of which model is the trainer."""

    destination: str = field(decoding.string)
    """A model of yours, `owner/name`, that gets the new version."""
    input_: TrainingRequestInput = field(record(lambda: models.TrainingRequestInput), name="input")
    """What the trainer is given, by the model's own names."""
    webhook: str | None = field(decoding.string, default=None)
    """https address that is told of the training; left out, none is."""
    webhook_events_filter: list[WebhookEvent] | None = field(
        decoding.array(webhook_event), default=None
    )
    """Which events it is told; `output` and `completed` if nothing is said."""
