"""What a phase made of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.text_phase_result_metadata import TextPhaseResultMetadata


class TextPhaseResult(Record):
    """What a phase made of a text."""

    phase: str = field(decoding.string)
    """Its name."""
    response: str = field(decoding.string)
    """What it made."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    metadata: TextPhaseResultMetadata | None = field(
        record(lambda: models.TextPhaseResultMetadata), default=None
    )
    """`cost` in US dollars, `processingTime` in seconds, `cacheHit`."""
