"""Timing of syllables and pauses; times are seconds, `PERCENT` is of the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.syllable import Syllable


class SyllableTimingResult(Record):
    """Timing of syllables and pauses; times are seconds, `PERCENT` is of the whole."""

    status: Any | None = field(decoding.anything, name="STATUS", default=None)
    """As the model says it."""
    dur: float | None = field(decoding.number, name="DUR", default=None)
    syl_per_mean: float | None = field(decoding.number, name="SYL_PER_MEAN", default=None)
    syl_per_std: float | None = field(decoding.number, name="SYL_PER_STD", default=None)
    syl_per_cov: float | None = field(decoding.number, name="SYL_PER_COV", default=None)
    syl_dur_mean: float | None = field(decoding.number, name="SYL_DUR_MEAN", default=None)
    syl_dur_std: float | None = field(decoding.number, name="SYL_DUR_STD", default=None)
    syl_dur_cov: float | None = field(decoding.number, name="SYL_DUR_COV", default=None)
    syl_count: float | None = field(decoding.number, name="SYL_COUNT", default=None)
    syl_persec: float | None = field(decoding.number, name="SYL_PERSEC", default=None)
    p_mean: float | None = field(decoding.number, name="P_MEAN", default=None)
    p_std: float | None = field(decoding.number, name="P_STD", default=None)
    p_cov: float | None = field(decoding.number, name="P_COV", default=None)
    speech_percent: float | None = field(decoding.number, name="SPEECH_PERCENT", default=None)
    p_percent: float | None = field(decoding.number, name="P_PERCENT", default=None)
    speech_to_p: float | None = field(decoding.number, name="SPEECH_TO_P", default=None)
    arate: float | None = field(decoding.number, name="ARATE", default=None)
    segments: Records[Syllable] | None = field(records(lambda: models.Syllable), default=None)
