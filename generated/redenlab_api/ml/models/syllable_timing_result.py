"""Timing of syllables (`SYL`) and pauses (`P`); times are seconds, `PERCENT` is of the whole. The service documents the names alone, so what a field means is read from its name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from redenlab.lowlevel import codec
from redenlab.lowlevel.types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.syllable import Syllable


@define(kw_only=True)
class SyllableTimingResult:
    """Timing of syllables (`SYL`) and pauses (`P`); times are seconds, `PERCENT` is of the
    whole. The service documents the names alone, so what a field means is read from its
    name.

    Attributes:
        status: As the model says it; neither type nor values are documented.
        dur: Length of the recording in seconds.
        syl_per_mean: Mean period of the syllables in seconds.
        syl_per_std: Standard deviation of the period in seconds.
        syl_per_cov: Coefficient of variation of the period; no unit.
        syl_dur_mean: Mean duration of the syllables in seconds.
        syl_dur_std: Standard deviation of the duration in seconds.
        syl_dur_cov: Coefficient of variation of the duration; no unit.
        syl_count: How many syllables there are.
        syl_persec: Syllables in a second.
        p_mean: Mean duration of the pauses in seconds.
        p_std: Standard deviation of the pauses in seconds.
        p_cov: Coefficient of variation of the pauses; no unit.
        speech_percent: Percentage of the recording that is speech.
        p_percent: Percentage of the recording that is pauses.
        speech_to_p: Speech divided by pauses; no unit.
        arate: Articulation rate; its unit is not documented.
        segments: The syllables one by one.
        additional_properties: What the service sent beyond these.
    """

    status: Any | Unset = UNSET
    dur: float | Unset = UNSET
    syl_per_mean: float | Unset = UNSET
    syl_per_std: float | Unset = UNSET
    syl_per_cov: float | Unset = UNSET
    syl_dur_mean: float | Unset = UNSET
    syl_dur_std: float | Unset = UNSET
    syl_dur_cov: float | Unset = UNSET
    syl_count: float | Unset = UNSET
    syl_persec: float | Unset = UNSET
    p_mean: float | Unset = UNSET
    p_std: float | Unset = UNSET
    p_cov: float | Unset = UNSET
    speech_percent: float | Unset = UNSET
    p_percent: float | Unset = UNSET
    speech_to_p: float | Unset = UNSET
    arate: float | Unset = UNSET
    segments: list[Syllable] | Unset = UNSET
    additional_properties: dict[str, Any] = field(factory=dict[str, Any])

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return codec.fields(
            {
                **self.additional_properties,
                "STATUS": self.status,
                "DUR": self.dur,
                "SYL_PER_MEAN": self.syl_per_mean,
                "SYL_PER_STD": self.syl_per_std,
                "SYL_PER_COV": self.syl_per_cov,
                "SYL_DUR_MEAN": self.syl_dur_mean,
                "SYL_DUR_STD": self.syl_dur_std,
                "SYL_DUR_COV": self.syl_dur_cov,
                "SYL_COUNT": self.syl_count,
                "SYL_PERSEC": self.syl_persec,
                "P_MEAN": self.p_mean,
                "P_STD": self.p_std,
                "P_COV": self.p_cov,
                "SPEECH_PERCENT": self.speech_percent,
                "P_PERCENT": self.p_percent,
                "SPEECH_TO_P": self.speech_to_p,
                "ARATE": self.arate,
                "segments": self.segments,
            }
        )

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        from ..models.syllable import Syllable  # noqa: PLC0415

        d = dict(codec.mapping(src_dict))
        return cls(
            status=codec.optional(d, "STATUS", codec.anything),
            dur=codec.optional(d, "DUR", codec.number),
            syl_per_mean=codec.optional(d, "SYL_PER_MEAN", codec.number),
            syl_per_std=codec.optional(d, "SYL_PER_STD", codec.number),
            syl_per_cov=codec.optional(d, "SYL_PER_COV", codec.number),
            syl_dur_mean=codec.optional(d, "SYL_DUR_MEAN", codec.number),
            syl_dur_std=codec.optional(d, "SYL_DUR_STD", codec.number),
            syl_dur_cov=codec.optional(d, "SYL_DUR_COV", codec.number),
            syl_count=codec.optional(d, "SYL_COUNT", codec.number),
            syl_persec=codec.optional(d, "SYL_PERSEC", codec.number),
            p_mean=codec.optional(d, "P_MEAN", codec.number),
            p_std=codec.optional(d, "P_STD", codec.number),
            p_cov=codec.optional(d, "P_COV", codec.number),
            speech_percent=codec.optional(d, "SPEECH_PERCENT", codec.number),
            p_percent=codec.optional(d, "P_PERCENT", codec.number),
            speech_to_p=codec.optional(d, "SPEECH_TO_P", codec.number),
            arate=codec.optional(d, "ARATE", codec.number),
            segments=codec.optional(d, "segments", codec.array(Syllable.from_dict)),
            additional_properties=d,
        )

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`, as in the response itself."""
        return self.to_dict()[key]

    def __contains__(self, key: object) -> bool:
        """Whether the JSON object has `key`."""
        return key in self.to_dict()
