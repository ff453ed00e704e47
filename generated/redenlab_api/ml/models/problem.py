"""An error. The service says `error`, gateways say `message`, others `detail`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class Problem:
    """An error. The service says `error`, gateways say `message`, others `detail`.

    Attributes:
        error: What is wrong, in the words of the service.
        message: What is wrong, in the words of a gateway.
        detail: What is wrong, in the words of anything else.
        code: A word for programs; which there are is not documented.
        additional_properties: What the service sent beyond these.
    """

    error: str | Unset = UNSET
    message: str | Unset = UNSET
    detail: str | Unset = UNSET
    code: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "error": self.error,
                "message": self.message,
                "detail": self.detail,
                "code": self.code,
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
            error=codec.optional(d, "error", codec.string),
            message=codec.optional(d, "message", codec.string),
            detail=codec.optional(d, "detail", codec.string),
            code=codec.optional(d, "code", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
