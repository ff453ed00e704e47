"""The helpers that read PDFs on this machine."""

import sys

import pytest

from pdfs import LINE, pdf
from redenlab.artificer.pdf import extract_images, extract_text
from redenlab.core.errors import InputError, MissingExtra


def test_the_text_of_each_page_is_read() -> None:
    found = extract_text(pdf([f"{LINE} {LINE}", "second"]))
    assert (found.pages, found.has_text_content) == (2, True)
    assert found.text.endswith("second")


def test_a_pdf_without_text_has_none() -> None:
    assert extract_text(pdf([""])) == ("", 1, False)


def test_a_pdf_without_images_has_none() -> None:
    assert extract_images(pdf([LINE])) == []


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(InputError, match="cannot be read"):
        extract_text(b"hello")


def test_without_the_extra_the_error_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(MissingExtra) as caught:
        extract_text(pdf([LINE]))
    assert "redenlab[pdf]" in caught.value.hint
