"""What the search knows of a model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class FoundMetadata:
    """What the search knows of a model.

    Attributes:
        generated_description: What the model does, in words that a program wrote.
        tags: What the model is for, such as `image`.
        score: How well the model fits; the range is not documented.
        additional_properties: What the service sent beyond these.
    """

    generated_description: None | str | Unset = UNSET
    tags: list[str] | Unset = UNSET
    score: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "generated_description": self.generated_description,
                "tags": self.tags,
                "score": self.score,
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
            generated_description=codec.nullable(
                d, "generated_description", codec.union(codec.string, codec.null)
            ),
            tags=codec.optional(d, "tags", codec.array(codec.string)),
            score=codec.nullable(d, "score", codec.union(codec.number, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
