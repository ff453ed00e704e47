"""Measures of a run; models add their own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Metrics:
    """Measures of a run; models add their own.

    Attributes:
        predict_time: Seconds that the model ran.
        total_time: Seconds from creation to end.
        additional_properties: What the service sent beyond these.
    """

    predict_time: float | None | Unset = UNSET
    total_time: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "predict_time": self.predict_time,
                "total_time": self.total_time,
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
            predict_time=codec.nullable(d, "predict_time", codec.union(codec.number, codec.null)),
            total_time=codec.nullable(d, "total_time", codec.union(codec.number, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
