"""On what a deployment runs, and how often at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Configuration:
    """On what a deployment runs, and how often at once.

    Attributes:
        hardware: The `sku` of a hardware.
        min_instances: Least number of instances, 0 to 5.
        max_instances: Greatest number of instances, 0 to 20.
        additional_properties: What the service sent beyond these.
    """

    hardware: None | str | Unset = UNSET
    min_instances: int | None | Unset = UNSET
    max_instances: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "hardware": self.hardware,
                "min_instances": self.min_instances,
                "max_instances": self.max_instances,
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
            hardware=codec.nullable(d, "hardware", codec.union(codec.string, codec.null)),
            min_instances=codec.nullable(
                d, "min_instances", codec.union(codec.integer, codec.null)
            ),
            max_instances=codec.nullable(
                d, "max_instances", codec.union(codec.integer, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
