"""What only the driver on pyreqwest has to get right; the rest is tested on both drivers."""

import asyncio
import dataclasses
import logging
import random
import signal
import socket
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from importlib import util
from typing import Any

import anyio
import pytest
import trustme

import faulty_server
from drivers import poll_blocking
from fake_api import KEY
from faulty_server import DONE, PATIENCE, FaultyServer, read_head, response
from processes import environment
from redenlab import AsyncInferenceClient, InferenceClient, Retry
from redenlab.core import errors
from redenlab.core.errors import ConfigurationError, NetworkError, RequestTimeout
from redenlab.core.transport.fast import targets
from redenlab.core.transport.fast.aio import FastAsyncIo
from redenlab.core.transport.fast.sync import FastBlockingIo
from redenlab.core.transport.io import Io, OutgoingRequest, Stream, run
from redenlab.core.transport.pools import MAX_CONNECTIONS
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.lowlevel.types import RawResponse

LOOPS: list[dict[str, Any]] = [{"use_uvloop": False}, {"use_uvloop": True}]

Send = Callable[..., RawResponse]


def request(url: str, method: str = "GET", content: bytes | Stream = b"") -> OutgoingRequest:
    size = len(content) if isinstance(content, bytes) else SIZE
    headers = {} if method == "GET" else {"Content-Length": str(size)}
    return OutgoingRequest(method, url, headers, content)


SIZE = 4 * 2**20


def chunks(size: int = SIZE) -> Stream:
    return Stream((bytes(2**20) for _ in range(size // 2**20)), lambda _: None)


def sent_blocking(asked: OutgoingRequest, seconds: float = PATIENCE, **options: Any) -> RawResponse:
    io = FastBlockingIo(Route(), **options)
    try:
        return run(io.send(asked, io.now() + seconds))
    finally:
        io.close()


def sent_async(asked: OutgoingRequest, seconds: float = PATIENCE, **options: Any) -> RawResponse:
    async def main() -> RawResponse:
        io = FastAsyncIo(Route(), **options)
        try:
            return await io.send(asked, io.now() + seconds)
        finally:
            await io.aclose()

    return anyio.run(main)


@pytest.fixture(params=[sent_blocking, sent_async], ids=["blocking", "async"])
def send(request: pytest.FixtureRequest) -> Send:
    """One exchange, with each kind of the driver."""
    return request.param


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Any]:
    """What the driver has said of what it leaves to httpx."""
    monkeypatch.setattr(targets, "_said", set[str]())
    caplog.set_level(logging.WARNING, "redenlab")
    return lambda: [each.message for each in caplog.records if "httpx" in each.message]


def swallow(connection: socket.socket, head: bytes) -> None:
    """Read a body and answer."""
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    got = len(head.partition(b"\r\n\r\n")[2])
    while got < length:
        got += len(connection.recv(2**20)) or length
    connection.sendall(response(DONE))


# ---- which driver


@pytest.mark.parametrize(
    ("variable", "argument", "kind"),
    [
        (None, None, BlockingIo),
        (None, "fast", FastBlockingIo),
        ("fast", None, FastBlockingIo),
        ("fast", "httpx", BlockingIo),
        ("httpx", "fast", FastBlockingIo),
    ],
)
def test_the_driver_is_chosen_by_name(
    variable: str | None, argument: Any, kind: type[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    if variable is not None:
        monkeypatch.setenv("REDENLAB_TRANSPORT", variable)
    client = InferenceClient(KEY, "https://api.example.com", transport=argument)
    assert type(client._driver) is kind


def test_the_variable_of_a_backend_counts_before_that_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REDENLAB_TRANSPORT", "fast")
    monkeypatch.setenv("REDENLAB_ML_TRANSPORT", "httpx")
    assert type(InferenceClient(KEY, "https://api.example.com")._driver) is BlockingIo


def test_the_driver_is_chosen_by_the_file(tmp_path: Any) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("transport: fast\n")
    file.chmod(0o600)
    client = AsyncInferenceClient(KEY, "https://api.example.com", config_path=file)
    assert type(client._driver) is FastAsyncIo


def test_an_unknown_driver_is_refused_with_those_there_are() -> None:
    options: Any = {"transport": "slow"}
    with pytest.raises(ConfigurationError, match="'slow', which is no driver") as caught:
        InferenceClient(KEY, "https://api.example.com", **options)
    assert caught.value.hint == "known: httpx, fast"


def test_a_driver_that_is_not_installed_is_refused_with_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("REDENLAB_TRANSPORT", "fast")
    monkeypatch.setattr(
        "redenlab.core.transport.drivers.find_spec",
        lambda name: None if name == "pyreqwest" else util.find_spec(name),
    )
    with pytest.raises(ConfigurationError, match="REDENLAB_TRANSPORT is 'fast'") as caught:
        InferenceClient(KEY, "https://api.example.com")
    assert caught.value.hint == 'pip install "redenlab[fast]"'


def test_another_client_over_the_same_connections_keeps_the_driver() -> None:
    client = InferenceClient(KEY, "https://api.example.com", transport="fast")
    assert client.with_options(timeout=1)._driver is client._driver


# ---- what is left to httpx


def test_trio_is_left_to_httpx_and_that_is_said_once(said: Callable[[], list[str]]) -> None:
    async def main() -> list[str]:
        async with AsyncInferenceClient(KEY, server.url, transport="fast") as client:
            return [(await client.get_status("j")).status for _ in range(2)]

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        assert anyio.run(main, backend="trio") == ["completed"] * 2
    assert said() == [
        "httpx is used in place of the fast transport, since it runs on asyncio alone, not on trio"
    ]


FORKED = """
import logging, os, sys
from redenlab import InferenceClient

logging.basicConfig(format="%(message)s")
client = InferenceClient(sys.argv[1], sys.argv[2], transport="fast")
client.get_status("j")
if os.fork() == 0:
    for _ in range(2):
        assert client.get_status("j").status == "completed"
    client.upload(b"RIFF" + bytes(1000))
    other = InferenceClient(sys.argv[1], sys.argv[2], transport="fast")
    assert other.get_status("j").status == "completed"
    client.close()
    other.close()
    sys.exit(7)
assert os.waitstatus_to_exitcode(os.wait()[1]) == 7
assert client.get_status("j").status == "completed"
"""


def test_a_forked_child_is_left_to_httpx_and_that_is_said_once() -> None:
    ticket = b'{"job_id":"j","file_key":"k","expires_in":900,"upload_url":"%s/put"}'

    def behave(connection: socket.socket, head: bytes) -> None:
        if head.startswith(b"PUT"):
            swallow(connection, head)
        elif b"/upload-url" in head:
            connection.sendall(response(ticket % server.url.encode()))
        else:
            connection.sendall(response(DONE))

    with FaultyServer(behave) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", FORKED, KEY, server.url],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines() == [
        "httpx is used in place of the fast transport, since this is a forked process"
    ]


def test_a_child_of_a_process_that_has_sent_nothing_uses_the_driver() -> None:
    program = (
        "import os, sys\n"
        "from redenlab import InferenceClient\n"
        "client = InferenceClient(sys.argv[1], sys.argv[2], transport='fast')\n"
        "if os.fork() == 0:\n"
        "    client.get_status('j')\n"
        "    sys.exit(7)\n"
        "assert os.waitstatus_to_exitcode(os.wait()[1]) == 7\n"
    )
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", program, KEY, server.url],
            env=environment(),
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", ["/a/%2e%2e/b", "/a?x='y'", "/a\\b"])
def test_a_url_that_the_two_parsers_read_in_two_ways_is_left_to_httpx(
    send: Send, path: str, said: Callable[[], list[str]]
) -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        url = f"http://127.0.0.1:{server.port}{path}"
        assert send(request(url)).status_code == 200
    assert server.requests[0].split(b" ")[1] == path.encode()
    assert [text.rpartition("since ")[2] for text in said()] == [
        "it would write the URL in another way"
    ]


# ---- cancellation


CANCELLED = 300


async def _cancelled(io: FastAsyncIo, work: Callable[[], Any]) -> None:
    """Start many tasks, each of which is cancelled at another of its awaits."""
    chance = random.Random(7)

    async def one() -> None:
        with anyio.CancelScope() as scope:
            loop = asyncio.get_running_loop()
            loop.call_later(chance.random() * 0.05, scope.cancel)
            await work()

    async with anyio.create_task_group() as tasks:
        for _ in range(CANCELLED):
            tasks.start_soon(one)


def holds_some(connection: socket.socket, head: bytes) -> None:
    """Answer some at once, keep others waiting, and begin an answer without an end."""
    number = int(head.split(b" ")[1].rpartition(b"/")[2])
    if number % 3 == 0:
        faulty_server.silent(connection, head)
    elif head.startswith(b"PUT"):
        swallow(connection, head)
    else:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ndata")


@pytest.mark.parametrize("what", ["call", "upload", "stream"])
@pytest.mark.parametrize("options", LOOPS, ids=["asyncio", "uvloop"])
def test_all_connections_can_be_used_after_300_cancelled_tasks(
    options: dict[str, Any], what: str
) -> None:
    async def main() -> None:
        io = FastAsyncIo(Route())
        number = iter(range(10**6))

        async def call() -> None:
            await io.send(request(f"{bad.url}/{next(number)}"), io.now() + PATIENCE)

        async def upload() -> None:
            url = f"{bad.url}/{next(number)}"
            await io.send(request(url, "PUT", chunks()), io.now() + PATIENCE)

        async def stream() -> None:
            asked = request(f"{bad.url}/{next(number)}")
            async with aclosing(io.stream(asked, io.now() + PATIENCE)) as found:
                async for _ in found:
                    pass

        await _cancelled(io, {"call": call, "upload": upload, "stream": stream}[what])
        together = anyio.Event()
        waiting = [0]

        async def good_call() -> None:
            async with aclosing(io.stream(request(good.url), io.now() + PATIENCE)) as found:
                await anext(found)
                waiting[0] += 1
                if waiting[0] == MAX_CONNECTIONS:
                    together.set()
                await together.wait()

        with anyio.fail_after(PATIENCE):
            async with anyio.create_task_group() as tasks:
                for _ in range(MAX_CONNECTIONS):
                    tasks.start_soon(good_call)
        slots = io._fast_slots.get()
        assert {gate.value for gate in slots.values()} == {MAX_CONNECTIONS}
        await io.aclose()

    starts = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\ndata"
    with FaultyServer(holds_some) as bad, FaultyServer(faulty_server.says(starts)) as good:
        anyio.run(main, backend_options=options)


def ends(ended: threading.Event) -> faulty_server.Behaviour:
    """Say nothing until the other side ends the connection, and tell that."""

    def behave(connection: socket.socket, _: bytes) -> None:
        connection.settimeout(PATIENCE)
        while connection.recv(2**20):
            pass
        ended.set()
        connection.close()

    return behave


@pytest.mark.parametrize("what", ["call", "upload"])
def test_a_cancelled_call_ends_its_connection_when_its_own_time_is_over(what: str) -> None:
    """pyreqwest goes on with a request that was cancelled, which is why that has a time."""
    ended = threading.Event()

    async def main() -> None:
        io = FastAsyncIo(Route())
        asked = request(server.url, "PUT", chunks()) if what == "upload" else request(server.url)
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(io.send, asked, io.now() + PATIENCE, 0.5)
            await anyio.to_thread.run_sync(server.reached.wait)
            tasks.cancel_scope.cancel()
        assert await anyio.to_thread.run_sync(ended.wait, PATIENCE)
        await io.aclose()

    with FaultyServer(ends(ended)) as server:
        anyio.run(main)


def test_a_stream_that_is_closed_ends_its_connection_at_once() -> None:
    ended = threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\ndata: a\n\n")
        ends(ended)(connection, head)

    async def main() -> None:
        io = FastAsyncIo(Route())
        chunks = io.stream(request(server.url), io.now() + PATIENCE)
        assert await anext(chunks) == b"data: a\n\n"
        await chunks.aclose()
        assert await anyio.to_thread.run_sync(ended.wait, PATIENCE)
        await io.aclose()

    with FaultyServer(behave) as server:
        anyio.run(main)


INTERRUPTED = """
import sys
from contextlib import aclosing
from redenlab.core.transport import drivers
from redenlab.core.transport.io import OutgoingRequest, Stream, run
from redenlab.core.transport.route import Route

io = drivers.blocking(Route(), sys.argv[1])
deadline = io.now() + 600

async def listen():
    async with aclosing(io.stream(OutgoingRequest("GET", sys.argv[2], {}), deadline)) as chunks:
        async for _ in chunks:
            pass

if sys.argv[3] == "call":
    work = io.send(OutgoingRequest("GET", sys.argv[2], {}), deadline)
elif sys.argv[3] == "upload":
    body = Stream((bytes(2**20) for _ in range(64)), lambda _: None)
    headers = {"Content-Length": f"{2**26}"}
    work = io.send(OutgoingRequest("PUT", sys.argv[2], headers, body), deadline)
else:
    work = listen()
try:
    run(work)
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("what", ["call", "upload", "stream"])
def test_ctrl_c_ends_the_wait_for_a_response(what: str, transport: str) -> None:
    """The server holds out longer than the test waits."""
    with FaultyServer(ends(threading.Event())) as server:
        program = subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED, transport, server.url, what],
            env=environment(),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert server.reached.wait(PATIENCE)
        program.send_signal(signal.SIGINT)
        out, _ = program.communicate(timeout=PATIENCE / 2)
    assert (program.returncode, out) == (0, "interrupted\n")


# ---- bodies and sources


def test_a_source_that_stalls_holds_up_no_other_request(send: Send) -> None:
    """pyreqwest has one thread for all requests of the process."""
    go = threading.Event()

    def stalling() -> Iterator[bytes]:
        yield bytes(2**20)
        go.wait(PATIENCE)
        yield bytes(SIZE - 2**20)

    with FaultyServer(swallow) as storage, FaultyServer(faulty_server.says(response(DONE))) as api:
        asked = request(storage.url, "PUT", Stream(stalling(), lambda _: None))
        found = list[RawResponse]()
        thread = threading.Thread(target=lambda: found.append(send(asked)))
        thread.start()
        assert storage.reached.wait(PATIENCE)
        assert send(request(api.url)).status_code == 200
        assert send(request(storage.url, "PUT", b"other")).status_code == 200
        go.set()
        thread.join(PATIENCE)
    assert found[0].status_code == 200


def test_a_source_that_stalls_is_left_at_the_deadline(send: Send) -> None:
    go = threading.Event()

    def stalling() -> Iterator[bytes]:
        go.wait(PATIENCE)
        yield b""

    with FaultyServer(swallow) as server, pytest.raises(RequestTimeout):
        send(request(server.url, "PUT", Stream(stalling(), lambda _: None)), 0.3)
    go.set()


def test_what_a_source_raises_is_raised_as_it_is(send: Send) -> None:
    def broken() -> Iterator[bytes]:
        yield bytes(2**20)
        raise errors.FileChanged("it changed")

    with FaultyServer(swallow) as server, pytest.raises(errors.FileChanged, match="it changed"):
        send(request(server.url, "PUT", Stream(broken(), lambda _: None)))


def test_every_byte_of_an_upload_is_reported_in_order(send: Send) -> None:
    reported = list[int]()
    body = Stream((bytes(2**20) for _ in range(4)), reported.append)
    with FaultyServer(swallow) as server:
        assert send(request(server.url, "PUT", body)).status_code == 200
    assert reported == [2**20] * 4


# ---- connections


def test_a_kept_connection_that_the_server_closed_costs_an_upload_nothing() -> None:
    over = threading.Event()

    def behave(connection: socket.socket, head: bytes) -> None:
        swallow(connection, head)
        connection.close()
        over.set()

    io = FastBlockingIo(Route())
    with FaultyServer(behave) as server:
        for _ in range(3):
            over.clear()
            asked = request(server.url, "PUT", chunks())
            assert run(io.send(asked, io.now() + PATIENCE)).status_code == 200
            assert over.wait(PATIENCE)
        assert server.connections == 3
    io.close()


@pytest.mark.parametrize("ends", [faulty_server.resets, faulty_server.says_and_closes(b"")])
def test_a_post_on_a_kept_connection_is_never_sent_twice(ends: faulty_server.Behaviour) -> None:
    io = FastBlockingIo(Route())
    with FaultyServer(faulty_server.says(response(DONE)), ends) as server:
        run(io.send(request(server.url, "POST", b"one"), io.now() + PATIENCE))
        with pytest.raises(NetworkError) as caught:
            run(io.send(request(server.url, "POST", b"two"), io.now() + PATIENCE))
        assert caught.value.sent
        assert len(server.requests) == 2
        assert server.connections == 1
    io.close()


def test_a_post_that_never_got_a_connection_was_not_sent(send: Send) -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting = [socket.socket() for _ in range(4)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(full.getsockname())
        url = f"http://127.0.0.1:{full.getsockname()[1]}"
        with pytest.raises(RequestTimeout, match="cannot reach") as caught:
            send(request(url, "POST", b"one"), 0.3)
        assert not caught.value.sent
        for one in waiting:
            one.close()


def test_a_post_that_was_sent_may_have_acted(send: Send) -> None:
    with FaultyServer(faulty_server.silent) as server:
        with pytest.raises(RequestTimeout, match="lost the connection") as caught:
            send(request(server.url, "POST", b"one"), 0.3)
    assert caught.value.sent


# ---- queueing for one of our own connections


SLOTS = MAX_CONNECTIONS


def test_a_queue_ends_at_the_deadline_of_the_call() -> None:
    io = FastBlockingIo(Route())
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        asked = request(server.url)
        key = targets.key_of(asked, targets.target(asked))
        held = [io._fast_slot(key, "", 1e9) for _ in range(SLOTS)]
        with pytest.raises(RequestTimeout, match="no time") as caught:
            run(io.send(asked, io.now() + 0.01, PATIENCE))
        assert not caught.value.sent
        held[0].put(None)
        assert run(io.send(asked, io.now() + PATIENCE)).status_code == 200
    io.close()


@pytest.mark.parametrize("options", LOOPS, ids=["asyncio", "uvloop"])
def test_a_queue_ends_at_the_deadline_of_the_call_when_awaited(options: dict[str, Any]) -> None:
    async def main() -> None:
        io = FastAsyncIo(Route())
        asked = request(server.url)
        key = targets.key_of(asked, targets.target(asked))
        held = [await io._fast_slot(key, "", 1e9) for _ in range(SLOTS)]
        with pytest.raises(RequestTimeout, match="no time") as caught:
            await io.send(asked, io.now() + 0.01, PATIENCE)
        assert not caught.value.sent
        held[0].release()
        assert (await io.send(asked, io.now() + PATIENCE)).status_code == 200
        await io.aclose()

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        anyio.run(main, backend_options=options)


class LateIo(FastBlockingIo):
    """Its clock is set forward while it queues."""

    at = 0.0

    def now(self) -> float:
        return super().now() + self.at

    def _fast_slot(self, *arguments: Any) -> Any:
        self.at = 10 * PATIENCE
        return super()._fast_slot(*arguments)


def test_a_request_that_queued_longer_than_it_may_take_is_sent() -> None:
    io = LateIo(Route())
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        assert run(io.send(request(server.url), 1e9, PATIENCE)).status_code == 200
    io.close()


# ---- names


def test_connections_are_made_to_what_the_resolver_returned_alone(send: Send) -> None:
    asked = list[str]()

    def resolve(host: str) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        url = f"http://no.such.host.example:{server.port}/"
        assert send(request(url), lookup=resolve).status_code == 200
        assert asked == ["no.such.host.example"]
    assert b"\r\nHost: no.such.host.example:" in server.requests[0]


def test_of_two_addresses_the_one_that_can_be_reached_is_used(send: Send) -> None:
    def resolve(*_: Any) -> Sequence[str]:
        return ["127.0.0.2", "127.0.0.1"]

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        url = f"http://host.example:{server.port}/"
        assert send(request(url, "POST", b"one"), lookup=resolve).status_code == 200
    assert len(server.requests) == 1


def test_what_a_server_names_leads_to_no_private_address(send: Send) -> None:
    def resolve(host: str) -> Sequence[str]:
        return ["127.0.0.1"] if host == "storage.example" else ["192.0.2.1"]

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        asked = request(f"http://storage.example:{server.port}/")
        named = dataclasses.replace(asked, named_by="https://api.example/")
        with pytest.raises(errors.UntrustedURL, match="more private network"):
            send(named, lookup=resolve)
        assert send(asked, lookup=resolve).status_code == 200
    assert len(server.requests) == 1


def test_a_resolver_that_refuses_is_heard(send: Send) -> None:
    def resolve(*_: Any) -> Sequence[str]:
        raise errors.UntrustedURL("it is in a private network")

    with pytest.raises(errors.UntrustedURL, match="private network"):
        send(request("http://host.example/"), lookup=resolve)


def test_a_resolver_that_stalls_is_left_at_the_deadline(send: Send) -> None:
    go = threading.Event()

    def resolve(*_: Any) -> Sequence[str]:
        go.wait(PATIENCE)
        return []

    with pytest.raises(RequestTimeout, match="cannot reach host.example") as caught:
        send(request("http://host.example/"), 0.2, lookup=resolve)
    assert not caught.value.sent
    go.set()


# ---- proxies


def proxied(url: str, proxy: str, **options: Any) -> Any:
    return poll_blocking(url, transport="fast", proxy=proxy, **options)


def test_a_proxy_is_sent_what_is_for_others() -> None:
    with FaultyServer(faulty_server.says(response(b"", "403 No"))) as proxy:
        address = f"http://user:p%40ss@127.0.0.1:{proxy.port}"
        with pytest.raises(NetworkError, match="cannot reach api.example: the proxy refused") as it:
            proxied("https://api.example/v1", address)
    assert not it.value.sent
    assert proxy.requests[0].startswith(b"CONNECT api.example:443 HTTP/1.1\r\n")
    assert b"proxy-authorization: Basic dXNlcjpwQHNz" in proxy.requests[0]
    assert KEY.encode() not in proxy.requests[0]
    assert "p%40ss" not in str(it.value)


def test_a_proxy_that_is_not_there_is_no_request_sent() -> None:
    with faulty_server.closed_port() as port, pytest.raises(NetworkError) as caught:
        proxied("https://api.example/v1", f"http://127.0.0.1:{port}")
    assert not caught.value.sent


# ---- certificates


@pytest.fixture
def secure(tmp_path: Any) -> Iterator[tuple[str, Any]]:
    """The address of a server of an authority of its own, and the file with that."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with Served(context) as url:
        yield url, tmp_path / "ca.pem"


class Served:
    """A server over TLS, for a test."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> str:
        self._thread.start()
        return f"https://localhost:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(connection, server_side=True) as talk:
                    while read_head(talk):
                        talk.sendall(response(DONE))
            except OSError:
                continue


def test_a_bundle_of_certificates_is_trusted(secure: tuple[str, Any]) -> None:
    url, bundle = secure
    assert poll_blocking(url, transport="fast", ca_bundle=bundle).status == "completed"


def test_an_unknown_authority_is_refused_for_good(secure: tuple[str, Any]) -> None:
    with pytest.raises(errors.TLSError, match="UnknownIssuer") as caught:
        poll_blocking(secure[0], transport="fast")
    assert (caught.value.sent, caught.value.retryable) == (False, False)


# ---- the differences of docs/transport.md


@pytest.mark.parametrize(("transport", "good"), [("httpx", True), ("fast", False)])
def test_an_authority_that_is_the_servers_own_certificate(
    transport: Any, good: bool, tmp_path: Any
) -> None:
    file, key = tmp_path / "own.pem", tmp_path / "own.key"
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {key} -out {file}"
    subprocess.run(
        [*made.split(), "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key)
    with Served(context) as url:
        if good:
            assert poll_blocking(url, transport=transport, ca_bundle=file).status == "completed"
            return
        with pytest.raises(errors.TLSError, match="CaUsedAsEndEntity"):
            poll_blocking(url, transport=transport, ca_bundle=file)


@pytest.mark.parametrize(("transport", "good"), [("httpx", True), ("fast", False)])
def test_more_than_a_hundred_headers(transport: Any, good: bool) -> None:
    many = "".join(f"X-{number}: 1\r\n" for number in range(120))
    with FaultyServer(faulty_server.says(response(DONE, headers=many))) as server:
        if good:
            assert poll_blocking(server.url, transport=transport).status == "completed"
            return
        with pytest.raises(NetworkError, match="message head is too large"):
            poll_blocking(server.url, transport=transport)


@pytest.mark.parametrize(("transport", "kept"), [("httpx", True), ("fast", False)])
def test_a_header_beyond_ascii(transport: Any, kept: bool) -> None:
    head = "X-Request-Id: ü\r\nX-Amzn-RequestId: 7\r\n"
    with FaultyServer(faulty_server.says(response(DONE, headers=head))) as server:
        with InferenceClient(KEY, server.url, transport=transport, retry=Retry.off()) as client:
            found = run(client._driver.send(request(server.url), 1e9))
    assert ("x-request-id" in found.headers) is kept
    assert found.headers["X-AMZN-RequestId"] == "7"


def test_closing_ends_the_connections_and_the_next_call_opens_new_ones() -> None:
    def both(io: Io) -> None:
        for _ in range(2):
            assert run(io.send(request(server.url), io.now() + PATIENCE)).status_code == 200

    io = FastBlockingIo(Route())
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        both(io)
        assert server.connections == 1
        io.close()
        both(io)
        assert server.connections == 2
    io.close()
