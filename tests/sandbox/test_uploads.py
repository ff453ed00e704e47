"""Storage is as strict as the real one: each mistake gets S3's status and code."""

import hashlib
import re
import socket
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
import pytest

import redenlab.sandbox
from faulty_server import PATIENCE
from redenlab.core.files.recording import MAX_BYTES
from redenlab.sandbox import Sandbox, signing
from sandbox.caller import Call, Caller, complaints


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which has to be XML."""
    assert response.headers["content-type"] == "application/xml"
    assert "x-amz-request-id" in response.headers
    code = re.search("<Code>(.*)</Code>", response.text)
    assert code is not None
    return response.status_code, code[1]


def raw(url: str, head: list[str], body: bytes = b"", *, method: str = "PUT") -> bytes:
    """What storage answers to a request written by hand, after which no more is sent."""
    parts = urlsplit(url)
    first = f"{method} {parts.path}?{parts.query} HTTP/1.1"
    lines = [first, f"Host: {parts.netloc}", "Content-Type: audio/wav", *head, "", ""]
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.settimeout(5)
        connection.sendall("\r\n".join(lines).encode() + body)
        connection.shutdown(socket.SHUT_WR)
        response = b""
        while chunk := connection.recv(4096):
            response += chunk
        return response


def stored(sandbox: Sandbox) -> set[str]:
    """Names of complete recordings; nothing half-done may lie about beside them."""
    deadline = time.monotonic() + PATIENCE
    while any((sandbox.folder / "incoming").iterdir()) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert list((sandbox.folder / "incoming").iterdir()) == []
    return {path.name for path in (sandbox.folder / "recordings").iterdir()}


def test_upload_is_stored_and_the_response_is_that_of_s3(caller: Caller, tone: bytes) -> None:
    ticket = caller.ticket()
    response = caller.put(ticket, tone)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == f'"{hashlib.md5(tone).hexdigest()}"'
    path = caller.sandbox.folder / "recordings" / ticket["job_id"]
    assert path.read_bytes() == tone
    assert path.stat().st_mode & 0o777 == 0o600


def test_second_upload_replaces_the_first(caller: Caller, tone: bytes) -> None:
    ticket = caller.uploaded(b"first")
    assert caller.put(ticket, tone).status_code == 200
    assert (caller.sandbox.folder / "recordings" / ticket["job_id"]).read_bytes() == tone


@pytest.mark.parametrize("name", ["é ü.wav", "a?b#c.wav", "100%.wav", "a+b&c=d.wav", "x" * 255])
def test_odd_names_work(caller: Caller, name: str) -> None:
    ticket = caller.ticket(name)
    assert caller.put(ticket, b"x").status_code == 200
    assert ticket["job_id"] in stored(caller.sandbox)


@pytest.mark.parametrize("content_type", ["audio/flac", 'audio/ogg; codecs="opus"', "AUDIO/wav"])
def test_any_content_type_works_if_it_is_the_one_asked_for(
    caller: Caller, content_type: str
) -> None:
    ticket = caller.ticket(content_type=content_type)
    assert caller.put(ticket, b"x", **{"Content-Type": content_type}).status_code == 200
    assert refusal(caller.put(ticket, b"x")) == (403, "SignatureDoesNotMatch")


@pytest.mark.parametrize("content_type", ["audio/x-wav", "audio/wav; a=b", "AUDIO/WAV", ""])
def test_other_content_type_is_refused(caller: Caller, content_type: str) -> None:
    ticket = caller.ticket()
    response = caller.put(ticket, b"x", **{"Content-Type": content_type})
    assert refusal(response) == (403, "SignatureDoesNotMatch")
    assert ticket["job_id"] not in stored(caller.sandbox)


def test_missing_content_type_is_refused(caller: Caller) -> None:
    response = caller.storage.put(caller.ticket()["upload_url"], content=b"x")
    assert refusal(response) == (403, "SignatureDoesNotMatch")


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
        lambda url: re.sub("&X-Amz-Expires=900", "", url),
        lambda url: re.sub("content-type%3Bhost", "host", url),
        lambda url: re.sub("/a.wav", "/b.wav", url),
        lambda url: re.sub("/uploads/", "/uploads//", url),
    ],
    ids=["signature", "longer", "added", "expiry", "date", "removed", "headers", "path", "slash"],
)
def test_changed_link_is_refused(caller: Caller, change: Any) -> None:
    ticket = caller.ticket()
    url = change(ticket["upload_url"])
    assert url != ticket["upload_url"]
    response = caller.put({"upload_url": url}, b"x")
    assert refusal(response) == (403, "SignatureDoesNotMatch")
    assert ticket["job_id"] not in stored(caller.sandbox)


def test_refusal_does_not_quote_the_signature(caller: Caller) -> None:
    url = flipped(caller.ticket()["upload_url"])
    assert url.rpartition("=")[2] not in caller.put({"upload_url": url}, b"x").text


def test_request_without_a_signature_is_refused(caller: Caller) -> None:
    url = caller.ticket()["upload_url"].partition("?")[0]
    assert refusal(caller.put({"upload_url": url}, b"x")) == (403, "AccessDenied")
    assert refusal(caller.storage.get(caller.sandbox.storage_url)) == (403, "AccessDenied")


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "PATCH", "OPTIONS"])
def test_link_allows_nothing_but_put(caller: Caller, tone: bytes, method: str) -> None:
    ticket = caller.uploaded(tone)
    headers = {"Content-Type": "audio/wav"}
    response = caller.storage.request(method, ticket["upload_url"], headers=headers)
    assert refusal(response) == (403, "SignatureDoesNotMatch")
    assert caller.storage.head(ticket["upload_url"], headers=headers).status_code == 403
    assert ticket["job_id"] in stored(caller.sandbox)


def test_unheard_of_method_is_refused_in_xml(caller: Caller) -> None:
    response = caller.storage.request("BREW", caller.sandbox.storage_url)
    assert refusal(response) == (405, "MethodNotAllowed")


def test_expired_link_is_refused(call: Call) -> None:
    with redenlab.sandbox.running(link_seconds=0) as sandbox:
        caller = call(sandbox)
        ticket = caller.ticket()
        assert ticket["expires_in"] == 0
        response = caller.put(ticket, b"x")
        assert refusal(response) == (403, "AccessDenied")
        assert "expired" in response.text
        assert stored(sandbox) == set()


def test_chunked_body_is_refused(caller: Caller) -> None:
    ticket = caller.ticket()
    response = caller.storage.put(
        ticket["upload_url"], content=iter([b"x"]), headers={"Content-Type": "audio/wav"}
    )
    assert refusal(response) == (411, "MissingContentLength")
    assert ticket["job_id"] not in stored(caller.sandbox)


def test_chunked_body_is_refused_even_with_a_length_beside_it(caller: Caller) -> None:
    head = ["Transfer-Encoding: chunked", "Content-Length: 1"]
    response = raw(caller.ticket()["upload_url"], head, b"1\r\nx\r\n0\r\n\r\n")
    assert response.startswith(b"HTTP/1.1 411 ")


def test_body_without_a_length_is_refused(caller: Caller) -> None:
    response = raw(caller.ticket()["upload_url"], [])
    assert response.startswith(b"HTTP/1.1 411 ")
    assert b"<Code>MissingContentLength</Code>" in response


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


def test_body_that_ends_early_leaves_no_object(
    caller: Caller, caplog: pytest.LogCaptureFixture
) -> None:
    for sent in (0, 5, 70_000):
        ticket = caller.ticket()
        raw(ticket["upload_url"], ["Content-Length: 100000"], b"x" * sent)
        assert ticket["job_id"] not in stored(caller.sandbox)
        assert caller.predict(ticket).status_code == 409
    assert complaints(caplog) == []


def test_more_than_five_gibibytes_are_refused_before_they_come(caller: Caller) -> None:
    url = caller.ticket()["upload_url"]
    response = raw(url, [f"Content-Length: {MAX_BYTES + 1}"])
    assert response.startswith(b"HTTP/1.1 400 ")
    assert b"<Code>EntityTooLarge</Code>" in response
    assert b"connection: close" in response.lower()


@pytest.mark.parametrize(
    "path",
    ["/../../etc/passwd", "/uploads/../../x", "/uploads/%2e%2e/%2e%2e/x", "/%00", "//x"],
)
def test_path_cannot_lead_out_of_the_folder(caller: Caller, path: str) -> None:
    """Neither with the query of a good link nor without one."""
    before = stored(caller.sandbox)
    query = caller.ticket()["upload_url"].partition("?")[2]
    for url in (f"{path}?{query}", path):
        response = raw(f"{caller.sandbox.storage_url}{url}", ["Content-Length: 1"], b"x")
        assert response.startswith(b"HTTP/1.1 403 ")
    assert stored(caller.sandbox) == before


def test_signed_link_for_no_job_of_this_sandbox_stores_nothing(sandbox: Sandbox) -> None:
    headers = {"content-type": "audio/wav", "host": urlsplit(sandbox.storage_url).netloc}
    request = signing.Signed("PUT", "/../evil", [], headers)
    secret = (sandbox.folder / "link-secret").read_text()
    url = signing.link(request, sandbox.storage_url, secret, 60, datetime.now(UTC))
    before = stored(sandbox)
    response = raw(url, ["Content-Length: 1"], b"x")
    assert response.startswith(b"HTTP/1.1 404 ")
    assert b"NoSuchKey" in response
    assert stored(sandbox) == before
    assert not (sandbox.folder / "evil").exists()


def test_storage_that_cannot_write_says_so_in_xml(call: Call) -> None:
    with redenlab.sandbox.running() as sandbox:
        caller = call(sandbox)
        ticket = caller.ticket()
        (sandbox.folder / "incoming").rmdir()
        response = caller.put(ticket, b"x")
        assert refusal(response) == (500, "InternalError")
        assert str(sandbox.folder) not in response.text


def test_links_are_percent_encoded_once(caller: Caller) -> None:
    ticket = caller.ticket("50% off.wav")
    assert quote("50% off.wav") in ticket["upload_url"]
    assert Path(ticket["file_key"]).name == "50% off.wav"
