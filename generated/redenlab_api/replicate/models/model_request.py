"""A model to be made; it has no version yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class ModelRequest:
    """A model to be made; it has no version yet.

    Attributes:
        owner: User or organization: the first part of `owner/name`.
        name: The second part of `owner/name`.
        visibility: `public` or `private`.
        hardware: The `sku` of a hardware.
        description: What it does.
        github_url: Address of its source code.
        paper_url: Address of an article about it.
        license_url: Address of its licence.
        cover_image_url: Address of the picture on its page.
        additional_properties: What the service sent beyond these.
    """

    owner: str
    name: str
    visibility: str
    hardware: str
    description: str | Unset = UNSET
    github_url: str | Unset = UNSET
    paper_url: str | Unset = UNSET
    license_url: str | Unset = UNSET
    cover_image_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "owner": self.owner,
                "name": self.name,
                "visibility": self.visibility,
                "hardware": self.hardware,
                "description": self.description,
                "github_url": self.github_url,
                "paper_url": self.paper_url,
                "license_url": self.license_url,
                "cover_image_url": self.cover_image_url,
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
            owner=codec.required(d, "owner", codec.string),
            name=codec.required(d, "name", codec.string),
            visibility=codec.required(d, "visibility", codec.string),
            hardware=codec.required(d, "hardware", codec.string),
            description=codec.optional(d, "description", codec.string),
            github_url=codec.optional(d, "github_url", codec.string),
            paper_url=codec.optional(d, "paper_url", codec.string),
            license_url=codec.optional(d, "license_url", codec.string),
            cover_image_url=codec.optional(d, "cover_image_url", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
