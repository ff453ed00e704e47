"""What to run, and which model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

from ..models.webhook_event import WebhookEvent, webhook_event

if TYPE_CHECKING:
    from ..models.version_prediction_request_input import VersionPredictionRequestInput


@define(kw_only=True)
class VersionPredictionRequest:
    """What to run, and which model.

    Attributes:
        input_: What the model is given, by the model's own names.
        version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
        webhook: https address that is told of the prediction; left out, none is.
        webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
        stream: Deprecated; where a model can stream it always offers to.
    """

    input_: VersionPredictionRequestInput
    version: str
    webhook: str | Unset = UNSET
    webhook_events_filter: list[WebhookEvent] | Unset = UNSET
    stream: bool | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                "input": self.input_,
                "version": self.version,
                "webhook": self.webhook,
                "webhook_events_filter": self.webhook_events_filter,
                "stream": self.stream,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.version_prediction_request_input import VersionPredictionRequestInput  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            input_=codec.required(d, "input", VersionPredictionRequestInput.from_dict),
            version=codec.required(d, "version", codec.string),
            webhook=codec.optional(d, "webhook", codec.string),
            webhook_events_filter=codec.optional(
                d, "webhook_events_filter", codec.array(webhook_event)
            ),
            stream=codec.optional(d, "stream", codec.boolean),
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
