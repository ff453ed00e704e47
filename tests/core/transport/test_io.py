"""Both drivers over real sockets: answers, deadlines, uploads, streams, secrets."""

import pickle
import threading
from collections.abc import Callable
from contextlib import aclosing
from functools import partial
from typing import Any

import anyio
import pytest

import faulty_server
from fake_api import KEY
from faulty_server import DONE, PATIENCE, FaultyServer, response
from redenlab import InferenceClient, Retry
from redenlab.core import errors
from redenlab.core.transport import drivers
from redenlab.core.transport.io import OutgoingRequest, Stream, prefer_wait_seconds, run
from redenlab.core.transport.route import Route
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse
from secret_leak_check import traceback_with_locals

pytestmark = pytest.mark.usefixtures("transport")


def test_a_valid_response_is_read(poll: Callable[..., Any]) -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        assert poll(server.url).status == "completed"
    (request,) = server.requests
    assert request.startswith(b"GET /prod/result/j?model=intelligibility HTTP/1.1\r\n")
    assert f"x-api-key: {KEY}".encode() in request.replace(b"X-Api-Key", b"x-api-key")
    assert b"accept-encoding: identity" in request.lower()


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_dripping_response_ends_at_the_deadline(poll: Callable[..., Any], where: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"
    behave = faulty_server.drips(head) if where == "headers" else faulty_server.drips(b" " * 900)
    script = [behave] if where == "headers" else [lambda c, h: (c.sendall(head), behave(c, h))]
    with FaultyServer(*script) as server, pytest.raises(errors.RequestTimeout):
        poll(server.url, timeout=0.6)


def test_a_silent_server_ends_at_the_deadline(poll: Callable[..., Any]) -> None:
    with (
        FaultyServer(faulty_server.silent) as server,
        pytest.raises(errors.RequestTimeout) as caught,
    ):
        poll(server.url, timeout=0.3)
    assert isinstance(caught.value, TimeoutError)


def test_one_request_is_limited_on_its_own(poll: Callable[..., Any]) -> None:
    with FaultyServer(faulty_server.silent) as server, pytest.raises(errors.RequestTimeout):
        poll(server.url, timeout=60, http_timeout=0.3)


@pytest.mark.parametrize(
    "behaviour",
    [
        faulty_server.resets,
        faulty_server.says_and_closes(b""),
        faulty_server.says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Le"),
        faulty_server.says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
        faulty_server.says_and_closes(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
        ),
        faulty_server.says_and_closes(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        faulty_server.says_and_closes(b"HTTP/1.1 abc\r\n\r\n"),
        faulty_server.says_and_closes(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30000 + b"\r\n"),
    ],
    ids=["rst", "fin", "in headers", "in body", "in chunk", "ssh", "status", "headers"],
)
def test_a_broken_response_is_a_network_error(poll: Callable[..., Any], behaviour: Any) -> None:
    with FaultyServer(behaviour) as server, pytest.raises(errors.NetworkError) as caught:
        poll(server.url)
    assert caught.value.sent
    assert caught.value.retryable


def test_a_response_cut_at_any_byte_is_never_a_success(poll: Callable[..., Any]) -> None:
    whole = response(DONE)
    for length in range(0, len(whole), 7):
        with FaultyServer(faulty_server.says_and_closes(whole[:length])) as server:
            with pytest.raises(errors.APIError):
                poll(server.url)


def test_a_broken_poll_is_repeated(poll: Callable[..., Any]) -> None:
    with FaultyServer(faulty_server.resets, faulty_server.says(response(DONE))) as server:
        assert poll(server.url, retry=Retry(initial=0)).status == "completed"
    assert len(server.requests) == 2


def test_a_closed_port_was_never_reached(poll: Callable[..., Any]) -> None:
    with faulty_server.closed_port() as port, pytest.raises(errors.NetworkError) as caught:
        poll(f"http://127.0.0.1:{port}")
    assert not caught.value.sent
    assert "cannot reach 127.0.0.1" in str(caught.value)


def test_an_unknown_host_is_named_alone(poll: Callable[..., Any]) -> None:
    with pytest.raises(errors.NetworkError, match="cannot reach nowhere.invalid") as caught:
        poll("https://nowhere.invalid/prod")
    assert not caught.value.sent


def test_a_compressed_response_is_refused(poll: Callable[..., Any]) -> None:
    with (
        FaultyServer(
            faulty_server.says(response(b"\x1f\x8b", headers="Content-Encoding: gzip\r\n"))
        ) as server,
        pytest.raises(errors.NetworkError, match="compressed"),
    ):
        poll(server.url)


def test_an_endless_response_is_cut(poll: Callable[..., Any]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    with (
        FaultyServer(faulty_server.floods(head, b" " * 2**20, 64)) as server,
        pytest.raises(errors.NetworkError, match="larger than"),
    ):
        poll(server.url, timeout=20)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(poll: Callable[..., Any], status: int) -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as elsewhere:
        location = f"Location: {elsewhere.url}/steal?token=5ecre7\r\n"
        with FaultyServer(faulty_server.says(response(b"", f"{status} Moved", location))) as server:
            with pytest.raises(errors.RedirectRefused, match="127.0.0.1") as caught:
                poll(server.url)
    assert elsewhere.requests == []
    assert "5ecre7" not in str(caught.value)


def test_a_response_about_another_job_is_refused(poll: Callable[..., Any]) -> None:
    with FaultyServer(faulty_server.says(response(DONE.replace(b'"j"', b'"x"')))) as server:
        with pytest.raises(errors.UnexpectedResponse, match="another job"):
            poll(server.url)


def putting(url: str, size: int, chunk: int = 65536) -> OutgoingRequest:
    chunks = (bytes(min(chunk, size - at)) for at in range(0, size, chunk))
    headers = {"Content-Type": "audio/wav", "Content-Length": str(size)}
    return OutgoingRequest("PUT", url, headers, Stream(chunks, lambda _: None), to_api=False)


def put_blocking(upload: OutgoingRequest, seconds: float, transport: str) -> RawResponse:
    io = drivers.blocking(Route(), transport)
    try:
        return run(io.send(upload, io.now() + seconds))
    finally:
        io.close()


def put_async(
    upload: OutgoingRequest, seconds: float, transport: str, **options: Any
) -> RawResponse:
    async def main() -> RawResponse:
        io = drivers.awaited(Route(), transport)
        try:
            return await io.send(upload, io.now() + seconds)
        finally:
            await io.aclose()

    return anyio.run(main, **options)


Put = Callable[[OutgoingRequest, float], RawResponse]


@pytest.fixture(params=["blocking", "async", "uvloop"])
def put(request: pytest.FixtureRequest, transport: str) -> Put:
    """Sends an upload, with each kind of driver."""
    if request.param == "blocking":
        return lambda upload, seconds: put_blocking(upload, seconds, transport)
    options = {"backend_options": {"use_uvloop": request.param == "uvloop"}}
    return lambda upload, seconds: put_async(upload, seconds, transport, **options)


ADDED = {"httpx": set[bytes](), "fast": {b"accept", b"user-agent"}}
"""Headers that a driver adds to a request without them."""


def test_an_upload_has_exactly_these_headers(put: Put, transport: str) -> None:
    def behave(connection: Any, head: bytes) -> None:
        got = len(head.partition(b"\r\n\r\n")[2])
        while got < 200_000:
            got += len(connection.recv(65536))
        connection.sendall(response(b""))

    with FaultyServer(behave) as server:
        assert put(putting(f"{server.url}/x?sig=1", 200_000), PATIENCE).status_code == 200
    names = {
        line.split(b":")[0].lower()
        for line in server.requests[0].split(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    }
    assert names == {b"host", b"content-type", b"content-length"} | ADDED[transport]


def test_an_early_refusal_is_read_while_the_body_goes(put: Put) -> None:
    def behave(connection: Any, _: bytes) -> None:
        connection.sendall(response(b"<Code>EntityTooLarge</Code>", "413 Too Large"))
        connection.settimeout(PATIENCE)
        while connection.recv(65536):
            pass

    with FaultyServer(behave) as server:
        try:
            assert put(putting(server.url, 50_000_000), PATIENCE).status_code == 413
        except errors.NetworkError as error:  # the kernel may drop the response with the connection
            assert error.sent


def test_a_server_that_stops_reading_is_left_at_the_deadline(put: Put) -> None:
    over = threading.Event()
    with FaultyServer(lambda c, h: over.wait(PATIENCE)) as server:
        with pytest.raises(errors.RequestTimeout):
            put(putting(server.url, 100_000_000, 2**20), 0.5)
        over.set()


async def listened(io: Any, url: str, seconds: float) -> bytes:
    message = OutgoingRequest("GET", url, {"X-Api-Key": KEY})
    async with aclosing(io.stream(message, io.now() + seconds)) as chunks:
        return b"".join([chunk async for chunk in chunks])


def listen_blocking(transport: str, url: str, seconds: float = PATIENCE) -> bytes:
    io = drivers.blocking(Route(), transport)
    try:
        return run(listened(io, url, seconds))
    finally:
        io.close()


def listen_async(transport: str, url: str, seconds: float = PATIENCE) -> bytes:
    async def main() -> bytes:
        io = drivers.awaited(Route(), transport)
        try:
            return await listened(io, url, seconds)
        finally:
            await io.aclose()

    return anyio.run(main)


@pytest.fixture(params=[listen_blocking, listen_async], ids=["blocking", "async"])
def listen(request: pytest.FixtureRequest, transport: str) -> Callable[..., bytes]:
    """Listens to an event stream, with each kind of driver."""
    return partial(request.param, transport)


def test_a_stream_is_given_as_it_comes(listen: Callable[..., bytes]) -> None:
    stream = b"HTTP/1.1 200 OK\r\n\r\ndata: a\n\ndata: b\n\n"
    with FaultyServer(faulty_server.says_and_closes(stream)) as server:
        assert listen(server.url) == b"data: a\n\ndata: b\n\n"


def test_a_stream_that_falls_silent_ends_at_the_deadline(listen: Callable[..., bytes]) -> None:
    def behave(connection: Any, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\ndata: a\n\n")
        faulty_server.silent(connection, head)

    with FaultyServer(behave) as server, pytest.raises(errors.RequestTimeout):
        listen(server.url, 0.4)


def test_a_refused_stream_is_an_api_error(listen: Callable[..., bytes]) -> None:
    with (
        FaultyServer(faulty_server.says(response(b'{"error":"no"}', "403 Forbidden"))) as server,
        pytest.raises(ApiError) as caught,
    ):
        listen(server.url)
    assert (caught.value.status_code, caught.value.content) == (403, b'{"error":"no"}')


@pytest.mark.parametrize(
    "behaviour",
    [
        faulty_server.resets,
        faulty_server.silent,
        faulty_server.says(response(b"<html>", "502 Bad Gateway")),
        faulty_server.says(response(b"no json")),
        faulty_server.says(
            response(b'{"error":"unknown key ' + KEY.encode() + b'"}', "401 Unauthorized")
        ),
        faulty_server.says(response(b'{"job_id":"j"}')),
    ],
    ids=["rst", "silent", "502", "nonsense", "echo", "schema"],
)
def test_the_key_is_in_no_traceback_repr_or_pickle_of_an_error(
    poll: Callable[..., Any], behaviour: Any
) -> None:
    with FaultyServer(behaviour) as server, pytest.raises(errors.RedenLabError) as caught:
        poll(server.url, timeout=0.5)
    error = caught.value
    for text in (str(error), repr(error), repr(vars(error)), traceback_with_locals(error)):
        assert KEY not in text
    assert KEY.encode() not in pickle.dumps(error)


def test_the_key_is_in_no_log(poll: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        poll(server.url)
    assert KEY not in caplog.text


def test_the_key_is_in_no_representation_of_a_client() -> None:
    client = InferenceClient(KEY, "https://api.example.com")
    seen = f"{client!r} {vars(client)!r} {client._api!r} {client.settings!r}"
    assert KEY not in seen
    with pytest.raises(TypeError):
        pickle.dumps(client)


# ---- headers


def test_a_header_takes_the_place_of_one_that_differs_in_case_alone() -> None:
    request = OutgoingRequest("GET", "https://api.example.com", {"X-A": "1", "X-B": "1"})
    assert request.with_headers({"x-a": "2"}).headers == {"X-B": "1", "x-a": "2"}
    assert request.headers == {"X-A": "1", "X-B": "1"}


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"Prefer": "wait=5"}, 5),
        ({"prefer": "respond-async, wait = 7"}, 7),
        ({"Prefer": "wait"}, 60),
        ({"Prefer": "waiting=5"}, 0),
    ],
)
def test_a_preference_says_how_long_a_response_may_be_held(
    headers: dict[str, str], seconds: float
) -> None:
    assert prefer_wait_seconds(headers) == seconds
