"""What to train with; the path says which version of which model is the trainer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

from ..models.webhook_event import WebhookEvent, webhook_event

if TYPE_CHECKING:
    from ..models.training_request_input import TrainingRequestInput


@define(kw_only=True)
class TrainingRequest:
    """What to train with; the path says which version of which model is the trainer.

    Attributes:
        destination: A model of yours, `owner/name`, that gets the new version.
        input_: What the trainer is given, by the model's own names.
        webhook: https address that is told of the training; left out, none is.
        webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
    """

    destination: str
    input_: TrainingRequestInput
    webhook: str | Unset = UNSET
    webhook_events_filter: list[WebhookEvent] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                "destination": self.destination,
                "input": self.input_,
                "webhook": self.webhook,
                "webhook_events_filter": self.webhook_events_filter,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.training_request_input import TrainingRequestInput  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            destination=codec.required(d, "destination", codec.string),
            input_=codec.required(d, "input", TrainingRequestInput.from_dict),
            webhook=codec.optional(d, "webhook", codec.string),
            webhook_events_filter=codec.optional(
                d, "webhook_events_filter", codec.array(webhook_event)
            ),
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
