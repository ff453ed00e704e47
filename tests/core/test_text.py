"""Texts of others, made fit to be shown."""

from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.text import sanitize


@given(st.text(max_size=2000))
def test_an_excerpt_is_short_and_printable_whatever_came(text: str) -> None:
    excerpt = sanitize(text)
    assert len(excerpt) <= 200
    assert excerpt.isprintable() or excerpt == ""


def test_an_excerpt_shows_no_signed_query() -> None:
    signed = "see https://s.example/x?X-Amz-Signature=5ecre7 now"
    assert sanitize(signed) == "see https://s.example/x?… now"


def test_an_excerpt_of_a_huge_page_is_made_quickly() -> None:
    assert len(sanitize("<" * 10**6)) <= 200
