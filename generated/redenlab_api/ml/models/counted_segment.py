"""A stretch of speech by one speaker."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec


@define(kw_only=True)
class CountedSegment:
    """A stretch of speech by one speaker.

    Attributes:
        speaker: A label that the speaker has in all segments.
        start_time: Seconds from the beginning of the recording.
        end_time: Seconds from the beginning of the recording.
        additional_properties: What the service sent beyond these.
    """

    speaker: str
    start_time: float
    end_time: float
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "speaker": self.speaker,
                "start_time": self.start_time,
                "end_time": self.end_time,
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
            speaker=codec.required(d, "speaker", codec.string),
            start_time=codec.required(d, "start_time", codec.number),
            end_time=codec.required(d, "end_time", codec.number),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
