"""Addresses that the service or a redirect names: how far into our network they may lead."""

import json
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab import InferenceClient
from redenlab.core import errors
from redenlab.core.links import Reach, reach, refusal, shown
from service import BASE, KEY, Service, say

SECRET = "5ecre7"

HOSTILE = [
    # not https
    "http://storage.example.com/a",
    "ftp://storage.example.com/a",
    "file:///etc/passwd",
    "data:audio/wav;base64,UklGRg==",
    "javascript:alert(1)",
    "ws://storage.example.com/a",
    "//storage.example.com/a",
    "/uploads/a",
    "storage.example.com/a",
    "",
    "https://",
    "https:///a",
    "https:storage.example.com/a",
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
def test_nothing_goes_to_a_hostile_link(service: Service, url: str) -> None:
    service.upload_url = f"{url}?X-Amz-Signature={SECRET}"
    with InferenceClient(KEY, BASE, transport=service.transport()) as client:
        with pytest.raises(errors.UploadError, match="cannot be trusted") as caught:
            client.predict(b"RIFF")
    assert SECRET not in str(caught.value)
    assert [message.method for message in service.seen] == ["POST"]
    assert service.started == []


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "\n", "é"]
)
def test_a_file_key_is_handed_back_whatever_it_says(service: Service, key: str) -> None:
    url = "https://storage.example.com/a?x=1"
    ticket = {"job_id": "j", "upload_url": url, "file_key": key, "expires_in": 900}
    service.faults["create_upload_url"] = [say(200, ticket)]
    with InferenceClient(KEY, BASE, transport=service.transport()) as client:
        client.submit(b"RIFF")
    sent = [f"{message.method} {message.url}" for message in service.seen]
    assert sent == [
        f"POST {BASE}/upload-url",
        f"PUT {url}",
        f"POST {BASE}/intelligibility/predict",
    ]
    assert json.loads(service.seen[-1].content)["file_key"] == key


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
    assert refusal(url, "https://api.example.com/prod") is None


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
    assert [link for link in links if refusal(link, origin) is None] == may
    assert refusal("http://192.168.0.7", origin) is not None
    assert refusal("http://s.example.com", origin) is not None


@given(
    st.one_of(
        st.text(max_size=60),
        st.text("htps:/\\@[]%.0123456789abcdefx\t ", max_size=40).map("https://".__add__),
        st.integers(0, 2**32 - 1).map(lambda n: f"https://{ip_address(n)}/a"),
        st.integers(0, 2**128 - 1).map(lambda n: f"https://[{ip_address(n)}]/a"),
    )
)
def test_whatever_passes_is_https_to_the_internet_for_every_reader(url: str) -> None:
    if refusal(url, "https://api.example.com") is not None:
        return
    address = httpx.URL(url)
    assert address.scheme == "https"
    assert reach(address.raw_host.decode()) is Reach.WORLD
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
    assert shown(url) == seen
