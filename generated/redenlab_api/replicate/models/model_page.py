"""Some of the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.model import Model


@define(kw_only=True)
class ModelPage:
    """Some of the models.

    Attributes:
        next_: Address of the next page, to be followed as it is; null on the last one.
        previous: Address of the page before, to be followed as it is; null on the first one.
        results: 25 of them where seen, in the order that was asked for.
        additional_properties: What the service sent beyond these.
    """

    next_: None | str | Unset = UNSET
    previous: None | str | Unset = UNSET
    results: list[Model] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "next": self.next_,
                "previous": self.previous,
                "results": self.results,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.model import Model  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            next_=codec.nullable(d, "next", codec.union(codec.string, codec.null)),
            previous=codec.nullable(d, "previous", codec.union(codec.string, codec.null)),
            results=codec.optional(d, "results", codec.array(Model.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
