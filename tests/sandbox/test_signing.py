"""Presigned links, checked against AWS's own example and against every way of tampering."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from redenlab.sandbox import signing

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECRET = "not-much-of-a-secret"
REQUEST = signing.Signed(
    "PUT",
    "/uploads/1/däs call+.wav",
    [],
    {"content-type": "audio/wav", "host": "127.0.0.1:1"},
)


def presented(seconds: int = 60, now: datetime = NOW) -> tuple[signing.Signed, str]:
    """The request that a faithful caller makes of a link, and the signature it claims."""
    url = signing.link(REQUEST, "http://127.0.0.1:1", SECRET, seconds, now)
    query = parse_qsl(urlsplit(url).query)
    name, claimed = query.pop()
    assert name == "X-Amz-Signature"
    return replace(REQUEST, query=query), claimed


def test_signature_is_that_of_the_example_in_the_aws_documentation() -> None:
    query = [
        ("X-Amz-Algorithm", "AWS4-HMAC-SHA256"),
        ("X-Amz-Credential", "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request"),
        ("X-Amz-Date", "20130524T000000Z"),
        ("X-Amz-Expires", "86400"),
        ("X-Amz-SignedHeaders", "host"),
    ]
    headers = {"host": "examplebucket.s3.amazonaws.com"}
    request = signing.Signed("GET", "/test.txt", query, headers)
    secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    expected = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
    assert signing.signature(request, secret) == expected


def test_link_is_accepted_until_the_second_it_expires() -> None:
    request, claimed = presented(60)
    signing.check(request, claimed, SECRET, NOW + timedelta(seconds=59.9))
    with pytest.raises(signing.Expired):
        signing.check(request, claimed, SECRET, NOW + timedelta(seconds=60))


def test_link_for_no_time_at_all_is_expired_at_once() -> None:
    request, claimed = presented(0)
    with pytest.raises(signing.Expired):
        signing.check(request, claimed, SECRET, NOW)


def test_name_with_blanks_and_umlauts_is_encoded() -> None:
    url = signing.link(REQUEST, "http://127.0.0.1:1", SECRET, 60, NOW)
    assert url.startswith("http://127.0.0.1:1/uploads/1/d%C3%A4s%20call%2B.wav?")


def test_link_does_not_hold_the_secret() -> None:
    assert SECRET not in signing.link(REQUEST, "http://127.0.0.1:1", SECRET, 60, NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"method": "GET"},
        {"path": "/uploads/2/däs call+.wav"},
        {"headers": {"content-type": "audio/wave", "host": "127.0.0.1:1"}},
        {"headers": {"host": "127.0.0.1:1"}},
        {"headers": {"content-type": "audio/wav", "host": "127.0.0.1:2"}},
        {"query": []},
    ],
    ids=["method", "path", "content type", "no content type", "host", "no query"],
)
def test_anything_changed_breaks_the_signature(changed: dict[str, object]) -> None:
    request, claimed = presented()
    with pytest.raises(signing.BadSignature):
        signing.check(replace(request, **changed), claimed, SECRET, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "X-Amz-Algorithm",
        "X-Amz-Credential",
        "X-Amz-Date",
        "X-Amz-Expires",
        "X-Amz-SignedHeaders",
    ],
)
def test_no_parameter_can_be_changed_or_left_out(name: str) -> None:
    request, claimed = presented()
    others = [pair for pair in request.query if pair[0] != name]
    assert len(others) == len(request.query) - 1
    for query in (others, [*others, (name, "86400")], [*request.query, (name, "86400")]):
        with pytest.raises(signing.BadSignature):
            signing.check(replace(request, query=query), claimed, SECRET, NOW)


@pytest.mark.parametrize("claimed", ["", "0" * 64, "ü", "A" * 64])
def test_made_up_signature_is_refused(claimed: str) -> None:
    request, _ = presented()
    with pytest.raises(signing.BadSignature):
        signing.check(request, claimed, SECRET, NOW)


def test_other_secret_gives_another_signature() -> None:
    request, claimed = presented()
    assert re.fullmatch("[0-9a-f]{64}", claimed)
    with pytest.raises(signing.BadSignature):
        signing.check(request, claimed, SECRET + "x", NOW)
