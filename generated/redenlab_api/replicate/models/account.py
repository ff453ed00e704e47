"""A user or an organization."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Account:
    """A user or an organization.

    Attributes:
        type_: `organization` or `user`.
        username: The first part of `owner/name`.
        name: What people are shown.
        avatar_url: Address of a picture.
        github_url: Address of its page on GitHub.
        additional_properties: What the service sent beyond these.
    """

    type_: str
    username: str
    name: None | str | Unset = UNSET
    avatar_url: None | str | Unset = UNSET
    github_url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "type": self.type_,
                "username": self.username,
                "name": self.name,
                "avatar_url": self.avatar_url,
                "github_url": self.github_url,
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
            type_=codec.required(d, "type", codec.string),
            username=codec.required(d, "username", codec.string),
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            avatar_url=codec.nullable(d, "avatar_url", codec.union(codec.string, codec.null)),
            github_url=codec.nullable(d, "github_url", codec.union(codec.string, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
