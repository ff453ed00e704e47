"""A model. An official one is run as it is, any other by one of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.prediction import Prediction
    from ..models.version import Version


@define(kw_only=True)
class Model:
    """A model. An official one is run as it is, any other by one of its versions.

    Attributes:
        url: Its page on the website.
        owner: User or organization: the first part of `owner/name`.
        name: The second part of `owner/name`.
        description: What it does, in the words of its owner.
        visibility: `public` or `private`.
        is_official: Whether it runs without naming a version.
        github_url: Address of its source code.
        paper_url: Address of an article about it.
        license_url: Address of its licence.
        cover_image_url: Address of the picture on its page.
        run_count: How often anybody has run it.
        default_example: A prediction that shows what it can do; null where there is none.
        latest_version: The newest version; null where there is none.
        additional_properties: What the service sent beyond these.
    """

    url: None | str | Unset = UNSET
    owner: None | str | Unset = UNSET
    name: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    visibility: None | str | Unset = UNSET
    is_official: bool | None | Unset = UNSET
    github_url: None | str | Unset = UNSET
    paper_url: None | str | Unset = UNSET
    license_url: None | str | Unset = UNSET
    cover_image_url: None | str | Unset = UNSET
    run_count: int | None | Unset = UNSET
    default_example: None | Prediction | Unset = UNSET
    latest_version: None | Unset | Version = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "url": self.url,
                "owner": self.owner,
                "name": self.name,
                "description": self.description,
                "visibility": self.visibility,
                "is_official": self.is_official,
                "github_url": self.github_url,
                "paper_url": self.paper_url,
                "license_url": self.license_url,
                "cover_image_url": self.cover_image_url,
                "run_count": self.run_count,
                "default_example": self.default_example,
                "latest_version": self.latest_version,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.prediction import Prediction  # noqa: PLC0415
        from ..models.version import Version  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            url=codec.nullable(d, "url", codec.union(codec.string, codec.null)),
            owner=codec.nullable(d, "owner", codec.union(codec.string, codec.null)),
            name=codec.nullable(d, "name", codec.union(codec.string, codec.null)),
            description=codec.nullable(d, "description", codec.union(codec.string, codec.null)),
            visibility=codec.nullable(d, "visibility", codec.union(codec.string, codec.null)),
            is_official=codec.nullable(d, "is_official", codec.union(codec.boolean, codec.null)),
            github_url=codec.nullable(d, "github_url", codec.union(codec.string, codec.null)),
            paper_url=codec.nullable(d, "paper_url", codec.union(codec.string, codec.null)),
            license_url=codec.nullable(d, "license_url", codec.union(codec.string, codec.null)),
            cover_image_url=codec.nullable(
                d, "cover_image_url", codec.union(codec.string, codec.null)
            ),
            run_count=codec.nullable(d, "run_count", codec.union(codec.integer, codec.null)),
            default_example=codec.nullable(
                d, "default_example", codec.union(Prediction.from_dict, codec.null)
            ),
            latest_version=codec.nullable(
                d, "latest_version", codec.union(Version.from_dict, codec.null)
            ),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
