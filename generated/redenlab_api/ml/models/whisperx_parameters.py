"""How the model works; both are sent with every job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec


@define(kw_only=True)
class WhisperxParameters:
    """How the model works; both are sent with every job.

    Attributes:
        diarize: Whether to tell speakers apart.
        batch_size: How much the model works on at once; in which unit is not documented.
        additional_properties: What the service sent beyond these.
    """

    diarize: bool = False
    batch_size: int = 16
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "diarize": self.diarize,
                "batch_size": self.batch_size,
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
            diarize=codec.required(d, "diarize", codec.boolean),
            batch_size=codec.required(d, "batch_size", codec.integer),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
