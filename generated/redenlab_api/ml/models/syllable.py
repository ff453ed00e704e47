"""When a syllable is spoken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Syllable:
    """When a syllable is spoken.

    Attributes:
        syllable_id: Which syllable it is; whether they are counted from 0 or 1 is not documented.
        start: Seconds from the beginning of the recording.
        end: Seconds from the beginning of the recording.
        additional_properties: What the service sent beyond these.
    """

    syllable_id: int | Unset = UNSET
    start: float | Unset = UNSET
    end: float | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "syllable_id": self.syllable_id,
                "start": self.start,
                "end": self.end,
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
            syllable_id=codec.optional(d, "syllable_id", codec.integer),
            start=codec.optional(d, "start", codec.number),
            end=codec.optional(d, "end", codec.number),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
