"""Who speaks when; the turns come from the file behind `result_url`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.speaker_turn import SpeakerTurn


@define(kw_only=True)
class SpeakerDiarisationResult:
    """Who speaks when; the turns come from the file behind `result_url`.

    Attributes:
        speaker_count: How many speakers were told apart.
        primary_speaker: The speaker who talks longest, by a label such as `spk_0`.
        duration: Length of the recording in seconds.
        segment_count: How many turns the speakers take.
        diarization: Who speaks when; turns may overlap.
        additional_properties: What the service sent beyond these.
    """

    speaker_count: int
    primary_speaker: str | Unset = UNSET
    duration: float | Unset = UNSET
    segment_count: int | Unset = UNSET
    diarization: list[SpeakerTurn] | Unset = UNSET
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
                "diarization": self.diarization,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.speaker_turn import SpeakerTurn  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            speaker_count=codec.required(d, "speaker_count", codec.integer),
            primary_speaker=codec.optional(d, "primary_speaker", codec.string),
            duration=codec.optional(d, "duration", codec.number),
            segment_count=codec.optional(d, "segment_count", codec.integer),
            diarization=codec.optional(d, "diarization", codec.array(SpeakerTurn.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
