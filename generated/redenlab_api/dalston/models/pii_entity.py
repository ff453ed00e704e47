"""Personal data in a transcript."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PIIEntity(Record):
    """Personal data in a transcript."""

    entity_type: str = field(decoding.string)
    """Its kind, such as `credit_card_number`."""
    category: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`pii`, `pci` or `phi`."""
    start_offset: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Where it begins in the text of the job; counted in characters."""
    end_offset: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Where it ends in the text of the job; counted in characters."""
    start_time: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    end_time: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure it is, from 0 to 1."""
    speaker: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Who says it."""
    redacted_value: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What takes its place in the redacted text."""
    original_text: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The personal data itself; not every server sends it."""
