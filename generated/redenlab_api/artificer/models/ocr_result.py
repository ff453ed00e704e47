"""The text of an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.ocr_metadata import OCRMetadata


class OCRResult(Record):
    """The text of an image."""

    text: str = field(decoding.string)
    """What can be read; empty for nothing."""
    confidence: float = field(decoding.number)
    """From 0 to 1."""
    metadata: OCRMetadata | None = field(record(lambda: models.OCRMetadata), default=None)
    """How an image was read."""
