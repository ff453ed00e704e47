"""How easy the speech is to understand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec


@define(kw_only=True)
class IntelligibilityResult:
    """How easy the speech is to understand.

    Attributes:
        intelligibility_score: Without a unit; higher is easier to understand. Not bounded to 0..1: published
            scores reach from about 69 to 196.
        additional_properties: What the service sent beyond these.
    """

    intelligibility_score: float
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "intelligibility_score": self.intelligibility_score,
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
            intelligibility_score=codec.required(d, "intelligibility_score", codec.number),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
