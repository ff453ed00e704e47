"""What was said when; all of it comes from the file behind `result_url`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.spoken_segment import SpokenSegment
    from ..models.spoken_word import SpokenWord


@define(kw_only=True)
class WhisperxResult:
    """What was said when; all of it comes from the file behind `result_url`.

    Attributes:
        segments: What was said, in stretches of speech.
        word_segments: What was said, word by word.
        diarization: Whether speakers were told apart.
        additional_properties: What the service sent beyond these.
    """

    segments: list[SpokenSegment]
    word_segments: list[SpokenWord] | Unset = UNSET
    diarization: bool | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "segments": self.segments,
                "word_segments": self.word_segments,
                "diarization": self.diarization,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.spoken_segment import SpokenSegment  # noqa: PLC0415
        from ..models.spoken_word import SpokenWord  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            segments=codec.required(d, "segments", codec.array(SpokenSegment.from_dict)),
            word_segments=codec.optional(d, "word_segments", codec.array(SpokenWord.from_dict)),
            diarization=codec.optional(d, "diarization", codec.boolean),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
