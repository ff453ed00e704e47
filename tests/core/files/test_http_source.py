"""Recordings behind https addresses, from servers of every temper on real sockets."""

import contextlib
import json
import os
import pickle
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest
import trustme

import faulty_server
from fake_api import BASE, KEY, FakeApi, say
from faulty_server import PATIENCE, FaultyServer, response
from memory import PEAK
from processes import environment
from redenlab import AsyncInferenceClient, InferenceClient, Retry
from redenlab.core import errors
from redenlab.core.files.recording import CHUNK_BYTES
from redenlab.core.files.sources import open_recording
from redenlab.core.transport.route import Route

DATA = b"RIFF" + os.urandom(300_000)
SECRET = "5ecre7"


def at(server: FaultyServer, name: str = "a.mp3") -> str:
    """The address of a recording there, with a secret in it."""
    return f"http://127.0.0.1:{server.port}/takes/{name}?X-Amz-Signature={SECRET}#t=1"


def unframed(data: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\n\r\n" + data


def chunked(data: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return head + f"{len(data):x}\r\n".encode() + data + b"\r\n" + end


def twice_framed(data: bytes) -> bytes:
    return chunked(data).replace(b"\r\n\r\n", b"\r\nContent-Length: 5\r\n\r\n", 1)


# ---- what arrives


def test_a_recording_is_read_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("tempfile.SpooledTemporaryFile")  # what has a length needs no copy
    with (
        FaultyServer(faulty_server.says(response(DATA))) as server,
        open_recording(at(server)) as opened,
    ):
        assert (opened.disclose().name, opened.content_type) == ("a.mp3", "audio/mpeg")
        assert opened.size == len(DATA)
        assert b"".join(opened.chunks()) == DATA
    (request,) = server.requests
    assert request.startswith(f"GET /takes/a.mp3?X-Amz-Signature={SECRET} HTTP/1.1\r\n".encode())
    names = {line.partition(b":")[0].lower() for line in request.strip().split(b"\r\n")[1:]}
    assert names == {b"host", b"user-agent", b"accept", b"accept-encoding"}


@pytest.mark.parametrize("make", [unframed, chunked, twice_framed])
def test_a_recording_of_unknown_length_is_read_to_its_end_first(
    make: Callable[[bytes], bytes],
) -> None:
    with (
        FaultyServer(faulty_server.says_and_closes(make(DATA))) as server,
        open_recording(at(server)) as opened,
    ):
        assert opened.size == len(DATA)
        for _ in range(2):
            assert b"".join(opened.chunks()) == DATA
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("path", "said", "name", "content_type"),
    [
        ("a.flac", "audio/mpeg", "a.flac", "audio/flac"),
        ("takes/7", "audio/mpeg", "7", "audio/mpeg"),
        ("takes/7", "audio/ogg; codecs=opus", "7", "audio/ogg"),
        ("takes/7", "application/octet-stream", "7", "audio/wav"),
        ("J%C3%BCrgen%20%2Fa.wav", "", "a.wav", "audio/wav"),
        ("", "audio/mpeg", "audio.wav", "audio/wav"),
    ],
)
def test_name_and_type_follow_the_address_and_then_the_server(
    path: str, said: str, name: str, content_type: str
) -> None:
    page = response(DATA, headers=f"Content-Type: {said}\r\n")
    with FaultyServer(faulty_server.says(page)) as server:
        with open_recording(f"http://127.0.0.1:{server.port}/{path}") as opened:
            assert (opened.disclose().name, opened.content_type) == (name, content_type)


def test_what_is_sent_again_is_asked_for_again() -> None:
    with (
        FaultyServer(faulty_server.says(response(DATA))) as server,
        open_recording(at(server)) as opened,
    ):
        for _ in range(3):
            assert b"".join(opened.chunks()) == DATA
    assert len(server.requests) == 3


@pytest.mark.parametrize("header", ["ETag", "Last-Modified"])
def test_another_recording_at_the_second_time_is_noticed(header: str) -> None:
    first, second = (response(DATA, headers=f"{header}: {version}\r\n") for version in "12")
    with (
        FaultyServer(faulty_server.says(first), faulty_server.says(second)) as server,
        open_recording(at(server)) as opened,
    ):
        list(opened.chunks())
        with pytest.raises(errors.FileChanged, match="changed"):
            list(opened.chunks())


READ = f"""
import json, sys
from redenlab.core.files.sources import open_recording

with open_recording(sys.argv[1]) as opened:
    size = sum(map(len, opened.chunks()))
print(json.dumps([size, {PEAK}]))
"""


def test_a_large_recording_takes_no_more_memory_than_a_small_one() -> None:
    peaks: list[int] = []
    for chunks in (1, 200):
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {chunks * CHUNK_BYTES}\r\n\r\n".encode()
        with FaultyServer(faulty_server.floods(head, bytes(CHUNK_BYTES), chunks)) as server:
            command = [sys.executable, "-W", "error", "-c", READ, at(server)]
            done = subprocess.run(
                command, env=environment(), capture_output=True, check=True, timeout=300
            )
        size, peak = json.loads(done.stdout)
        assert size == chunks * CHUNK_BYTES
        assert done.stderr == b""
        peaks.append(peak)
    assert peaks[1] - peaks[0] <= 16 * 1024, peaks


# ---- the whole way


def predict_blocking(fake_api: FakeApi, source: str, **options: Any) -> Any:
    """A typed call of the blocking client."""
    with InferenceClient(KEY, BASE, transport=fake_api.transport(), retry=Retry.off()) as client:
        return client.predict(source, **options)


def predict_awaited(fake_api: FakeApi, source: str, **options: Any) -> Any:
    """The same with the async client."""

    async def main() -> Any:
        client = AsyncInferenceClient(KEY, BASE, transport=fake_api.transport(), retry=Retry.off())
        async with client:
            return await client.predict(source, **options)

    return anyio.run(main)


@pytest.fixture(params=[predict_blocking, predict_awaited], ids=["blocking", "async"])
def predict(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.param


def test_an_https_address_is_a_source(fake_api: FakeApi, predict: Callable[..., Any]) -> None:
    fake_api.polls = 0
    with FaultyServer(faulty_server.says(response(DATA))) as server:
        assert predict(fake_api, at(server)).result.intelligibility_score == 0.85
    assert list(fake_api.stored.values()) == [DATA]
    assert KEY.encode() not in b"".join(server.requests)
    assert SECRET not in str([message.content for message in fake_api.seen[:1]])


def test_a_body_that_ends_too_early_submits_nothing(
    fake_api: FakeApi, predict: Callable[..., Any]
) -> None:
    with FaultyServer(faulty_server.says_and_closes(response(DATA)[:-1])) as server:
        with pytest.raises(errors.FileChanged, match="could not be read to its end"):
            predict(fake_api, at(server))
    assert fake_api.started == []
    assert fake_api.calls["predict"] == 0


@pytest.mark.parametrize("cut", [chunked(DATA, b""), chunked(DATA)[:-7]], ids=["end", "chunk"])
def test_a_cut_body_of_unknown_length_is_noticed_before_anything_is_sent(
    fake_api: FakeApi, predict: Callable[..., Any], cut: bytes
) -> None:
    with FaultyServer(faulty_server.says_and_closes(cut)) as server:
        with pytest.raises(errors.InputError, match="to its end"):
            predict(fake_api, at(server))
    assert fake_api.seen == []


def test_a_silent_host_ends_at_the_deadline(fake_api: FakeApi, predict: Callable[..., Any]) -> None:
    with FaultyServer(faulty_server.silent) as server:
        with pytest.raises(errors.RequestTimeout) as caught:
            predict(fake_api, at(server), timeout=0.4)
    assert not caught.value.sent
    assert fake_api.seen == []


def test_a_dripping_host_ends_at_the_deadline(
    fake_api: FakeApi, predict: Callable[..., Any]
) -> None:
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(DATA)}\r\n\r\n".encode()
    drip = faulty_server.drips(DATA, 0.1)
    with FaultyServer(
        lambda connection, h: (connection.sendall(head), drip(connection, h))
    ) as server:
        with pytest.raises(errors.TimeoutError):
            predict(fake_api, at(server), timeout=0.4)
    assert fake_api.started == []


def stalls(reached: threading.Event, closed: threading.Event) -> faulty_server.Behaviour:
    """Promise much, send nothing, and say when the other side has gone."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9000000\r\n\r\n")
        reached.set()
        connection.settimeout(PATIENCE)
        with contextlib.suppress(ConnectionError):
            connection.recv(1)
        closed.set()

    return behave


def test_a_cancelled_call_leaves_a_host_that_stalls(fake_api: FakeApi) -> None:
    reached, closed = threading.Event(), threading.Event()

    async def main() -> None:
        client = AsyncInferenceClient(KEY, BASE, transport=fake_api.transport())
        async with client, anyio.create_task_group() as calls:
            calls.start_soon(partial(client.predict, at(server), timeout=600))
            await anyio.to_thread.run_sync(reached.wait, PATIENCE)
            calls.cancel_scope.cancel()

    with FaultyServer(stalls(reached, closed)) as server:
        anyio.run(main)
        assert closed.wait(PATIENCE)
    for thread in threading.enumerate():
        if thread.name.startswith("redenlab-upload"):
            thread.join(PATIENCE)
            assert not thread.is_alive()


# ---- what is refused before anything is sent

REFUSED = [
    (response(b"", "404 Not Found"), "404 Not Found", False),
    (response(b"", "410 Gone"), "410 Gone", False),
    (response(b"", "401 Unauthorized"), "401 Unauthorized", False),
    (response(b"<Code>AccessDenied</Code>", "403 Forbidden"), "403 Forbidden", False),
    (response(b"", "418 Teapot"), "418 I", False),
    (response(b"", "429 Too Many"), "429 Too Many Requests", True),
    (response(b"", "500 Oops"), "500 Internal Server Error", True),
    (response(b"", "503 Busy"), "503 Service Unavailable", True),
    (response(b""), "is empty", False),
    (b"HTTP/1.1 204 No Content\r\n\r\n", "is empty", False),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 6000000000\r\n\r\n", "at most", False),
    (response(b"<p>", headers="Content-Type: text/html; charset=x\r\n"), "a web page", False),
    (response(b"x", headers="Content-Encoding: gzip\r\n"), "compressed", False),
    (response(b"", "302 Found"), "redirects to no URL", False),
    (response(b"", "302 Found", "Location: https://[::1\r\n"), "redirects to no URL", False),
    (response(b"", "302 Found", "Location: ftp://h/a.wav\r\n"), "not https", False),
    (
        response(b"", "302 Found", f"Location: http://h/a?{SECRET}\r\n"),
        "http://h…, .*not https",
        False,
    ),
    (response(b"", "302 Found", "Location: https://u:p@h/a\r\n"), "has user info", False),
    (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", "lost the connection", True),
    (b"", "lost the connection", True),
]


@pytest.mark.parametrize(("said", "problem", "retryable"), REFUSED)
def test_what_is_no_recording_is_an_input_error(
    fake_api: FakeApi, predict: Callable[..., Any], said: bytes, problem: str, retryable: bool
) -> None:
    with FaultyServer(faulty_server.says_and_closes(said)) as server:
        with pytest.raises(errors.InputError, match=problem) as caught:
            predict(fake_api, at(server))
    error = caught.value
    assert "a.mp3" not in str(error)
    assert error.retryable is retryable
    assert error.__context__ is None
    assert SECRET not in f"{error} {error!r} {vars(error)}" + repr(pickle.dumps(error))
    assert fake_api.seen == []


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        (f"http://example.com/a.wav?{SECRET}", "is not https"),
        (f"http://192.168.0.7/a.wav?{SECRET}", "is not https"),
        (f"https://user:{SECRET}@example.com/a.wav", "https://example.com… has user info"),
        (f"https://127.1/a.wav?{SECRET}", "oddly written"),
        (f"https://exa mple.com/a.wav?{SECRET}", "malformed"),
        ("https://", "malformed"),
        (f"https://nowhere.invalid/a.wav?{SECRET}", "cannot reach nowhere.invalid"),
    ],
)
def test_an_unusable_address_is_an_input_error(url: str, problem: str) -> None:
    with pytest.raises(errors.InputError, match=problem) as caught:
        open_recording(url)
    assert SECRET not in str(caught.value)


def test_a_closed_port_is_an_input_error_worth_another_try() -> None:
    with faulty_server.closed_port() as port:
        with pytest.raises(errors.InputError, match=r"cannot reach 127\.0\.0\.1") as caught:
            open_recording(f"http://127.0.0.1:{port}/a.wav")
    assert caught.value.retryable


def test_no_query_is_in_any_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with (
        FaultyServer(faulty_server.says(response(DATA))) as server,
        open_recording(at(server)) as opened,
    ):
        list(opened.chunks())
    assert SECRET not in caplog.text


# ---- redirects


def to(server: FaultyServer, status: str = "302 Found") -> faulty_server.Behaviour:
    return faulty_server.says(
        response(b"moved", status, f"Location: http://127.0.0.1:{server.port}/b?x=1\r\n")
    )


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P"])
def test_a_redirect_is_followed_without_telling_where_from(status: str) -> None:
    with (
        FaultyServer(faulty_server.says(response(DATA))) as target,
        FaultyServer(to(target, status)) as server,
    ):
        with open_recording(at(server)) as opened:
            assert b"".join(opened.chunks()) == DATA
            assert opened.disclose().name == "a.mp3"
    assert target.requests[0].startswith(b"GET /b?x=1 HTTP/1.1\r\n")
    assert SECRET.encode() not in target.requests[0]


def test_no_cookie_is_carried_along() -> None:
    moved = response(b"", "302 Found", "Location: /b\r\nSet-Cookie: a=b; Path=/\r\n")
    with FaultyServer(faulty_server.says(moved), faulty_server.says(response(DATA))) as server:
        with open_recording(at(server)) as opened:
            assert opened.size == len(DATA)
    assert server.requests[1].startswith(b"GET /b HTTP/1.1\r\n")
    assert b"cookie" not in server.requests[1].lower()


def test_five_redirects_are_followed_and_six_are_not() -> None:
    moved = faulty_server.says(response(b"", "302 Found", "Location: /b\r\n"))
    with FaultyServer(*[moved] * 5, faulty_server.says(response(DATA))) as server:
        with open_recording(at(server)) as opened:
            assert opened.size == len(DATA)
    with FaultyServer(moved) as server:
        with pytest.raises(errors.InputError, match="more than 5 times"):
            open_recording(at(server))
    assert len(server.requests) == 6


class Abroad:
    """A proxy behind which every host on the Internet answers the same, over TLS."""

    def __init__(self, folder: Path, host: str, said: bytes) -> None:
        authority = trustme.CA()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(host).configure_cert(self._context)
        self._said = said
        self.bundle = folder / "ca.pem"
        authority.cert_pem.write_to_path(self.bundle)
        self.inner: list[bytes] = []

    def __call__(self, connection: socket.socket, _: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        with self._context.wrap_socket(connection, server_side=True) as tunnel:
            self.inner.append(faulty_server.read_head(tunnel))
            tunnel.sendall(self._said)
            tunnel.unwrap()


@pytest.mark.parametrize("by", ["argument", "environment"])
def test_the_route_of_the_client_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fake_api: FakeApi, by: str
) -> None:
    abroad = Abroad(tmp_path, "files.example.com", response(DATA))
    with FaultyServer(abroad) as proxy:
        address = f"http://127.0.0.1:{proxy.port}"
        if by == "environment":
            monkeypatch.setenv("https_proxy", address)
        client = InferenceClient(
            KEY,
            BASE,
            transport=fake_api.transport(),
            proxy=address if by == "argument" else None,
            ca_bundle=abroad.bundle,
        )
        with client:
            client.submit(f"https://files.example.com/a.wav?{SECRET}")
    assert list(fake_api.stored.values()) == [DATA]
    assert proxy.requests[0].startswith(b"CONNECT files.example.com:443 ")
    assert SECRET.encode() not in proxy.requests[0]
    assert KEY.encode() not in abroad.inner[0]


@pytest.mark.parametrize(
    "target",
    [
        "https://127.0.0.1/a",
        "https://10.0.0.1/a",
        "https://169.254.169.254/a",
        "http://f.example.com/a",
    ],
)
def test_no_redirect_leads_from_the_internet_to_this_machine_or_to_plain_http(
    tmp_path: Path, target: str
) -> None:
    moved = response(b"", "302 Found", f"Location: {target}?{SECRET}\r\n")
    abroad = Abroad(tmp_path, "files.example.com", moved)
    with (
        FaultyServer(abroad) as proxy,
        pytest.raises(errors.InputError, match="it redirects to") as caught,
    ):
        route = Route(f"http://127.0.0.1:{proxy.port}", abroad.bundle)
        open_recording("https://files.example.com/a.wav", route)
    assert target.removesuffix("/a") in str(caught.value)
    assert SECRET not in str(caught.value)
    assert proxy.connections == 1


def test_https_on_this_machine_does_not_redirect_to_plain_http(tmp_path: Path) -> None:
    with FaultyServer(faulty_server.says(response(DATA))) as plain:
        moved = response(b"", "302 Found", f"Location: http://127.0.0.1:{plain.port}/a\r\n")
        abroad = Abroad(tmp_path, "localhost", moved)
        with (
            FaultyServer(abroad) as proxy,
            pytest.raises(errors.InputError, match="not https any more"),
        ):
            route = Route(f"http://127.0.0.1:{proxy.port}", abroad.bundle)
            open_recording("https://localhost/a.wav", route)
    assert plain.requests == []


def test_a_host_that_cannot_prove_itself_is_not_read(tmp_path: Path) -> None:
    abroad = Abroad(tmp_path, "other.example.com", response(DATA))
    with (
        FaultyServer(abroad) as proxy,
        pytest.raises(errors.InputError, match="(?i)certificate") as caught,
    ):
        route = Route(f"http://127.0.0.1:{proxy.port}", abroad.bundle)
        open_recording("https://files.example.com/a.wav", route)
    assert not caught.value.retryable
    assert abroad.inner == []


def test_storage_that_is_busy_is_not_sent_a_recording_twice(fake_api: FakeApi) -> None:
    """An upload is made once, so that one reading of the source is enough."""
    fake_api.faults["put"] = [say(503)]
    with FaultyServer(faulty_server.says(response(DATA))) as server:
        with pytest.raises(errors.UploadError, match="503"):
            predict_blocking(fake_api, at(server))
    assert len(server.requests) == 1
