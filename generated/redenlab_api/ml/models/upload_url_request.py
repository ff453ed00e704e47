"""What is going to be uploaded; it decides on the link."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class UploadUrlRequest:
    """What is going to be uploaded; it decides on the link.

    Attributes:
        filename: Base name of the recording, without folders.
        content_type: The `Content-Type` that the later PUT will carry, to the letter.
        parent_asset_id: The asset that this is a piece of; it has to exist. With `chunk_index`; left out,
            the upload is a recording of its own.
        chunk_index: Which piece of it. With `parent_asset_id`.
    """

    filename: str
    content_type: str | Unset = "audio/wav"
    parent_asset_id: str | Unset = UNSET
    chunk_index: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                "filename": self.filename,
                "content_type": self.content_type,
                "parent_asset_id": self.parent_asset_id,
                "chunk_index": self.chunk_index,
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
            filename=codec.required(d, "filename", codec.string),
            content_type=codec.optional(d, "content_type", codec.string),
            parent_asset_id=codec.optional(d, "parent_asset_id", codec.string),
            chunk_index=codec.optional(d, "chunk_index", codec.integer),
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
