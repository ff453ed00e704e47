"""What a deployment runs, from one change to the next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.account import Account
    from ..models.configuration import Configuration


@define(kw_only=True)
class Release:
    """What a deployment runs, from one change to the next.

    Attributes:
        number: Goes up with every change.
        model: `owner/name`.
        version: Which version of it: 64 hexadecimal digits.
        created_at: When the change was made, in UTC.
        created_by: Who made the change.
        configuration: On what it runs.
        additional_properties: What the service sent beyond these.
    """

    number: int | None | Unset = UNSET
    model: None | str | Unset = UNSET
    version: None | str | Unset = UNSET
    created_at: datetime.datetime | None | Unset = UNSET
    created_by: Account | None | Unset = UNSET
    configuration: Configuration | None | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "number": self.number,
                "model": self.model,
                "version": self.version,
                "created_at": self.created_at,
                "created_by": self.created_by,
                "configuration": self.configuration,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.account import Account  # noqa: PLC0415
        from ..models.configuration import Configuration  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            number=codec.nullable(d, "number", codec.union(codec.integer, codec.null)),
            model=codec.nullable(d, "model", codec.union(codec.string, codec.null)),
            version=codec.nullable(d, "version", codec.union(codec.string, codec.null)),
            created_at=codec.nullable(d, "created_at", codec.union(codec.instant, codec.null)),
            created_by=codec.nullable(d, "created_by", codec.union(Account.from_dict, codec.null)),
            configuration=codec.nullable(
                d, "configuration", codec.union(Configuration.from_dict, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
