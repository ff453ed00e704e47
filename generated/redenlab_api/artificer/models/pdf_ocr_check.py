"""Whether a PDF needs OCR."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PdfOcrCheck(Record):
    """Whether a PDF needs OCR."""

    needs_ocr: bool = field(decoding.boolean, name="needsOCR")
    """Whether it has too little text."""
    has_text_content: bool = field(decoding.boolean, name="hasTextContent")
    """Whether it has more than 100 characters of text."""
    pages: int = field(decoding.integer)
    """How many it has."""
    text_length: int = field(decoding.integer, name="textLength")
    """Characters of its text."""
    estimated_ocr_cost: float | None = field(
        decoding.union(decoding.number, decoding.null), name="estimatedOCRCost", default=None
    )
    """US dollars; null where it needs no OCR."""
