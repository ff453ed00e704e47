"""Timing of syllables (`SYL`) and pauses (`P`); times are seconds, `PERCENT` is of the whole. The service documents the names alone, so what a field means is read from its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.syllable import Syllable


class SyllableTimingResult(Record):
    """Timing of syllables (`SYL`) and pauses (`P`); times are seconds, `PERCENT` is of the
    whole. The service documents the names alone, so what a field means is read from its
    name."""

    status: Any | None = field(decoding.anything, name="STATUS", default=None)
    """As the model says it; neither type nor values are documented."""
    dur: float | None = field(decoding.number, name="DUR", default=None)
    """Length of the recording in seconds."""
    syl_per_mean: float | None = field(decoding.number, name="SYL_PER_MEAN", default=None)
    """Mean period of the syllables in seconds."""
    syl_per_std: float | None = field(decoding.number, name="SYL_PER_STD", default=None)
    """Standard deviation of the period in seconds."""
    syl_per_cov: float | None = field(decoding.number, name="SYL_PER_COV", default=None)
    """Coefficient of variation of the period; no unit."""
    syl_dur_mean: float | None = field(decoding.number, name="SYL_DUR_MEAN", default=None)
    """Mean duration of the syllables in seconds."""
    syl_dur_std: float | None = field(decoding.number, name="SYL_DUR_STD", default=None)
    """Standard deviation of the duration in seconds."""
    syl_dur_cov: float | None = field(decoding.number, name="SYL_DUR_COV", default=None)
    """Coefficient of variation of the duration; no unit."""
    syl_count: float | None = field(decoding.number, name="SYL_COUNT", default=None)
    """How many syllables there are."""
    syl_persec: float | None = field(decoding.number, name="SYL_PERSEC", default=None)
    """Syllables in a second."""
    p_mean: float | None = field(decoding.number, name="P_MEAN", default=None)
    """Mean duration of the pauses in seconds."""
    p_std: float | None = field(decoding.number, name="P_STD", default=None)
    """Standard deviation of the pauses in seconds."""
    p_cov: float | None = field(decoding.number, name="P_COV", default=None)
    """Coefficient of variation of the pauses; no unit."""
    speech_percent: float | None = field(decoding.number, name="SPEECH_PERCENT", default=None)
    """Percentage of the recording that is speech."""
    p_percent: float | None = field(decoding.number, name="P_PERCENT", default=None)
    """Percentage of the recording that is pauses."""
    speech_to_p: float | None = field(decoding.number, name="SPEECH_TO_P", default=None)
    """Speech divided by pauses; no unit."""
    arate: float | None = field(decoding.number, name="ARATE", default=None)
    """Articulation rate; its unit is not documented."""
    segments: Records[Syllable] | None = field(records(lambda: models.Syllable), default=None)
    """The syllables one by one."""
