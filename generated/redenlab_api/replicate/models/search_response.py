"""What was found, by its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.collection_item import CollectionItem
    from ..models.found_model import FoundModel
    from ..models.found_page import FoundPage


@define(kw_only=True)
class SearchResponse:
    """What was found, by its kind.

    Attributes:
        query: The words that were searched for.
        models: Those that fit.
        collections: Those that fit.
        pages: Pages of the website that fit.
        additional_properties: What the service sent beyond these.
    """

    query: None | str | Unset = UNSET
    models: list[FoundModel] | Unset = UNSET
    collections: list[CollectionItem] | Unset = UNSET
    pages: list[FoundPage] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "query": self.query,
                "models": self.models,
                "collections": self.collections,
                "pages": self.pages,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.collection_item import CollectionItem  # noqa: PLC0415
        from ..models.found_model import FoundModel  # noqa: PLC0415
        from ..models.found_page import FoundPage  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            query=codec.nullable(d, "query", codec.union(codec.string, codec.null)),
            models=codec.optional(d, "models", codec.array(FoundModel.from_dict)),
            collections=codec.optional(d, "collections", codec.array(CollectionItem.from_dict)),
            pages=codec.optional(d, "pages", codec.array(FoundPage.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
