"""A word or a punctuation mark; the latter has no times."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.transcript_alternative import TranscriptAlternative


@define(kw_only=True)
class TranscriptItem:
    """A word or a punctuation mark; the latter has no times.

    Attributes:
        type_: `pronunciation` or `punctuation`.
        start_time: Seconds from the beginning of the recording, as a text such as `1.54`.
        end_time: Seconds from the beginning of the recording, as a text such as `1.54`.
        alternatives: What it may be; the first element is the one to use.
        speaker_label: Who says it, by a label that the speaker has in all items.
        additional_properties: What the service sent beyond these.
    """

    type_: str
    start_time: str | Unset = UNSET
    end_time: str | Unset = UNSET
    alternatives: list[TranscriptAlternative] | Unset = UNSET
    speaker_label: str | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "type": self.type_,
                "start_time": self.start_time,
                "end_time": self.end_time,
                "alternatives": self.alternatives,
                "speaker_label": self.speaker_label,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.transcript_alternative import TranscriptAlternative  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            type_=codec.required(d, "type", codec.string),
            start_time=codec.optional(d, "start_time", codec.string),
            end_time=codec.optional(d, "end_time", codec.string),
            alternatives=codec.optional(
                d, "alternatives", codec.array(TranscriptAlternative.from_dict)
            ),
            speaker_label=codec.optional(d, "speaker_label", codec.string),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
