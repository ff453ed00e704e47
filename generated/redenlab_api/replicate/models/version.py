"""A model as it was at one time; it does not change."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.version_openapi_schema_type_0 import VersionOpenapiSchemaType0


@define(kw_only=True)
class Version:
    """A model as it was at one time; it does not change.

    Attributes:
        id: 64 hexadecimal digits.
        created_at: When it was made, in UTC.
        cog_version: The Cog that it was built with, such as `0.8.6`.
        openapi_schema: Its inputs and output, below `components.schemas`.
        additional_properties: What the service sent beyond these.
    """

    id: str
    created_at: datetime.datetime | None | Unset = UNSET
    cog_version: None | str | Unset = UNSET
    openapi_schema: None | Unset | VersionOpenapiSchemaType0 = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "id": self.id,
                "created_at": self.created_at,
                "cog_version": self.cog_version,
                "openapi_schema": self.openapi_schema,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.version_openapi_schema_type_0 import VersionOpenapiSchemaType0  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            id=codec.required(d, "id", codec.string),
            created_at=codec.nullable(d, "created_at", codec.union(codec.instant, codec.null)),
            cog_version=codec.nullable(d, "cog_version", codec.union(codec.string, codec.null)),
            openapi_schema=codec.nullable(
                d, "openapi_schema", codec.union(VersionOpenapiSchemaType0.from_dict, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
