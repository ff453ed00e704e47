"""Faults of the way to a host that need the real network stack of this machine."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import trustme

import faulty_server
import redenlab.sandbox
from faulty_server import FaultyServer
from processes import environment
from redenlab import InferenceClient, NetworkError, RequestTimeout, Retry

BOTH = pytest.mark.usefixtures("transport")
"""A test of both drivers."""

KEY = "sk_test_5ecre7_1234"
DONE = b'{"job_id":"j","status":"completed","result":{"intelligibility_score":1}}'


def client(url: str, **options: Any) -> InferenceClient[Any]:
    return InferenceClient(KEY, url, retry=Retry.off(), **options)


@pytest.fixture
def black_hole() -> Iterator[int]:
    """A port whose queue is full, so that the kernel drops every further attempt to connect."""
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        waiting: list[socket.socket] = []
        for _ in range(4):
            one = socket.socket()
            one.setblocking(False)
            one.connect_ex(full.getsockname())
            waiting.append(one)
        yield full.getsockname()[1]
        for one in waiting:
            one.close()


def test_a_host_that_never_accepts_is_left_at_the_deadline(black_hole: int, transport: str) -> None:
    with (
        client(f"http://127.0.0.1:{black_hole}") as caller,
        pytest.raises(RequestTimeout) as caught,
    ):
        caller.get_status("j", timeout=0.5)
    assert caught.value.sent is (transport == "fast")  # it cannot tell, of what has no body


@BOTH
def test_a_connection_that_the_server_closed_meanwhile_costs_nothing() -> None:
    """Keep-alive: the first answer promises nothing about the next request."""
    closed = threading.Event()

    def responds_and_closes(connection: socket.socket, _: bytes) -> None:
        connection.sendall(faulty_server.response(DONE))
        connection.shutdown(socket.SHUT_RDWR)
        connection.close()
        closed.set()

    with FaultyServer(responds_and_closes) as server, client(server.url) as caller:
        for _ in range(3):
            closed.clear()
            assert caller.get_status("j").status == "completed"
            assert closed.wait(faulty_server.PATIENCE)
        assert server.connections == 3


@BOTH
def test_of_two_addresses_the_reachable_one_is_used() -> None:
    """``localhost`` may be ::1 first; the server is on 127.0.0.1 alone."""
    with FaultyServer(faulty_server.says(faulty_server.response(DONE))) as server:
        with client(f"http://localhost:{server.port}") as caller:
            assert caller.get_status("j").status == "completed"


@BOTH
def test_the_systems_own_variable_names_an_authority_too(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SSL_CERT_FILE, without `ca_bundle`; a server of an unknown authority stays refused."""
    import ssl

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            for _ in range(2):
                connection, _ = listener.accept()
                try:
                    with context.wrap_socket(connection, server_side=True) as secure:
                        faulty_server.read_head(secure)
                        secure.sendall(faulty_server.response(DONE))
                except OSError:
                    continue

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"https://localhost:{listener.getsockname()[1]}"
        with client(url) as caller, pytest.raises(NetworkError):
            caller.get_status("j")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        with client(url) as caller:
            assert caller.get_status("j").status == "completed"
        thread.join()


PROGRAM = """
import sys

hosts = set()
sys.addaudithook(lambda event, args: hosts.add(args[1]) if event == "socket.connect" else None)
import redenlab

with redenlab.InferenceClient() as client:
    client.upload(b"RIFF" + bytes(1000))
    client.health()
print(sorted(hosts))
"""


def test_only_the_api_and_its_storage_are_contacted() -> None:
    """There is no telemetry: every connection of the process is listed by the interpreter."""
    with redenlab.sandbox.running(processing=0) as running:
        settings = {"REDENLAB_ML_API_KEY": running.api_key, "REDENLAB_ML_BASE_URL": running.url}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env=environment(**settings),
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        ports = [urlsplit(url).port for url in (running.url, running.storage_url)]
    assert done.stdout.strip() == str(sorted(("127.0.0.1", port) for port in ports))
