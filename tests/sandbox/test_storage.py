"""What storage keeps, and what it leaves behind; what it answers is in test_storage_rows.py."""

import hashlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from faulty_server import PATIENCE
from redenlab.core.files.recording import MAX_BYTES
from sandbox.caller import complaints
from sandbox.stored import Running, serving

KEY = "recordings/a.wav"
DATA = bytes(range(256)) * 5000  # more than one buffer
WAV = {"Content-Type": "audio/wav"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with serving(tmp_path) as storage:
        yield storage
        assert nothing_half_done(storage)


def nothing_half_done(running: Running) -> bool:
    """Whether no upload is left, a while after its connection was closed."""
    deadline = time.monotonic() + PATIENCE
    while (left := any(running.incoming.iterdir())) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not left


def put(url: str, content: bytes = DATA, **headers: str) -> httpx.Response:
    return httpx.put(url, content=content, headers={**WAV, **headers}, trust_env=False)


def refusal(response: httpx.Response) -> tuple[int, str]:
    """Status and code of an error, which has to be XML."""
    assert response.headers["content-type"] == "application/xml"
    assert "x-amz-request-id" in response.headers
    code = re.search("<Code>(.*)</Code>", response.text)
    assert code is not None
    return response.status_code, code[1]


def connected(running: Running) -> socket.socket:
    parts = urlsplit(running.url)
    return socket.create_connection((parts.hostname or "", parts.port or 0), PATIENCE)


def written(url: str, *head: str, body: bytes = b"") -> bytes:
    """A PUT written by hand."""
    parts = urlsplit(url)
    first = f"PUT {parts.path}?{parts.query} HTTP/1.1"
    lines = [first, f"Host: {parts.netloc}", "Content-Type: audio/wav", "Connection: close", *head]
    return "\r\n".join([*lines, "", ""]).encode() + body


def raw(running: Running, request: bytes) -> bytes:
    """All that storage answers."""
    with connected(running) as connection:
        connection.sendall(request)
        response = b""
        while chunk := connection.recv(4096):
            response += chunk
        return response


@contextmanager
def begun(running: Running, request: bytes) -> Iterator[socket.socket]:
    """A connection with an upload that storage has begun to receive."""
    with connected(running) as connection:
        connection.sendall(request)
        while not any(running.incoming.iterdir()):
            time.sleep(0.01)
        yield connection


def test_upload_is_handed_over_as_one_file_with_its_digests(running: Running) -> None:
    response = put(running.link())
    etag = hashlib.md5(DATA).hexdigest()
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["etag"] == f'"{etag}"'
    assert len(response.headers["x-amz-request-id"]) == 32
    assert running.shelf.arrivals == [(KEY, hashlib.sha256(DATA).hexdigest(), etag, "audio/wav")]
    path, _ = running.shelf.made[KEY]
    assert isinstance(path, Path)
    assert path.read_bytes() == DATA
    assert path.stat().st_mode & 0o777 == 0o600


def test_second_upload_replaces_the_first(running: Running) -> None:
    assert put(running.link(), b"first").status_code == put(running.link()).status_code == 200
    assert httpx.get(running.link(method="GET"), trust_env=False).content == DATA


@pytest.mark.parametrize("in_file", [True, False])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_object_is_sent_with_its_media_type(running: Running, method: str, in_file: bool) -> None:
    path = running.shelf.folder / "result"
    path.write_bytes(DATA)
    running.shelf.made["results/1.json"] = (path if in_file else DATA, "application/json")
    link = running.link("results/1.json", method)
    response = httpx.request(method, link, trust_env=False)
    assert response.status_code == 200
    assert response.content == (DATA if method == "GET" else b"")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["content-length"] == str(len(DATA))
    assert "etag" in response.headers
    assert "x-amz-request-id" in response.headers


@pytest.mark.parametrize(
    "name", ["é ü.wav", "a?b#c.wav", "100%.wav", "a+b&c=d.wav", "../x", "%2e%2e", "x" * 255]
)
def test_key_is_the_one_of_the_link_whatever_it_contains(running: Running, name: str) -> None:
    link = running.link(f"recordings/{name}")
    assert raw(running, written(link, "Content-Length: 1", body=b"x")).startswith(b"HTTP/1.1 200 ")
    assert running.shelf.exists(f"recordings/{name}")


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/recordings/../../x", "/%00", "//x", "/"])
def test_query_of_a_link_is_of_no_use_elsewhere(running: Running, path: str) -> None:
    query = running.link().partition("?")[2]
    for url in (f"{running.url}{path}?{query}", f"{running.url}{path}?"):
        assert raw(running, written(url, "Content-Length: 1", body=b"x")).startswith(
            b"HTTP/1.1 403 "
        )
    assert running.shelf.arrivals == []


def test_key_that_nobody_expects_is_refused(running: Running) -> None:
    response = raw(running, written(running.link("../evil"), "Content-Length: 1", body=b"x"))
    assert response.startswith(b"HTTP/1.1 404 ")
    assert b"<Code>NoSuchKey</Code>" in response
    assert running.shelf.arrivals == []


def test_refusal_does_not_quote_the_signature(running: Running) -> None:
    url = running.link()[:-4] + "ffff"
    response = put(url)
    assert refusal(response) == (403, "SignatureDoesNotMatch")
    assert url.rpartition("=")[2] not in response.text


@pytest.mark.parametrize("header", ["X-Api-Key", "Authorization", "x-api-key"])
def test_key_sent_to_storage_is_refused_and_counted(running: Running, header: str) -> None:
    response = put(running.link(), **{header: "s3cr3t"})
    assert refusal(response) == (400, "InvalidArgument")
    assert "s3cr3t" not in response.text
    assert put(running.link()).status_code == 200
    assert running.storage.leaked_keys == 1


@pytest.mark.parametrize("sent", [0, 5, 70_000])
def test_body_that_ends_early_leaves_no_object(
    running: Running, caplog: pytest.LogCaptureFixture, sent: int
) -> None:
    with begun(running, written(running.link(), "Content-Length: 100000", body=b"x" * sent)):
        pass
    assert nothing_half_done(running)
    assert running.shelf.arrivals == []
    assert complaints(caplog) == []


@pytest.mark.parametrize("header", ["Content-MD5", "X-Amz-Content-SHA256"])
def test_body_of_another_digest_leaves_no_object(running: Running, header: str) -> None:
    value = {"Content-MD5": "1B2M2Y8AsgTpgAmy7PhCfg==", "X-Amz-Content-SHA256": "0" * 64}[header]
    response = put(running.link(**{header.lower(): value}), **{header: value})
    assert response.status_code == 400
    assert running.shelf.arrivals == []


def test_more_than_five_gibibytes_are_refused_before_they_come(running: Running) -> None:
    response = raw(running, written(running.link(), f"Content-Length: {MAX_BYTES + 1}"))
    assert response.startswith(b"HTTP/1.1 400 ")
    assert b"<Code>EntityTooLarge</Code>" in response
    assert b"connection: close" in response.lower()


def test_chunked_body_is_refused_even_with_a_length_beside_it(running: Running) -> None:
    head = ["Transfer-Encoding: chunked", "Content-Length: 1"]
    response = raw(running, written(running.link(), *head, body=b"1\r\nx\r\n0\r\n\r\n"))
    assert response.startswith(b"HTTP/1.1 411 ")


def test_of_two_conditional_uploads_at_the_same_time_one_is_refused(running: Running) -> None:
    link = running.link()
    head = ["Content-Length: 2", "If-None-Match: *"]
    with begun(running, written(link, *head, body=b"x")) as slow:
        assert put(link, **{"If-None-Match": "*"}).status_code == 200
        slow.sendall(b"x")
        response = slow.recv(4096)
    assert response.startswith(b"HTTP/1.1 412 ")
    assert len(running.shelf.arrivals) == 1


def test_storage_that_cannot_write_says_so_in_xml(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    running.incoming.rmdir()
    response = put(running.link())
    running.incoming.mkdir()
    assert refusal(response) == (500, "InternalError")
    assert str(running.incoming) not in response.text
    assert len(complaints(caplog)) == 1


def test_method_that_no_link_is_for_is_refused(running: Running) -> None:
    for method in ("POST", "DELETE"):
        response = httpx.request(method, running.link(method=method), trust_env=False)
        assert refusal(response) == (405, "MethodNotAllowed")


def test_uploads_do_not_wait_for_each_other(running: Running) -> None:
    done: list[int] = []

    def upload(number: int) -> None:
        done.append(put(running.link(f"recordings/{number}")).status_code)

    threads = [threading.Thread(target=upload, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert done == [200] * 8
    assert {key for key, *_ in running.shelf.arrivals} == {f"recordings/{n}" for n in range(8)}
