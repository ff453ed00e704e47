"""A model that fits what was searched for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.found_metadata import FoundMetadata
    from ..models.model import Model


@define(kw_only=True)
class FoundModel:
    """A model that fits what was searched for.

    Attributes:
        model: A model. An official one is run as it is, any other by one of its versions.
        metadata: How well it fits.
        additional_properties: What the service sent beyond these.
    """

    model: Model | Unset = UNSET
    metadata: FoundMetadata | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "model": self.model,
                "metadata": self.metadata,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.found_metadata import FoundMetadata  # noqa: PLC0415
        from ..models.model import Model  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            model=codec.optional(d, "model", Model.from_dict),
            metadata=codec.nullable(
                d, "metadata", codec.union(FoundMetadata.from_dict, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
