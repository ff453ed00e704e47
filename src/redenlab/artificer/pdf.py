"""PDFs on this machine, without a call of the API; needs the ``pdf`` extra."""

from importlib import import_module
from io import BytesIO
from typing import Any, NamedTuple

from redenlab.core.errors import InputError, MissingExtra

__all__ = ["MIN_TEXT", "PdfImage", "PdfText", "extract_images", "extract_text"]

MIN_TEXT = 100
"""Characters from which on a PDF counts as one with text, as for the service."""


class PdfText(NamedTuple):
    """The text of a PDF.

    Attributes:
        text: Of all pages, joined by newlines.
        pages: How many pages it has.
        has_text_content: Whether there is more than `MIN_TEXT` characters of text.
    """

    text: str
    pages: int
    has_text_content: bool


class PdfImage(NamedTuple):
    """An image of a PDF.

    Attributes:
        name: As the PDF calls it, with the extension of its format.
        content: The file.
        page: Number of its page, from 1.
    """

    name: str
    content: bytes
    page: int


def extract_text(pdf_data: bytes) -> PdfText:
    """Read the text of a PDF that has some; nothing is recognized in images.

    Raises:
        InputError: It is no PDF, or is encrypted.
        MissingExtra: The ``pdf`` extra is not installed.
    """

    def words(page: Any) -> str:
        return str(page.extract_text())

    pages = _pages(pdf_data, words)
    text = "\n".join(pages)
    return PdfText(text, len(pages), len(text.strip()) > MIN_TEXT)


def extract_images(pdf_data: bytes) -> list[PdfImage]:
    """Read the images of a PDF, in the order of its pages; raises as `extract_text`.

    Formats other than JPEG need Pillow, which the extra installs.
    """

    def images(page: Any) -> list[tuple[str, bytes]]:
        return [(str(each.name), bytes(each.data)) for each in page.images]

    found = enumerate(_pages(pdf_data, images), 1)
    return [PdfImage(name, content, number) for number, page in found for name, content in page]


def _pages(pdf_data: bytes, read: Any) -> list[Any]:
    """What is read of each page."""
    try:
        pypdf: Any = import_module("pypdf")
    except ImportError:
        hint = "pip install 'redenlab[pdf]'"
        raise MissingExtra("reading PDFs needs the extra pdf", hint=hint) from None
    try:
        return [read(page) for page in pypdf.PdfReader(BytesIO(pdf_data)).pages]
    except (pypdf.errors.PyPdfError, ValueError, OSError, KeyError) as error:
        raise InputError(f"the PDF cannot be read: {error}") from None
