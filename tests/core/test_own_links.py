"""Which links are followed with the key, which without it, and which not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab.core.errors import UnexpectedAnswer
from redenlab.core.links import below, own, refusal, within

BASE = "https://api.example.com/v1"


@pytest.mark.parametrize(
    ("url", "rest"),
    [
        (f"{BASE}/files/a?b=c%20d#e", "/files/a?b=c%20d#e"),
        (f"{BASE}?cursor=1", "?cursor=1"),
        ("http://api.example.com/v1/files", "/files"),
        (BASE, None),
        (f"{BASE}0/files", None),
        ("https://api.example.com/v2/files", None),
        ("https://api.example.com.evil.example/v1/files", None),
        ("https://api.example.com@evil.example/v1/files", None),
        ("ftp://api.example.com/v1/files", None),
        (f"{BASE}/a\r\nX: y", None),
        ("", None),
    ],
)
def test_only_what_is_below_the_base_url_is_the_api(url: str, rest: str | None) -> None:
    assert below(url, BASE) == rest


@given(st.text())
def test_whatever_follows_cannot_change_the_host(text: str) -> None:
    rest = below(BASE + text, BASE)
    assert rest is None or rest[0] in "/?"


def test_a_link_elsewhere_is_named_without_its_query() -> None:
    with pytest.raises(UnexpectedAnswer, match="points to https://evil.example,") as caught:
        own("https://evil.example/v1?token=5ecre7", BASE)
    assert "5ecre7" not in str(caught.value)
    with pytest.raises(UnexpectedAnswer, match="no address"):
        own("https://[::1/v1", BASE)


@pytest.mark.parametrize(
    ("url", "base", "good"),
    [
        ("https://storage.example.com/a", BASE, True),
        ("http://storage.example.com/a", BASE, False),
        ("https://127.0.0.1/a", BASE, False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:9000/v1", True),
        ("http://storage.example.com/a", "http://127.0.0.1:9000/v1", False),
        ("https://user@storage.example.com/a", BASE, False),
        ("https://storage.example.com\\@evil/a", BASE, False),
        ("https://storage.example.com:x/a", BASE, False),
        ("file:///etc/passwd", BASE, False),
        ("https:///a", BASE, False),
        ("", BASE, False),
    ],
)
def test_links_to_other_places_are_https_and_not_this_machine(
    url: str, base: str, good: bool
) -> None:
    assert (refusal(url, base) is None) is good


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://example.com/a", True),
        ("https://a.b.example.com/a", True),
        ("https://example.com:8443/a", True),
        ("https://notexample.com/a", False),
        ("https://example.com.evil.example/a", False),
        ("http://example.com/a", False),
        ("https://[::1/a", False),
    ],
)
def test_a_domain_has_what_is_below_it(url: str, inside: bool) -> None:
    assert within(url, ["example.com"]) is inside
    assert not within(url, [])
