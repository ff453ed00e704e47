"""A stretch of speech."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class SpokenSegment:
    """A stretch of speech.

    Attributes:
        start: Seconds from the beginning of the recording.
        end: Seconds from the beginning of the recording.
        text: What is said in it.
        speaker: Label of who speaks; may be absent, such as without `diarize`.
        additional_properties: What the service sent beyond these.
    """

    start: float
    end: float
    text: str
    speaker: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "start": self.start,
                "end": self.end,
                "text": self.text,
                "speaker": self.speaker,
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
            start=codec.required(d, "start", codec.number),
            end=codec.required(d, "end", codec.number),
            text=codec.required(d, "text", codec.string),
            speaker=codec.optional(d, "speaker", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
