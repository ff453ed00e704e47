"""A word; one that could not be placed has no times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset


@define(kw_only=True)
class SpokenWord:
    """A word; one that could not be placed has no times.

    Attributes:
        word: What is said.
        start: Seconds from the beginning of the recording.
        end: Seconds from the beginning of the recording.
        score: How sure the model is; the range is not documented.
        speaker: Label of who speaks; may be absent, such as without `diarize`.
        additional_properties: What the service sent beyond these.
    """

    word: str
    start: float | Unset = UNSET
    end: float | Unset = UNSET
    score: float | Unset = UNSET
    speaker: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "word": self.word,
                "start": self.start,
                "end": self.end,
                "score": self.score,
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
            word=codec.required(d, "word", codec.string),
            start=codec.optional(d, "start", codec.number),
            end=codec.optional(d, "end", codec.number),
            score=codec.optional(d, "score", codec.number),
            speaker=codec.optional(d, "speaker", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
