"""Uploads by the links that the API hands out; storage alone is in test_storage.py."""

import hashlib
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

import redenlab.sandbox
from redenlab.sandbox import Sandbox
from sandbox.caller import Call, Caller, complaints


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which has to be XML."""
    assert response.headers["content-type"] == "application/xml"
    assert "x-amz-request-id" in response.headers
    code = re.search("<Code>(.*)</Code>", response.text)
    assert code is not None
    return response.status_code, code[1]


def stored(sandbox: Sandbox) -> set[str]:
    """The SHA-256 of each complete recording."""
    return {path.name for path in (sandbox.folder / "files").iterdir()}


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_upload_is_stored_and_the_response_is_that_of_s3(caller: Caller, tone: bytes) -> None:
    ticket = caller.ticket()
    response = caller.put(ticket, tone)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == f'"{hashlib.md5(tone).hexdigest()}"'
    path = caller.sandbox.folder / "files" / digest(tone)
    assert path.read_bytes() == tone
    assert path.stat().st_mode & 0o777 == 0o600


def test_second_upload_replaces_the_first(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(b"first")
    assert caller.put(ticket, tone).status_code == 200
    assert caller.predict(ticket).status_code == 200
    assert caller.ended(ticket)["status"] == "completed"


@pytest.mark.parametrize("name", ["é ü.wav", "a?b#c.wav", "100%.wav", "a+b&c=d.wav", "x" * 255])
def test_odd_names_work(caller: Caller, name: str) -> None:
    ticket = caller.ticket(name)
    content = name.encode()
    assert caller.put(ticket, content).status_code == 200
    assert digest(content) in stored(caller.sandbox)


@pytest.mark.parametrize("content_type", ["audio/flac", 'audio/ogg; codecs="opus"', "AUDIO/wav"])
def test_any_content_type_works_if_it_is_the_one_asked_for(
    caller: Caller, content_type: str
) -> None:
    ticket = caller.ticket(content_type=content_type)
    assert caller.put(ticket, b"x", **{"Content-Type": content_type}).status_code == 200
    assert refusal(caller.put(ticket, b"x")) == (403, "SignatureDoesNotMatch")


def flipped(url: str) -> str:
    return url[:-1] + ("0" if url[-1] != "0" else "1")


@pytest.mark.parametrize(
    "change",
    [
        flipped,
        lambda url: f"{url}0",
        lambda url: f"{url}&x-id=PutObject",
        lambda url: re.sub("X-Amz-Expires=900", "X-Amz-Expires=9000", url),
        lambda url: re.sub("X-Amz-Date=....", "X-Amz-Date=2099", url),
        lambda url: re.sub("content-type%3Bhost", "host", url),
        lambda url: re.sub("/a.wav", "/b.wav", url),
        lambda url: re.sub("/a.wav", "//a.wav", url),
    ],
    ids=["signature", "longer", "added", "expiry", "date", "headers", "path", "slash"],
)
def test_changed_link_is_refused(caller: Caller, change: Any) -> None:
    ticket = caller.ticket()
    url = change(ticket["upload_url"])
    assert url != ticket["upload_url"]
    response = caller.put({"upload_url": url}, url.encode())
    assert refusal(response) == (403, "SignatureDoesNotMatch")
    assert digest(url.encode()) not in stored(caller.sandbox)


def test_expired_link_is_refused(call: Call) -> None:
    with redenlab.sandbox.running(link_seconds=0) as sandbox:
        caller = call(sandbox)
        ticket = caller.ticket()
        assert ticket["expires_in"] == 0
        response = caller.put(ticket, b"x")
        assert refusal(response) == (403, "AccessDenied")
        assert "expired" in response.text
        assert stored(sandbox) == set()


@pytest.mark.parametrize("header", ["X-Api-Key", "Authorization", "x-api-key"])
def test_key_sent_to_storage_is_refused_and_counted(caller: Caller, header: str) -> None:
    sandbox, ticket = caller.sandbox, caller.ticket()
    before = sandbox.leaked_keys
    response = caller.put(ticket, b"x", **{header: sandbox.api_key})
    assert refusal(response) == (400, "InvalidArgument")
    assert sandbox.api_key not in response.text
    assert sandbox.leaked_keys == before + 1
    assert caller.put(ticket, b"x").status_code == 200
    assert sandbox.leaked_keys == before + 1


def test_recording_that_did_not_arrive_cannot_be_submitted(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    ticket = caller.ticket()
    parts = urlsplit(ticket["upload_url"])
    head = (
        f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "Content-Type: audio/wav\r\nContent-Length: 100000\r\n\r\nhalf"
    )
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(head.encode())
    assert caller.predict(ticket).status_code == 409
    assert digest(b"half") not in stored(caller.sandbox)
    assert complaints(caplog) == []


def test_links_are_percent_encoded_once(caller: Caller) -> None:
    ticket = caller.ticket("50% off.wav")
    assert quote("50% off.wav") in ticket["upload_url"]
    assert Path(ticket["file_key"]).name == "50% off.wav"
