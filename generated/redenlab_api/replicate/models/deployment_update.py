"""What to change of a deployment; what is left out stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class DeploymentUpdate:
    """What to change of a deployment; what is left out stays as it is.

    Attributes:
        version: Id of a version of its model.
        hardware: The `sku` of a hardware.
        min_instances: Least number of instances.
        max_instances: Greatest number of instances.
        additional_properties: What the service sent beyond these.
    """

    version: str | Unset = UNSET
    hardware: str | Unset = UNSET
    min_instances: int | Unset = UNSET
    max_instances: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "version": self.version,
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
            version=codec.optional(d, "version", codec.string),
            hardware=codec.optional(d, "hardware", codec.string),
            min_instances=codec.optional(d, "min_instances", codec.integer),
            max_instances=codec.optional(d, "max_instances", codec.integer),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
