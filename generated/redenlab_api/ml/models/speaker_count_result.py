"""How many people speak, and where."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.counted_segment import CountedSegment


@define(kw_only=True)
class SpeakerCountResult:
    """How many people speak, and where.

    Attributes:
        speaker_count: How many speakers were told apart.
        segments: Stretches of speech, each by one speaker; may be absent.
        additional_properties: What the service sent beyond these.
    """

    speaker_count: int
    segments: list[CountedSegment] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "speaker_count": self.speaker_count,
                "segments": self.segments,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.counted_segment import CountedSegment  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            speaker_count=codec.required(d, "speaker_count", codec.integer),
            segments=codec.optional(d, "segments", codec.array(CountedSegment.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
