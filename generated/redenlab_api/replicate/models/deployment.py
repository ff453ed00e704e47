"""A model on hardware of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.release import Release


@define(kw_only=True)
class Deployment:
    """A model on hardware of one's own.

    Attributes:
        owner: User or organization: the first part of `owner/name`.
        name: The second part of `owner/name`.
        current_release: What it runs now.
        additional_properties: What the service sent beyond these.
    """

    owner: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    current_release: None | Release | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "owner": self.owner,
                "name": self.name,
                "current_release": self.current_release,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.release import Release  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            owner=codec.nullable(d, "owner", codec.union(codec.string, codec.null)),
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            current_release=codec.nullable(
                d, "current_release", codec.union(Release.from_dict, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
