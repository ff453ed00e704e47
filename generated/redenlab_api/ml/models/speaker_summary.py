"""Figures about who speaks; the turns themselves are behind `result_url`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class SpeakerSummary:
    """Figures about who speaks; the turns themselves are behind `result_url`.

    Attributes:
        speaker_count: How many speakers were told apart.
        primary_speaker: The speaker who talks longest, by a label such as `spk_0`.
        duration: Length of the recording in seconds.
        segment_count: How many turns the speakers take.
        additional_properties: What the service sent beyond these.
    """

    speaker_count: int | Unset = UNSET
    primary_speaker: str | Unset = UNSET
    duration: float | Unset = UNSET
    segment_count: int | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "speaker_count": self.speaker_count,
                "primary_speaker": self.primary_speaker,
                "duration": self.duration,
                "segment_count": self.segment_count,
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
            speaker_count=codec.optional(d, "speaker_count", codec.integer),
            primary_speaker=codec.optional(d, "primary_speaker", codec.string),
            duration=codec.optional(d, "duration", codec.number),
            segment_count=codec.optional(d, "segment_count", codec.integer),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
