"""What was said; `results` comes from the file behind `result_url`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.subtitle_links import SubtitleLinks
    from ..models.transcript_details import TranscriptDetails


@define(kw_only=True)
class TranscribeResult:
    """What was said; `results` comes from the file behind `result_url`.

    Attributes:
        transcript: What was said in the whole recording.
        word_count: How many words `transcript` has.
        duration: Length of the recording in seconds.
        speaker_count: How many speakers were told apart.
        subtitle_urls: Presigned links to subtitles; secrets while they are valid.
        results: What was said word by word, in the format of Amazon Transcribe.
        additional_properties: What the service sent beyond these.
    """

    transcript: str | Unset = UNSET
    word_count: int | Unset = UNSET
    duration: float | Unset = UNSET
    speaker_count: int | Unset = UNSET
    subtitle_urls: SubtitleLinks | Unset = UNSET
    results: TranscriptDetails | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "transcript": self.transcript,
                "word_count": self.word_count,
                "duration": self.duration,
                "speaker_count": self.speaker_count,
                "subtitle_urls": self.subtitle_urls,
                "results": self.results,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.subtitle_links import SubtitleLinks  # noqa: PLC0415
        from ..models.transcript_details import TranscriptDetails  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            transcript=codec.optional(d, "transcript", codec.string),
            word_count=codec.optional(d, "word_count", codec.integer),
            duration=codec.optional(d, "duration", codec.number),
            speaker_count=codec.optional(d, "speaker_count", codec.integer),
            subtitle_urls=codec.optional(d, "subtitle_urls", SubtitleLinks.from_dict),
            results=codec.optional(d, "results", TranscriptDetails.from_dict),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
