"""What was said word by word, in the format of Amazon Transcribe."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.transcript_item import TranscriptItem
    from ..models.transcript_text import TranscriptText


@define(kw_only=True)
class TranscriptDetails:
    """What was said word by word, in the format of Amazon Transcribe.

    Attributes:
        transcripts: What was said as one text, which is the first element.
        items: The words and punctuation marks one by one.
        additional_properties: What the service sent beyond these.
    """

    transcripts: list[TranscriptText] | Unset = UNSET
    items: list[TranscriptItem] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "transcripts": self.transcripts,
                "items": self.items,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.transcript_item import TranscriptItem  # noqa: PLC0415
        from ..models.transcript_text import TranscriptText  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            transcripts=codec.optional(d, "transcripts", codec.array(TranscriptText.from_dict)),
            items=codec.optional(d, "items", codec.array(TranscriptItem.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
