"""PredictRequest"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from redenlab_api import codec


@define(kw_only=True)
class PredictRequest:
    """PredictRequest

    Attributes:
        job_id: As sent by the service.
        file_key: As sent by the service.
    """

    job_id: str
    file_key: str

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                "job_id": self.job_id,
                "file_key": self.file_key,
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
            job_id=codec.required(d, "job_id", codec.string),
            file_key=codec.required(d, "file_key", codec.string),
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the answer itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
