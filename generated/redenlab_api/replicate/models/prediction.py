"""A run of a model. An hour after the end its input, output and logs are removed, if it came by the API."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.metrics import Metrics
    from ..models.prediction_input_type_0 import PredictionInputType0
    from ..models.prediction_urls import PredictionUrls


@define(kw_only=True)
class Prediction:
    """A run of a model. An hour after the end its input, output and logs are removed, if it
    came by the API.

    Attributes:
        id: 26 lower-case letters and digits where seen.
        status: One of `Status`, or a word that is newer than this file.
        model: `owner/name`; may be an internal model.
        version: An id, or `hidden` for official models.
        input_: What the model was given; the order of its keys is not kept.
        output: Whatever the model answers; may be there before the end, and not count.
        error: Why it failed.
        logs: What the model has printed so far, with its progress; empty if nothing.
        data_removed: Whether input and output were deleted since.
        metrics: How long it took; empty or absent before the end.
        urls: Where to look at it and how to stop it.
        source: `api` or `web`.
        deployment: What ran it, if that was a deployment; the form is not documented.
        created_at: When it was made, in UTC; sent with up to nine digits of a second.
        started_at: When the model began to run, in UTC; absent or null before that.
        completed_at: When it ended, well or badly, in UTC; absent or null before that.
        deadline: When it will be stopped, in UTC; `Cancel-After` sets it.
        additional_properties: What the service sent beyond these.
    """

    id: str
    status: str
    model: None | str | Unset = UNSET
    version: None | str | Unset = UNSET
    input_: None | PredictionInputType0 | Unset = UNSET
    output: Any | Unset = UNSET
    error: None | str | Unset = UNSET
    logs: None | str | Unset = UNSET
    data_removed: bool | None | Unset = UNSET
    metrics: Metrics | None | Unset = UNSET
    urls: None | PredictionUrls | Unset = UNSET
    source: None | str | Unset = UNSET
    deployment: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    started_at: datetime.datetime | None | Unset = UNSET
    completed_at: datetime.datetime | None | Unset = UNSET
    deadline: datetime.datetime | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "id": self.id,
                "status": self.status,
                "model": self.model,
                "version": self.version,
                "input": self.input_,
                "output": self.output,
                "error": self.error,
                "logs": self.logs,
                "data_removed": self.data_removed,
                "metrics": self.metrics,
                "urls": self.urls,
                "source": self.source,
                "deployment": self.deployment,
                "created_at": self.created_at,
                "started_at": self.started_at,
                "completed_at": self.completed_at,
                "deadline": self.deadline,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.metrics import Metrics  # noqa: PLC0415
        from ..models.prediction_input_type_0 import PredictionInputType0  # noqa: PLC0415
        from ..models.prediction_urls import PredictionUrls  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            id=codec.required(d, "id", codec.string),
            status=codec.required(d, "status", codec.string),
            model=codec.nullable(d, "model", codec.union(codec.string, codec.null)),
            version=codec.nullable(d, "version", codec.union(codec.string, codec.null)),
            input_=codec.nullable(
                d, "input", codec.union(PredictionInputType0.from_dict, codec.null)
            ),
            output=codec.optional(d, "output", codec.anything),
            error=codec.nullable(d, "error", codec.union(codec.string, codec.null)),
            logs=codec.nullable(d, "logs", codec.union(codec.string, codec.null)),
            data_removed=codec.nullable(d, "data_removed", codec.union(codec.boolean, codec.null)),
            metrics=codec.nullable(d, "metrics", codec.union(Metrics.from_dict, codec.null)),
            urls=codec.nullable(d, "urls", codec.union(PredictionUrls.from_dict, codec.null)),
            source=codec.nullable(d, "source", codec.union(codec.string, codec.null)),
            deployment=codec.nullable(d, "deployment", codec.union(codec.string, codec.null)),
            created_at=codec.nullable(d, "created_at", codec.union(codec.instant, codec.null)),
            started_at=codec.nullable(d, "started_at", codec.union(codec.instant, codec.null)),
            completed_at=codec.nullable(d, "completed_at", codec.union(codec.instant, codec.null)),
            deadline=codec.nullable(d, "deadline", codec.union(codec.instant, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
