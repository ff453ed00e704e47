"""A link to upload to, and names for what is uploaded: `job_id` and `file_key` for an API key, `asset_id` for a bearer token."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class UploadTicket:
    """A link to upload to, and names for what is uploaded: `job_id` and `file_key` for an API
    key, `asset_id` for a bearer token.

    Attributes:
        upload_url: Presigned link to PUT the recording to; a secret while it is valid.
        expires_in: Seconds for which the link is valid.
        job_id: UUID of the job, from the upload to the result. Absent beside `asset_id`.
        file_key: Opaque name of the upload, such as `uploads/<uuid>/<filename>`. Absent beside
            `asset_id`.
        asset_id: UUID of the upload, for any number of jobs. Absent beside `job_id`.
        additional_properties: What the service sent beyond these.
    """

    upload_url: str
    expires_in: int
    job_id: str | Unset = UNSET
    file_key: str | Unset = UNSET
    asset_id: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "upload_url": self.upload_url,
                "expires_in": self.expires_in,
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
            upload_url=codec.required(d, "upload_url", codec.string),
            expires_in=codec.required(d, "expires_in", codec.integer),
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
