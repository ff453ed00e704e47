"""The text of a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.pdf_metadata import PdfMetadata


class PdfProcessingResult(Record):
    """The text of a PDF."""

    text: str = field(decoding.string)
    """Of all pages; read by OCR, each begins with `--- Page N ---`."""
    metadata: PdfMetadata = field(record(lambda: models.PdfMetadata))
    """How a PDF was read."""
