"""What the upload was named by, and beside it the parameters of the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class PredictRequest:
    """What the upload was named by, and beside it the parameters of the model.

    Attributes:
        job_id: As the upload was answered; goes with `file_key`, in place of `asset_id`.
        file_key: As the upload was answered; goes with `job_id`.
        asset_id: As the upload was answered; in place of `job_id` and `file_key`.
        additional_properties: What the service sent beyond these.
    """

    job_id: str | Unset = UNSET
    file_key: str | Unset = UNSET
    asset_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "job_id": self.job_id,
                "file_key": self.file_key,
                "asset_id": self.asset_id,
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
            job_id=codec.optional(d, "job_id", codec.string),
            file_key=codec.optional(d, "file_key", codec.string),
            asset_id=codec.optional(d, "asset_id", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
