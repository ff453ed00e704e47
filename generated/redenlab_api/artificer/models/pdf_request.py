"""A PDF whose text is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.pdf_options import PdfOptions


class PdfRequest(Record):
    """A PDF whose text is read."""

    pdf_data: str = field(decoding.string, name="pdfData")
    """The PDF in base64, up to 50 MB of bytes."""
    options: PdfOptions | None = field(record(lambda: models.PdfOptions), default=None)
    """How a PDF is read."""
