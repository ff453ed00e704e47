"""The real network drivers against a server that misbehaves on a real socket."""

import gc
import os
import pickle
import time
import traceback
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import anyio
import httpcore
import httpx
import pytest

import evil
from evil import Evil, answer
from redenlab import AsyncInferenceClient, InferenceClient, Retry
from redenlab.core import errors, network
from redenlab.core.asynchronous import AsyncIo
from redenlab.core.blocking import BlockingIo, _Stream
from redenlab.core.io import Message, Upload, run
from redenlab.core.network import Route
from redenlab_api.errors import ApiError
from redenlab_api.types import Answer

PASSWORD = "pa55w0rd"
KEY = "sk_test_c4n4ryc4n4ry"
DONE = b'{"job_id":"j","status":"completed","result":{"intelligibility_score":0.85}}'


def look_blocking(url: str, timeout: float = 5, **options: Any) -> Any:
    """One typed call with the blocking client."""
    options.setdefault("retry", Retry.off())
    with InferenceClient(KEY, url, **options) as client:
        return client.get_status("j", timeout=timeout)


def look_async(url: str, timeout: float = 5, **options: Any) -> Any:
    """The same with the async client."""
    options.setdefault("retry", Retry.off())

    async def main() -> Any:
        async with AsyncInferenceClient(KEY, url, **options) as client:
            return await client.get_status("j", timeout=timeout)

    return anyio.run(main)


@pytest.fixture(params=[look_blocking, look_async], ids=["blocking", "async"])
def look(request: pytest.FixtureRequest) -> Callable[..., Any]:
    return request.param


def test_a_good_answer_is_read(look: Callable[..., Any]) -> None:
    with Evil(evil.says(answer(DONE))) as server:
        assert look(server.url).status == "completed"
    (request,) = server.requests
    assert request.startswith(b"GET /prod/result/j?model=intelligibility HTTP/1.1\r\n")
    assert f"x-api-key: {KEY}".encode() in request.replace(b"X-Api-Key", b"x-api-key")
    assert b"accept-encoding: identity" in request.lower()


@pytest.mark.parametrize("where", ["headers", "body"])
def test_a_dripping_answer_ends_at_the_deadline(look: Callable[..., Any], where: str) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n"
    behave = evil.drips(head) if where == "headers" else evil.drips(b" " * 900)
    script = [behave] if where == "headers" else [lambda c, h: (c.sendall(head), behave(c, h))]
    with Evil(*script) as server:
        begun = time.monotonic()
        with pytest.raises(errors.RequestTimeout):
            look(server.url, timeout=0.6)
    assert time.monotonic() - begun < 0.85


def test_a_silent_server_ends_at_the_deadline(look: Callable[..., Any]) -> None:
    with Evil(evil.silent) as server:
        begun = time.monotonic()
        with pytest.raises(errors.RequestTimeout) as caught:
            look(server.url, timeout=0.3)
    assert time.monotonic() - begun < 0.55
    assert isinstance(caught.value, TimeoutError)


def test_one_request_is_limited_on_its_own(look: Callable[..., Any]) -> None:
    with Evil(evil.silent) as server:
        begun = time.monotonic()
        with pytest.raises(errors.RequestTimeout):
            look(server.url, timeout=60, http_timeout=0.3)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize(
    "behaviour",
    [
        evil.resets,
        evil.says_and_closes(b""),
        evil.says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Le"),
        evil.says_and_closes(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"),
        evil.says_and_closes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"),
        evil.says_and_closes(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
        evil.says_and_closes(b"HTTP/1.1 abc\r\n\r\n"),
        evil.says_and_closes(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30000 + b"\r\n"),
    ],
    ids=["rst", "fin", "in headers", "in body", "in chunk", "ssh", "status", "headers"],
)
def test_a_broken_answer_is_a_network_error(look: Callable[..., Any], behaviour: Any) -> None:
    with Evil(behaviour) as server, pytest.raises(errors.NetworkError) as caught:
        look(server.url)
    assert caught.value.sent
    assert caught.value.retryable


def test_an_answer_cut_at_any_byte_is_never_a_success(look: Callable[..., Any]) -> None:
    whole = answer(DONE)
    for length in range(0, len(whole), 7):
        with Evil(evil.says_and_closes(whole[:length])) as server:
            with pytest.raises(errors.APIError):
                look(server.url)


def test_a_broken_look_is_repeated(look: Callable[..., Any]) -> None:
    with Evil(evil.resets, evil.says(answer(DONE))) as server:
        assert look(server.url, retry=Retry(initial=0)).status == "completed"
    assert len(server.requests) == 2


def test_a_closed_port_was_never_reached(look: Callable[..., Any]) -> None:
    with evil.closed_port() as port, pytest.raises(errors.NetworkError) as caught:
        look(f"http://127.0.0.1:{port}")
    assert not caught.value.sent
    assert "cannot reach 127.0.0.1" in str(caught.value)


def test_an_unknown_host_is_named_alone(look: Callable[..., Any]) -> None:
    with pytest.raises(errors.NetworkError, match="cannot reach nowhere.invalid") as caught:
        look("https://nowhere.invalid/prod")
    assert not caught.value.sent


def test_a_compressed_answer_was_not_asked_for(look: Callable[..., Any]) -> None:
    with (
        Evil(evil.says(answer(b"\x1f\x8b", headers="Content-Encoding: gzip\r\n"))) as server,
        pytest.raises(errors.NetworkError, match="compressed"),
    ):
        look(server.url)


def test_an_endless_answer_is_cut(look: Callable[..., Any]) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    with (
        Evil(evil.floods(head, b" " * 2**20, 64)) as server,
        pytest.raises(errors.NetworkError, match="larger than"),
    ):
        look(server.url, timeout=20)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(look: Callable[..., Any], status: int) -> None:
    with Evil(evil.says(answer(DONE))) as elsewhere:
        location = f"Location: {elsewhere.url}/steal?token=5ecre7\r\n"
        with Evil(evil.says(answer(b"", f"{status} Moved", location))) as server:
            with pytest.raises(errors.RedirectRefused, match="127.0.0.1") as caught:
                look(server.url)
    assert elsewhere.requests == []
    assert "5ecre7" not in str(caught.value)


def stray() -> bytes:
    """An answer, and behind it one to somebody else's question."""
    return answer(DONE) + answer(DONE.replace(b"0.85", b"0.01"))


def test_a_stray_answer_is_never_taken_for_ones_own() -> None:
    with Evil(evil.says(stray()), evil.says(answer(DONE))) as server:
        with InferenceClient(KEY, server.url, retry=Retry.off()) as client:
            for _ in range(3):
                assert client.get_result("j").result.intelligibility_score == 0.85
        assert server.connections == 2  # the first one was thrown away, the second one kept


def test_a_stray_answer_is_never_taken_for_ones_own_when_awaited() -> None:
    async def main() -> None:
        async with AsyncInferenceClient(KEY, server.url, retry=Retry.off()) as client:
            for _ in range(3):
                assert (await client.get_result("j")).result.intelligibility_score == 0.85

    with Evil(evil.says(stray()), evil.says(answer(DONE))) as server:
        anyio.run(main)
        assert server.connections == 2


def test_an_answer_about_another_job_is_refused(look: Callable[..., Any]) -> None:
    with Evil(evil.says(answer(DONE.replace(b'"j"', b'"x"')))) as server:
        with pytest.raises(errors.UnexpectedAnswer, match="another job"):
            look(server.url)


# ---- uploads


def putting(url: str, size: int, chunk: int = 65536) -> Upload:
    pieces = (bytes(min(chunk, size - at)) for at in range(0, size, chunk))
    headers = {"Content-Type": "audio/wav", "Content-Length": str(size)}
    return Upload("PUT", url, headers, pieces, lambda _: None)


def put_blocking(upload: Upload, seconds: float) -> Answer:
    io = BlockingIo(Route())
    try:
        return run(io.put(upload, io.now() + seconds))
    finally:
        io.close()


def put_async(upload: Upload, seconds: float) -> Answer:
    async def main() -> Answer:
        io = AsyncIo(Route())
        try:
            return await io.put(upload, io.now() + seconds)
        finally:
            await io.aclose()

    return anyio.run(main)


PUTS = pytest.mark.parametrize("put", [put_blocking, put_async], ids=["blocking", "async"])


@PUTS
def test_an_upload_has_exactly_these_headers(put: Callable[[Upload, float], Answer]) -> None:
    def behave(connection: Any, head: bytes) -> None:
        got = len(head.partition(b"\r\n\r\n")[2])
        while got < 200_000:
            got += len(connection.recv(65536))
        connection.sendall(answer(b""))

    with Evil(behave) as server:
        assert put(putting(f"{server.url}/x?sig=1", 200_000), 5).status_code == 200
    names = {
        line.split(b":")[0].lower()
        for line in server.requests[0].split(b"\r\n\r\n")[0].split(b"\r\n")[1:]
    }
    assert names == {b"host", b"content-type", b"content-length"}


@PUTS
def test_an_early_refusal_is_read_while_the_body_goes(
    put: Callable[[Upload, float], Answer],
) -> None:
    def behave(connection: Any, _: bytes) -> None:
        connection.sendall(answer(b"<Code>EntityTooLarge</Code>", "413 Too Large"))
        connection.settimeout(5)
        while connection.recv(65536):
            pass

    with Evil(behave) as server:
        try:
            assert put(putting(server.url, 50_000_000), 5).status_code == 413
        except errors.NetworkError as error:  # the kernel may drop the answer with the connection
            assert error.sent


@PUTS
def test_a_server_that_stops_reading_is_left_at_the_deadline(
    put: Callable[[Upload, float], Answer],
) -> None:
    with Evil(lambda c, h: time.sleep(3)) as server:
        begun = time.monotonic()
        with pytest.raises(errors.RequestTimeout):
            put(putting(server.url, 100_000_000, 2**20), 0.5)
    assert time.monotonic() - begun < 0.8


# ---- streams


async def listened(io: Any, url: str, seconds: float) -> bytes:
    message = Message("GET", url, {"X-Api-Key": KEY})
    async with aclosing(io.listen(message, io.now() + seconds)) as pieces:
        return b"".join([piece async for piece in pieces])


def listen_blocking(url: str, seconds: float = 5) -> bytes:
    io = BlockingIo(Route())
    try:
        return run(listened(io, url, seconds))
    finally:
        io.close()


def listen_async(url: str, seconds: float = 5) -> bytes:
    async def main() -> bytes:
        io = AsyncIo(Route())
        try:
            return await listened(io, url, seconds)
        finally:
            await io.aclose()

    return anyio.run(main)


LISTENERS = pytest.mark.parametrize(
    "listen", [listen_blocking, listen_async], ids=["blocking", "async"]
)


@LISTENERS
def test_a_stream_is_given_as_it_comes(listen: Callable[..., bytes]) -> None:
    stream = b"HTTP/1.1 200 OK\r\n\r\ndata: a\n\ndata: b\n\n"
    with Evil(evil.says_and_closes(stream)) as server:
        assert listen(server.url) == b"data: a\n\ndata: b\n\n"


@LISTENERS
def test_a_stream_that_falls_silent_ends_at_the_deadline(listen: Callable[..., bytes]) -> None:
    def behave(connection: Any, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\ndata: a\n\n")
        evil.silent(connection, head)

    with Evil(behave) as server:
        begun = time.monotonic()
        with pytest.raises(errors.RequestTimeout):
            listen(server.url, 0.4)
    assert time.monotonic() - begun < 0.65


@LISTENERS
def test_a_refused_stream_is_an_api_error(listen: Callable[..., bytes]) -> None:
    with (
        Evil(evil.says(answer(b'{"error":"no"}', "403 Forbidden"))) as server,
        pytest.raises(ApiError) as caught,
    ):
        listen(server.url)
    assert (caught.value.status_code, caught.value.content) == (403, b'{"error":"no"}')


# ---- secrets


def frames(error: BaseException) -> str:
    """The traceback as error trackers print it: with every local variable, all causes too.

    Frames of this file are left out: they hold the secrets on purpose.
    """
    seen = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert seen.__cause__ is None
    assert seen.__context__ is None
    return "".join(
        f"{frame.filename}:{frame.lineno} {frame.locals}\n"
        for frame in seen.stack
        if frame.filename != __file__
    )


@pytest.mark.parametrize(
    "behaviour",
    [
        evil.resets,
        evil.silent,
        evil.says(answer(b"<html>", "502 Bad Gateway")),
        evil.says(answer(b"no json")),
        evil.says(answer(b'{"error":"unknown key ' + KEY.encode() + b'"}', "401 Unauthorized")),
        evil.says(answer(b'{"job_id":"j"}')),
    ],
    ids=["rst", "silent", "502", "nonsense", "echo", "schema"],
)
def test_the_key_is_in_no_traceback_repr_or_pickle_of_an_error(
    look: Callable[..., Any], behaviour: Any
) -> None:
    with Evil(behaviour) as server, pytest.raises(errors.RedenLabError) as caught:
        look(server.url, timeout=0.5)
    error = caught.value
    for text in (str(error), repr(error), repr(vars(error)), frames(error)):
        assert KEY not in text
    assert KEY.encode() not in pickle.dumps(error)


def test_the_key_is_in_no_log(look: Callable[..., Any], caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with Evil(evil.says(answer(DONE))) as server:
        look(server.url)
    assert KEY not in caplog.text


def test_the_key_is_in_no_representation_of_a_client() -> None:
    client = InferenceClient(KEY, "https://api.example.com")
    seen = f"{client!r} {vars(client)!r} {client._channel!r} {client.settings!r}"
    assert KEY not in seen
    with pytest.raises(TypeError):
        pickle.dumps(client)


# ---- processes, threads, loops


def test_a_client_survives_a_second_event_loop() -> None:
    with Evil(evil.says(answer(DONE))) as server:
        client = AsyncInferenceClient(KEY, server.url)

        async def once() -> str:
            status = (await client.get_status("j")).status
            await client.close()
            return status

        assert [anyio.run(once), anyio.run(once)] == ["completed", "completed"]


def test_the_async_client_runs_on_trio() -> None:
    with Evil(evil.says(answer(DONE))) as server:

        async def main() -> str:
            async with AsyncInferenceClient(KEY, server.url) as client:
                return (await client.get_status("j")).status

        assert anyio.run(main, backend="trio") == "completed"


def test_the_blocking_client_works_inside_a_running_loop() -> None:
    with Evil(evil.says(answer(DONE))) as server:

        async def main() -> str:
            return look_blocking(server.url).status

        assert anyio.run(main) == "completed"


def test_a_forked_child_opens_its_own_connections() -> None:
    with Evil(evil.says(answer(DONE))) as server:
        client = InferenceClient(KEY, server.url)
        client.get_status("j")
        before = server.connections
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if client.get_status("j").job_id == "j" else 1)
            finally:
                os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert server.connections == before + 1
        client.close()


def test_closing_ends_the_connections_and_the_next_call_opens_new_ones() -> None:
    with Evil(evil.says(answer(DONE))) as server:
        client = InferenceClient(KEY, server.url)
        client.get_status("j")
        client.close()
        client.get_status("j")
        client.close()
        assert server.connections == 2


def test_cancelling_an_async_call_leaves_no_connection_behind() -> None:
    with Evil(evil.silent) as server:

        async def main() -> None:
            async with AsyncInferenceClient(KEY, server.url) as client:
                with anyio.move_on_after(0.2) as scope:
                    await client.get_status("j")
                assert scope.cancelled_caught

        anyio.run(main)
    gc.collect()  # an unclosed socket would be a ResourceWarning, and so an error


# ---- the way out


def test_a_proxy_is_used_and_its_password_stays_out_of_errors(look: Callable[..., Any]) -> None:
    with Evil(evil.says(answer(b"", "407 Proxy Authentication Required"))) as proxy:
        with pytest.raises(errors.NetworkError, match="proxy") as caught:
            look("https://api.example.com", proxy=f"http://user:{PASSWORD}@127.0.0.1:{proxy.port}")
    assert proxy.requests[0].startswith(b"CONNECT api.example.com:443")
    assert PASSWORD not in f"{caught.value}{frames(caught.value)}"
    assert KEY.encode() not in b"".join(proxy.requests)


def test_the_environments_proxy_is_used_unless_it_is_excepted(
    look: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Evil(evil.says(answer(b"", "502 Bad Gateway"))) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(errors.NetworkError):
            look("https://api.example.com")
        assert len(proxy.requests) == 1
        monkeypatch.setenv("no_proxy", "nowhere.invalid")
        with pytest.raises(errors.NetworkError):
            look("https://nowhere.invalid")
        assert len(proxy.requests) == 1


@pytest.mark.parametrize(
    "options",
    [
        {"proxy": "socks5://127.0.0.1:1"},
        {"proxy": "127.0.0.1:3128"},
        {"ca_bundle": "/nowhere/ca.pem"},
        {"ca_bundle": __file__},
    ],
)
def test_a_bad_way_out_is_noticed_before_anything_is_sent(options: dict[str, Any]) -> None:
    with pytest.raises(errors.ConfigurationError):
        InferenceClient(KEY, "https://api.example.com", **options)


def test_tls_without_trust_is_no_reason_to_try_again(look: Callable[..., Any], tls: "Tls") -> None:
    with pytest.raises(errors.NetworkError, match="cannot reach") as caught:
        look(tls.url, retry=Retry(initial=0))
    assert not caught.value.retryable
    assert "ca_bundle" in str(caught.value)
    assert tls.connections == 1


def test_a_ca_bundle_makes_a_private_authority_trusted(
    look: Callable[..., Any], tls: "Tls"
) -> None:
    assert look(tls.url, ca_bundle=tls.bundle).status == "completed"


def test_a_certificate_for_another_name_is_refused(look: Callable[..., Any], tls: "Tls") -> None:
    with pytest.raises(errors.NetworkError) as caught:
        look(tls.url.replace("localhost", "127.0.0.1"), ca_bundle=tls.bundle)
    assert not caught.value.retryable


class Tls:
    """An https server with a certificate of a private authority for ``localhost``."""

    def __init__(self, folder: Path) -> None:
        import ssl
        import threading

        import trustme

        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost").configure_cert(context)
        self.bundle = folder / "ca.pem"
        authority.cert_pem.write_to_path(self.bundle)
        self.connections = 0
        self._context = context
        import socket

        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://localhost:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            try:
                with self._context.wrap_socket(plain, server_side=True) as connection:
                    evil.read_head(connection)
                    connection.sendall(answer(DONE))
            except OSError:
                plain.close()

    def close(self) -> None:
        import socket

        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(5)


@pytest.fixture
def tls(tmp_path: Path) -> Any:
    server = Tls(tmp_path)
    yield server
    server.close()


@pytest.mark.parametrize(
    ("headers", "seconds", "stall"),
    [({}, 100, 30), ({"Prefer": "wait=60"}, 100, 90), ({"Prefer": "wait=60"}, 10, 10)],
)
def test_a_server_that_was_asked_to_wait_may_be_silent_for_as_long(
    headers: dict[str, str], seconds: float, stall: float
) -> None:
    message = Message("POST", "https://api.example.com/v1", headers)
    made = network.request(network.API, message, httpx.ByteStream(b""), seconds)
    assert made.extensions["timeout"]["read"] == stall


class Socket(httpcore.NetworkStream):
    """One that can always be read; `meanwhile` happens while it is asked for that."""

    def __init__(self) -> None:
        self.meanwhile: Callable[[], object] = int

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Take it."""

    def get_extra_info(self, info: str) -> Any:
        self.meanwhile()
        return info == "is_readable"


def test_a_socket_that_waits_for_an_answer_is_not_taken_for_a_closed_one() -> None:
    """httpcore's pool closes idle sockets that can be read, and asks without a lock."""
    inner = Socket()
    stream = _Stream(inner)
    assert stream.get_extra_info("is_readable") is True
    stream.write(b"GET")
    assert stream.get_extra_info("is_readable") is False
    stream.answering = False
    assert stream.get_extra_info("is_readable") is True
    inner.meanwhile = lambda: stream.write(b"GET")
    stream.answering = False
    assert stream.get_extra_info("is_readable") is False
    assert stream.get_extra_info("other") is False
