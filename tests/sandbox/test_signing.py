"""Presigned links, checked against AWS's own example and against every way of tampering."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from redenlab.sandbox.host import signing
from redenlab.sandbox.host.refusals import Refused

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SECRET = "not-much-of-a-secret"
REQUEST = signing.Signed(
    "PUT",
    "/uploads/1/däs call+.wav",
    [],
    {"content-type": "audio/wav", "host": "127.0.0.1:1"},
)


def presented(seconds: int = 60) -> signing.Signed:
    """The request that a faithful caller makes of a link."""
    url = signing.link(REQUEST, "http://127.0.0.1:1", SECRET, seconds, NOW)
    return replace(REQUEST, query=parse_qsl(urlsplit(url).query))


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(Refused) as caught:
        yield
    assert caught.value.code == code


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
    request = presented(60)
    signing.check(request, SECRET, NOW + timedelta(seconds=59.9))
    with refused("AccessDenied"):
        signing.check(request, SECRET, NOW + timedelta(seconds=60))


@pytest.mark.parametrize("seconds", [0, -1, signing.MAX_SECONDS + 1, 10**30, -(10**30)])
def test_link_of_an_impossible_life_is_refused(seconds: int) -> None:
    with refused("AccessDenied"):
        signing.check(presented(seconds), SECRET, NOW)


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
    ],
    ids=["method", "path", "content type", "no content type", "host"],
)
def test_anything_changed_breaks_the_signature(changed: dict[str, object]) -> None:
    with refused("SignatureDoesNotMatch"):
        signing.check(replace(presented(), **changed), SECRET, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", [name for name, _ in presented().query])
def test_no_parameter_can_be_changed_or_left_out(name: str) -> None:
    request = presented()
    others = [pair for pair in request.query if pair[0] != name]
    assert len(others) == len(request.query) - 1
    for query in (others, [*others, (name, "1")], [*request.query, (name, "1")]):
        with pytest.raises(Refused):
            signing.check(replace(request, query=query), SECRET, NOW)


def test_parameter_given_twice_breaks_the_signature() -> None:
    request = presented()
    for pair in request.query:
        with refused("SignatureDoesNotMatch"):
            signing.check(replace(request, query=[*request.query, pair]), SECRET, NOW)


@pytest.mark.parametrize("claimed", ["0" * 64, "ü", "A" * 64])
def test_made_up_signature_is_refused(claimed: str) -> None:
    request = presented()
    query = [*request.query[:-1], ("X-Amz-Signature", claimed)]
    with refused("SignatureDoesNotMatch"):
        signing.check(replace(request, query=query), SECRET, NOW)


def test_other_secret_gives_another_signature() -> None:
    with refused("SignatureDoesNotMatch"):
        signing.check(presented(), SECRET + "x", NOW)
