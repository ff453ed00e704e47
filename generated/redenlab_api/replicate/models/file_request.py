"""A file to be kept for 24 hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, File, Unset

if TYPE_CHECKING:
    from ..models.file_request_metadata import FileRequestMetadata


@define(kw_only=True)
class FileRequest:
    """A file to be kept for 24 hours.

    Attributes:
        content: The file, 100 MB at most.
        metadata: Anything to be kept beside it.
        type_: Media type of the content, such as `image/png`.
        filename: What it is to be called; 255 bytes at most.
        additional_properties: What the service sent beyond these.
    """

    content: File
    metadata: FileRequestMetadata | Unset = UNSET
    type_: str | Unset = UNSET
    filename: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "content": self.content,
                "metadata": self.metadata,
                "type": self.type_,
                "filename": self.filename,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.file_request_metadata import FileRequestMetadata  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            content=codec.required(d, "content", codec.file),
            metadata=codec.optional(d, "metadata", FileRequestMetadata.from_dict),
            type_=codec.optional(d, "type", codec.string),
            filename=codec.optional(d, "filename", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
