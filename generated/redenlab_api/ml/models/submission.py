"""What the service says of a job that it has just accepted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Submission:
    """What the service says of a job that it has just accepted.

    Attributes:
        job_id: Names the job when its result is asked for. Jobs of an API key keep the id of their
            upload, those of a bearer token get theirs here.
        status: Open; usually `processing` or `submitted`.
        message: A sentence for people, not for programs.
        output_location: Internal `s3://` address, not readable by callers. Sent for API keys alone.
        additional_properties: What the service sent beyond these.
    """

    job_id: str
    status: str | Unset = UNSET
    message: str | Unset = UNSET
    output_location: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "job_id": self.job_id,
                "status": self.status,
                "message": self.message,
                "output_location": self.output_location,
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
            status=codec.optional(d, "status", codec.string),
            message=codec.optional(d, "message", codec.string),
            output_location=codec.optional(d, "output_location", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
