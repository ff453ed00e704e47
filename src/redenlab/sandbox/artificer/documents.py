"""PDFs and images: text PDFs are really read, images tell what they say of themselves."""

import struct
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.messages import Refused

PNG: Final = b"\x89PNG\r\n\x1a\n"
OCR_COST: Final = 0.00015
"""US dollars a page."""


def content(data: str, limit: int) -> bytes:
    """The bytes of base64; raises `Refused` for more than `limit` MB."""
    try:
        found = b64decode(data)
    except (Error, ValueError):
        raise Refused(400, "The data is no base64") from None
    if len(found) > limit * 1024 * 1024:
        size = len(found) / 1024 / 1024
        raise Refused(400, f"The file has {size:.1f} MB, and may have {limit} MB")
    return found


def pages(data: bytes) -> list[str]:
    """The text of each page; raises `Refused`."""
    try:
        return [page.extract_text() for page in PdfReader(BytesIO(data)).pages]
    except (PyPdfError, ValueError, OSError, KeyError):
        raise Refused(500, "Failed to process PDF: it cannot be read") from None


def checked(texts: list[str], threshold: float) -> Record:
    """Whether a PDF needs OCR."""
    length = len("".join(texts).strip())
    needs = not length > 100 or length / max(len(texts), 1) < threshold
    return {
        "needsOCR": needs,
        "hasTextContent": length > 100,
        "pages": len(texts),
        "textLength": length,
        "estimatedOCRCost": round(len(texts) * OCR_COST, 6) if needs else None,
    }


def processed(texts: list[str], *, force: bool, threshold: float) -> Record:
    """The text of a PDF; the OCR of the sandbox sees what the PDF says."""
    found = checked(texts, threshold)
    ocr = force or found["needsOCR"]
    numbered = (f"--- Page {number} ---\n{text}" for number, text in enumerate(texts, 1))
    return {
        "text": "\n\n".join(numbered if ocr else texts),
        "metadata": {
            "pages": len(texts),
            "method": "ocr" if ocr else "direct",
            "title": None,
            "author": None,
            "creationDate": None,
            "hasTextContent": found["hasTextContent"],
            "ocrUsed": ocr,
            "ocrConfidence": 0.95 if ocr else None,
            "ocrCost": round(len(texts) * OCR_COST, 6) if ocr else None,
            "processingTime": 1 + len(texts),
        },
    }


def read(data: bytes) -> str:
    """The text of an image: the comments of a PNG; nothing of any other."""
    return "\n".join(text for kind, text in _chunks(data) if kind == b"tEXt")


def described(data: bytes) -> str:
    """An image in words."""
    sizes = [text for kind, text in _chunks(data) if kind == b"IHDR"]
    return f"An image of {sizes[0] if sizes else 'unknown size'}, {len(data)} bytes."


def _chunks(data: bytes) -> Iterator[tuple[bytes, str]]:
    """The parts of a PNG that say something."""
    at = len(PNG) if data.startswith(PNG) else len(data)
    while at + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        if kind == b"IHDR" and len(body) >= 8:
            yield kind, "{} x {} pixels".format(*struct.unpack_from(">II", body))
        if kind == b"tEXt":
            yield kind, body.partition(b"\0")[2].decode("latin-1")
        at += 12 + size
