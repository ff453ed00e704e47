"""Addresses that the service or a redirect names: how far into our network they may lead."""

import json
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fake_api import BASE, KEY, FakeApi, say
from redenlab import InferenceClient
from redenlab.core import errors
from redenlab.core.errors import UnexpectedResponse, boundary
from redenlab.core.text import display_url
from redenlab.core.transport.url_policy import NetworkZone, below, own, problem_with, within, zone

SECRET = "5ecre7"

HOSTILE = [
    # not https
    "http://storage.example.com/a",
    "ftp://storage.example.com/a",
    "file:///etc/passwd",
    "data:audio/wav;base64,UklGRg==",
    "javascript:alert(1)",
    "ws://storage.example.com/a",
    "https://",
    "https:///a",
    # this machine
    "https://127.0.0.1/a",
    "https://127.255.255.254/a",
    "https://localhost/a",
    "https://LOCALHOST:8443/a",
    "https://x.localhost/a",
    "https://0.0.0.0/a",
    "https://[::1]/a",
    "https://[::]/a",
    "https://[0:0:0:0:0:0:0:1]/a",
    "https://[::ffff:127.0.0.1]/a",
    "https://[::ffff:7f00:1]/a",
    "https://[::127.0.0.1]/a",
    "https://[64:ff9b::7f00:1]/a",
    "https://[2002:7f00:1::]/a",
    # a neighbour
    "https://10.0.0.1/a",
    "https://10.255.255.255/a",
    "https://172.16.0.1/a",
    "https://172.31.255.255/a",
    "https://192.168.1.1/a",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/a",
    "https://198.18.0.1/a",
    "https://192.0.2.1/a",
    "https://240.0.0.1/a",
    "https://255.255.255.255/a",
    "https://224.0.0.1/a",
    "https://[fc00::1]/a",
    "https://[fdff::1]/a",
    "https://[fe80::1]/a",
    "https://[fe80::1%25eth0]/a",
    "https://[ff02::1]/a",
    "https://[::ffff:10.0.0.1]/a",
    # an address in disguise
    "https://2130706433/a",
    "https://0x7f000001/a",
    "https://0x7f.1/a",
    "https://0X7F.0.0.1/a",
    "https://127.1/a",
    "https://127.0.1/a",
    "https://0177.0.0.1/a",
    "https://127.0.0.1./a",
    "https://127.0.0.0x1/a",
    "https://999.1.1.1/a",
    "https://1.2.3.4.5/a",
    "https://%31%32%37.0.0.1/a",
    "https://１２７.0.0.1/a",
    "https://127。0。0。1/a",
    "https://ⓛocalhost/a",
    "https://localhost./a",
    "https://storage.example.com./a",
    # two readers, two hosts
    "https://user@storage.example.com/a",
    "https://storage.example.com@127.0.0.1/a",
    "https://storage.example.com:secret@10.0.0.1/a",
    "https://127.0.0.1\\@storage.example.com/a",
    "https://storage.example.com\\.evil.example/a",
    "https:\\\\storage.example.com/a",
    "https://storage.example.com\t/a",
    "https://stor\tage.example.com/a",
    "https://storage.example.com\n/a",
    "https://storage.example.com/a\r\nX-Evil: 1",
    "https://storage example.com/a",
    "https://storage.example.com%00/a",
    "https://storage.example.com:0/a",
    "https://storage.example.com:65536/a",
    "https://storage.example.com:x/a",
    "https://storage.example.com:-1/a",
    "https://[::1/a",
    "https://[storage.example.com]/a",
    "https://storage.example.com/" + "a" * 70_000,
]


@pytest.mark.parametrize("url", HOSTILE, ids=lambda url: ascii(url[:60]))
def test_nothing_goes_to_a_hostile_link(fake_api: FakeApi, url: str) -> None:
    fake_api.upload_url = f"{url}?X-Amz-Signature={SECRET}"
    with InferenceClient(KEY, BASE, transport=fake_api.transport()) as client:
        with pytest.raises(errors.UploadError, match="sent a link that") as caught:
            client.predict(b"RIFF")
    assert SECRET not in str(caught.value)
    assert [message.method for message in fake_api.seen] == ["POST"]
    assert fake_api.started == []


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("/uploads/a", "https://api.example.com/uploads/a"),
        ("uploads/a", "https://api.example.com/uploads/a"),
        ("", BASE),
        ("//storage.example.com/a", "https://storage.example.com/a"),
        ("https:storage.example.com/a", "https://api.example.com/storage.example.com/a"),
    ],
)
def test_a_relative_link_is_relative_to_the_api_and_is_sent_no_key(
    fake_api: FakeApi, reference: str, target: str
) -> None:
    """RFC 3986, section 5: it cannot lead anywhere that an absolute one could not."""
    fake_api.upload_url = f"{reference}?X-Amz-Signature={SECRET}"
    with InferenceClient(KEY, BASE, transport=fake_api.transport()) as client:
        client.submit(b"RIFF")
    (put,) = (message for message in fake_api.seen if message.method == "PUT")
    assert put.url == f"{target}?X-Amz-Signature={SECRET}"
    assert KEY not in str(put.headers)


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\n", "é"]
)
def test_a_file_key_is_handed_back_whatever_it_says(fake_api: FakeApi, key: str) -> None:
    url = "https://storage.example.com/a?x=1"
    ticket = {"job_id": "j", "upload_url": url, "file_key": key, "expires_in": 900}
    fake_api.faults["create_upload_url"] = [say(200, ticket)]
    with InferenceClient(KEY, BASE, transport=fake_api.transport()) as client:
        client.submit(b"RIFF")
    sent = [f"{message.method} {message.url}" for message in fake_api.seen]
    assert sent == [
        f"POST {BASE}/upload-url",
        f"PUT {url}",
        f"POST {BASE}/intelligibility/predict",
    ]
    assert json.loads(fake_api.seen[-1].content)["file_key"] == key


@pytest.mark.parametrize(
    "url",
    [
        "https://storage.example.com/a?X-Amz-Signature=1",
        "https://bucket.s3.eu-west-1.amazonaws.com/a%20b.wav?x=1",
        "https://storage.example.com:9000/a",
        "https://STORAGE.example.com/a",
        "https://under_score.example.com/a",
        "https://xn--strage-wxa.example.com/a",
        "https://störage.example.com/a",
        "https://8.8.8.8/a",
        "https://172.15.0.1/a",
        "https://172.32.0.1/a",
        "https://[2606:4700::1111]/a",
        "https://storage.example.com/with@sign?and=https://127.0.0.1/",
    ],
)
def test_storage_on_the_internet_is_fine(url: str) -> None:
    assert problem_with(url, "https://api.example.com/prod") is None


@pytest.mark.parametrize(
    ("origin", "may"),
    [
        ("https://api.example.com", ["https://s.example.com"]),
        ("https://8.8.8.8", ["https://s.example.com"]),
        ("https://10.1.2.3", ["https://s.example.com", "https://192.168.0.7"]),
        (
            "http://127.0.0.1:8080",
            ["https://s.example.com", "https://192.168.0.7", "https://localhost", "http://[::1]"],
        ),
    ],
)
def test_a_link_leads_no_nearer_than_its_sender_stands(origin: str, may: list[str]) -> None:
    links = ["https://s.example.com", "https://192.168.0.7", "https://localhost", "http://[::1]"]
    assert [link for link in links if problem_with(link, origin) is None] == may
    assert problem_with("http://192.168.0.7", origin) is not None
    assert problem_with("http://s.example.com", origin) is not None


@given(
    st.one_of(
        st.text(max_size=60),
        st.text("htps:/\\@[]%.0123456789abcdefx\t ", max_size=40).map("https://".__add__),
        st.integers(0, 2**32 - 1).map(lambda n: f"https://{ip_address(n)}/a"),
        st.integers(0, 2**128 - 1).map(lambda n: f"https://[{ip_address(n)}]/a"),
    )
)
def test_whatever_passes_is_https_to_the_internet_for_every_reader(url: str) -> None:
    if problem_with(url, "https://api.example.com") is not None:
        return
    address = httpx.URL(url)
    assert address.scheme == "https"
    assert zone(address.raw_host.decode()) is NetworkZone.WORLD
    assert (urlsplit(url).hostname or "").isascii() is False or (
        urlsplit(url).hostname == address.raw_host.decode()
    )


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("https://host/a.wav?X-Amz-Signature=5ecre7", "https://host/a.wav"),
        ("https://host/a.wav#5ecre7", "https://host/a.wav"),
        ("https://user:5ecre7@host/a.wav", "https://host/a.wav"),
        ("zip://a.wav::ftp://user:5ecre7@host/b.zip", "zip://a.wav::ftp://host/b.zip"),
        ("s3://bucket/a@b.wav?versionId=5ecre7", "s3://bucket/a@b.wav"),
        ("s3://bucket/a\x1b[2J.wav", "s3://bucket/a [2J.wav"),
    ],
)
def test_an_address_is_shown_without_what_may_be_secret(url: str, seen: str) -> None:
    assert display_url(url) == seen


V1 = "https://api.example.com/v1"


@pytest.mark.parametrize(
    ("url", "rest"),
    [
        (f"{V1}/files/a?b=c%20d#e", "/files/a?b=c%20d#e"),
        (f"{V1}?cursor=1", "?cursor=1"),
        ("http://api.example.com/v1/files", "/files"),
        (V1, None),
        (f"{V1}0/files", None),
        ("https://api.example.com/v2/files", None),
        ("https://api.example.com.evil.example/v1/files", None),
        ("https://api.example.com@evil.example/v1/files", None),
        ("ftp://api.example.com/v1/files", None),
        (f"{V1}/a\r\nX: y", None),
        ("", None),
    ],
)
def test_only_what_is_below_the_base_url_is_the_api(url: str, rest: str | None) -> None:
    assert below(url, V1) == rest


@given(st.text())
def test_whatever_follows_cannot_change_the_host(text: str) -> None:
    rest = below(V1 + text, V1)
    assert rest is None or rest[0] in "/?"


def test_a_link_elsewhere_is_named_without_its_query() -> None:
    with (
        pytest.raises(UnexpectedResponse, match="points to https://evil.example,") as caught,
        boundary(),
    ):
        own("https://evil.example/v1?token=5ecre7", V1)
    assert "5ecre7" not in str(caught.value)
    with pytest.raises(UnexpectedResponse, match="no address"):
        own("https://[::1/v1", V1)


@pytest.mark.parametrize(
    ("url", "base", "good"),
    [
        ("https://storage.example.com/a", V1, True),
        ("http://storage.example.com/a", V1, False),
        ("https://127.0.0.1/a", V1, False),
        ("http://127.0.0.1:80/a", "http://127.0.0.1:9000/v1", True),
        ("http://storage.example.com/a", "http://127.0.0.1:9000/v1", False),
        ("https://user@storage.example.com/a", V1, False),
        ("https://storage.example.com\\@evil/a", V1, False),
        ("https://storage.example.com:x/a", V1, False),
        ("file:///etc/passwd", V1, False),
        ("https:///a", V1, False),
        ("", V1, False),
    ],
)
def test_links_to_other_places_are_https_and_not_this_machine(
    url: str, base: str, good: bool
) -> None:
    assert (problem_with(url, base) is None) is good


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
