"""`GET /api/images/check-pdf-needs-ocr`: Tell whether a small PDF needs OCR.

The PDF stands in the URL; `check_pdf_needs_ocr` takes any.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "images.check_small_pdf_needs_ocr"
METHOD = "GET"
PATH = "/api/images/check-pdf-needs-ocr"
IDEMPOTENT = True


def build(*, pdf_data: str, min_text_threshold: float | None = None) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/images/check-pdf-needs-ocr",
        query=encoding.query({"pdfData": pdf_data, "minTextThreshold": min_text_threshold}),
    )


def parse(response: RawResponse) -> models.PdfOcrCheck:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.PdfOcrCheck.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
