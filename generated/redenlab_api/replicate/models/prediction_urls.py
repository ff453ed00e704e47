"""Where a run can be looked at, followed and stopped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class PredictionUrls:
    """Where a run can be looked at, followed and stopped.

    Attributes:
        get: Answers how it stands, by GET.
        cancel: Stops it, by POST.
        web: Its page on the website; not always sent.
        stream: Server-sent events; only where the model streams.
        additional_properties: What the service sent beyond these.
    """

    get: None | str | Unset = UNSET
    cancel: None | str | Unset = UNSET
    web: None | str | Unset = UNSET
    stream: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "get": self.get,
                "cancel": self.cancel,
                "web": self.web,
                "stream": self.stream,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        d = dict(codec.mapping(src_dict))
        return cls(
            get=codec.nullable(d, "get", codec.union(codec.string, codec.null)),
            cancel=codec.nullable(d, "cancel", codec.union(codec.string, codec.null)),
            web=codec.nullable(d, "web", codec.union(codec.string, codec.null)),
            stream=codec.nullable(d, "stream", codec.union(codec.string, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
