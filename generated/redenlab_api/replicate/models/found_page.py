"""A page of the website that fits what was searched for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class FoundPage:
    """A page of the website that fits what was searched for.

    Attributes:
        name: Its title.
        href: Its address, which may be a path alone, such as `/pricing`.
        additional_properties: What the service sent beyond these.
    """

    name: None | str | Unset = UNSET
    href: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "name": self.name,
                "href": self.href,
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
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            href=codec.nullable(d, "href", codec.union(codec.string, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
