"""A file that was uploaded; it is kept for 24 hours."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.checksums import Checksums
    from ..models.file_urls import FileUrls
    from ..models.stored_file_metadata_type_0 import StoredFileMetadataType0


@define(kw_only=True)
class StoredFile:
    """A file that was uploaded; it is kept for 24 hours.

    Attributes:
        id: About 48 characters that look like base64.
        name: What it was called in the upload; not always sent.
        content_type: Media type, such as `image/png`.
        size: Bytes.
        etag: Entity tag, whose form is not documented; not always sent.
        checksums: Digests of the content.
        metadata: What was to be kept beside it; empty if nothing.
        created_at: When it was uploaded, in UTC.
        expires_at: When it will be deleted, in UTC: 24 hours after the upload.
        urls: Where it is.
        additional_properties: What the service sent beyond these.
    """

    id: str
    name: None | str | Unset = UNSET
    content_type: None | str | Unset = UNSET
    size: int | None | Unset = UNSET
    etag: None | str | Unset = UNSET
    checksums: Checksums | None | Unset = UNSET
    metadata: None | StoredFileMetadataType0 | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    expires_at: datetime.datetime | None | Unset = UNSET
    urls: FileUrls | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "id": self.id,
                "name": self.name,
                "content_type": self.content_type,
                "size": self.size,
                "etag": self.etag,
                "checksums": self.checksums,
                "metadata": self.metadata,
                "created_at": self.created_at,
                "expires_at": self.expires_at,
                "urls": self.urls,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.checksums import Checksums  # noqa: PLC0415
        from ..models.file_urls import FileUrls  # noqa: PLC0415
        from ..models.stored_file_metadata_type_0 import StoredFileMetadataType0  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            id=codec.required(d, "id", codec.string),
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            content_type=codec.nullable(d, "content_type", codec.union(codec.string, codec.null)),
            size=codec.nullable(d, "size", codec.union(codec.integer, codec.null)),
            etag=codec.nullable(d, "etag", codec.union(codec.string, codec.null)),
            checksums=codec.nullable(d, "checksums", codec.union(Checksums.from_dict, codec.null)),
            metadata=codec.nullable(
                d, "metadata", codec.union(StoredFileMetadataType0.from_dict, codec.null)
            ),
            created_at=codec.nullable(d, "created_at", codec.union(codec.instant, codec.null)),
            expires_at=codec.nullable(d, "expires_at", codec.union(codec.instant, codec.null)),
            urls=codec.nullable(d, "urls", codec.union(FileUrls.from_dict, codec.null)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
