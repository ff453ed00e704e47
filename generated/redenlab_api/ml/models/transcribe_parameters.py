"""What the model has to know of the recording beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Self

from attrs import define, field

from redenlab.lowlevel import codec


@define(kw_only=True)
class TranscribeParameters:
    """What the model has to know of the recording beforehand.

    Attributes:
        language_code: Language of the recording, as a code such as `en-US`. Which codes there are is not
            documented.
        max_speaker_count: The most speakers to tell apart. Always sent, since the service answers 500 without
            it.
        additional_properties: What the service sent beyond these.
    """

    language_code: str
    max_speaker_count: int = 10
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "language_code": self.language_code,
                "max_speaker_count": self.max_speaker_count,
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
            language_code=codec.required(d, "language_code", codec.string),
            max_speaker_count=codec.required(d, "max_speaker_count", codec.integer),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
