"""How a PDF is read."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PdfOptions(Record):
    """How a PDF is read."""

    force_ocr: bool | None = field(decoding.boolean, name="forceOCR", default=None)
    """Whether it is read by OCR although it has text. Left out, it is not."""
    min_text_threshold: float | None = field(decoding.number, name="minTextThreshold", default=None)
    """Characters of a page from which on it needs no OCR. Left out, 100."""
