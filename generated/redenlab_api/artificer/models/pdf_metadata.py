"""How a PDF was read."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PdfMetadata(Record):
    """How a PDF was read."""

    pages: int = field(decoding.integer)
    """How many it has."""
    method: str = field(decoding.string)
    """`direct`, `ocr` or `hybrid`."""
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """As the PDF says; null or absent for none."""
    author: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """As the PDF says; null or absent for none."""
    creation_date: str | None = field(
        decoding.union(decoding.string, decoding.null), name="creationDate", default=None
    )
    """As the PDF says; null or absent for none."""
    has_text_content: bool | None = field(decoding.boolean, name="hasTextContent", default=None)
    """Whether it has text without OCR."""
    ocr_used: bool | None = field(decoding.boolean, name="ocrUsed", default=None)
    """Whether it was read by OCR; absent from the worker."""
    ocr_confidence: float | None = field(
        decoding.union(decoding.number, decoding.null), name="ocrConfidence", default=None
    )
    """From 0 to 1; null without OCR."""
    ocr_cost: float | None = field(
        decoding.union(decoding.number, decoding.null), name="ocrCost", default=None
    )
    """US dollars; null without OCR."""
    processing_time: float | None = field(decoding.number, name="processingTime", default=None)
    """Milliseconds."""
