"""UploadTicket"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab_api import codec


@define(kw_only=True)
class UploadTicket:
    """UploadTicket

    Attributes:
        job_id: Names the job from the upload to the result.
        upload_url: Presigned link; a secret while it is valid.
        file_key: Opaque name of the upload.
        expires_in: Seconds for which the link is valid.
        additional_properties: What the service sent beyond these.
    """

    job_id: str
    upload_url: str
    file_key: str
    expires_in: int
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "job_id": self.job_id,
                "upload_url": self.upload_url,
                "file_key": self.file_key,
                "expires_in": self.expires_in,
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
            upload_url=codec.required(d, "upload_url", codec.string),
            file_key=codec.required(d, "file_key", codec.string),
            expires_in=codec.required(d, "expires_in", codec.integer),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the answer itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
