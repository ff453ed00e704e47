"""What is known of the personal data in a transcript."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.pii_info_entity_summary_type_0 import PIIInfoEntitySummaryType0


class PIIInfo(Record):
    """What is known of the personal data in a transcript."""

    enabled: bool = field(decoding.boolean)
    """Whether it was asked for."""
    entities_detected: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None
    )
    """How many were found; 0 until it was looked for."""
    entity_summary: PIIInfoEntitySummaryType0 | None = field(
        decoding.union(record(lambda: models.PIIInfoEntitySummaryType0), decoding.null),
        default=None,
    )
    """How many of each kind were found; null in practice."""
    redacted_audio_available: bool | None = field(
        decoding.union(decoding.boolean, decoding.null), default=None
    )
    """Whether `get_redacted_audio` has a link."""
