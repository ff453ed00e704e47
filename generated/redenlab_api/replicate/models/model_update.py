"""What to change of a model; what is left out stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class ModelUpdate:
    """What to change of a model; what is left out stays as it is.

    Attributes:
        description: What it does.
        readme: Markdown.
        github_url: Address of its source code.
        paper_url: Address of an article about it.
        weights_url: Address of its weights.
        license_url: Address of its licence.
        additional_properties: What the service sent beyond these.
    """

    description: str | Unset = UNSET
    readme: str | Unset = UNSET
    github_url: str | Unset = UNSET
    paper_url: str | Unset = UNSET
    weights_url: str | Unset = UNSET
    license_url: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "description": self.description,
                "readme": self.readme,
                "github_url": self.github_url,
                "paper_url": self.paper_url,
                "weights_url": self.weights_url,
                "license_url": self.license_url,
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
            description=codec.optional(d, "description", codec.string),
            readme=codec.optional(d, "readme", codec.string),
            github_url=codec.optional(d, "github_url", codec.string),
            paper_url=codec.optional(d, "paper_url", codec.string),
            weights_url=codec.optional(d, "weights_url", codec.string),
            license_url=codec.optional(d, "license_url", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
