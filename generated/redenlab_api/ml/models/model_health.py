"""Whether a model can run at once; a cold start takes ten minutes or more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class ModelHealth:
    """Whether a model can run at once; a cold start takes ten minutes or more.

    Attributes:
        status: Open; `ready`, `healthy`, `warming`, `warming_up`, `unhealthy` and `cold` were seen.
        ready: Whether a job would run without waiting for the model to load.
        additional_properties: What the service sent beyond these.
    """

    status: str | Unset = UNSET
    ready: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "status": self.status,
                "ready": self.ready,
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
            status=codec.optional(d, "status", codec.string),
            ready=codec.optional(d, "ready", codec.boolean),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
