"""Models for one purpose."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.model import Model


@define(kw_only=True)
class Collection:
    """Models for one purpose.

    Attributes:
        slug: The last part of its path, such as `text-to-image`.
        name: What people are shown.
        description: What its models are for.
        full_description: Markdown.
        models: All that are in it.
        additional_properties: What the service sent beyond these.
    """

    slug: str
    name: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    full_description: None | str | Unset = UNSET
    models: list[Model] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "slug": self.slug,
                "name": self.name,
                "description": self.description,
                "full_description": self.full_description,
                "models": self.models,
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
            slug=codec.required(d, "slug", codec.string),
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            description=codec.nullable(d, "description", codec.union(codec.string, codec.null)),
            full_description=codec.nullable(
                d, "full_description", codec.union(codec.string, codec.null)
            ),
            models=codec.optional(d, "models", codec.array(Model.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
