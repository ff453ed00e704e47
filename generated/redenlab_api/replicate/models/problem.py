"""An error (RFC 9457); any part may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.problem_invalid_fields_item import ProblemInvalidFieldsItem


@define(kw_only=True)
class Problem:
    """An error (RFC 9457); any part may be missing.

    Attributes:
        type_: URI of the kind of problem.
        title: What kind of problem it is.
        status: The HTTP status once more.
        detail: What is wrong, and often what to do.
        instance: URI of this very problem.
        retry_after: Seconds to wait before the next request.
        invalid_fields: Objects with `type`, `field` and `description`.
        additional_properties: What the service sent beyond these.
    """

    type_: None | str | Unset = UNSET
    title: None | str | Unset = UNSET
    status: int | None | Unset = UNSET
    detail: None | str | Unset = UNSET
    instance: None | str | Unset = UNSET
    retry_after: int | None | Unset = UNSET
    invalid_fields: list[ProblemInvalidFieldsItem] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "type": self.type_,
                "title": self.title,
                "status": self.status,
                "detail": self.detail,
                "instance": self.instance,
                "retry_after": self.retry_after,
                "invalid_fields": self.invalid_fields,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.problem_invalid_fields_item import ProblemInvalidFieldsItem  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            type_=codec.nullable(d, "type", codec.union(codec.string, codec.null)),
            title=codec.nullable(d, "title", codec.union(codec.string, codec.null)),
            status=codec.nullable(d, "status", codec.union(codec.integer, codec.null)),
            detail=codec.nullable(d, "detail", codec.union(codec.string, codec.null)),
            instance=codec.nullable(d, "instance", codec.union(codec.string, codec.null)),
            retry_after=codec.nullable(d, "retry_after", codec.union(codec.integer, codec.null)),
            invalid_fields=codec.optional(
                d, "invalid_fields", codec.array(ProblemInvalidFieldsItem.from_dict)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
