"""A PDF that may need OCR."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PdfCheckRequest(Record):
    """A PDF that may need OCR."""

    pdf_data: str = field(decoding.string, name="pdfData")
    """The PDF in base64, up to 50 MB of bytes."""
    min_text_threshold: float | None = field(decoding.number, name="minTextThreshold", default=None)
    """Characters of a page from which on it needs no OCR. Left out, 100."""
