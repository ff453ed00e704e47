"""Attacks by addresses: where the API, storage, the network and recordings may lead us."""

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest

import faulty_server
from drivers import Virtual, call_context
from engine import predict
from fake_api import BASE, KEY, FakeApi, say
from faulty_server import DONE, PATIENCE, FaultyServer, response
from redenlab import Egress, InferenceClient
from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.files import downloads
from redenlab.core.files.sources import open_recording
from redenlab.core.transport import aio_network, resolver, sync_network
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import OutgoingRequest, run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from virtual_io import VirtualIo

# ---- what a link says by itself

LINKS = {
    "loopback": "https://127.0.0.1/a",
    "another loopback": "https://127.9.9.9/a",
    "loopback by name": "https://localhost/a",
    "below localhost": "https://storage.localhost/a",
    "loopback of IPv6": "https://[::1]/a",
    "no address": "https://0.0.0.0/a",
    "private": "https://10.1.2.3/a",
    "private of class B": "https://172.20.0.1/a",
    "private of class C": "https://192.168.0.7/a",
    "link-local": "https://169.254.1.1/a",
    "metadata by address": "https://169.254.169.254/latest/meta-data",
    "carrier": "https://100.100.100.200/latest",
    "benchmark": "https://198.18.0.1/a",
    "reserved": "https://240.0.0.1/a",
    "broadcast": "https://255.255.255.255/a",
    "multicast": "https://224.0.0.1/a",
    "protocol assignments": "https://192.0.0.192/a",
    "address of the host": "https://168.63.129.16/a",
    "unique local": "https://[fd00:ec2::254]/a",
    "link-local of IPv6": "https://[fe80::1]/a",
    "site-local": "https://[fec0::1]/a",
    "segment routing": "https://[5f00::1]/a",
    "mapped": "https://[::ffff:10.0.0.1]/a",
    "translated": "https://[::ffff:0:10.0.0.1]/a",
    "compatible": "https://[::10.0.0.1]/a",
    "NAT64": "https://[64:ff9b::a00:1]/a",
    "local NAT64": "https://[64:ff9b:1::a00:1]/a",
    "6to4": "https://[2002:a00:1::]/a",
    "Teredo": "https://[2001::a00:1]/a",
    "metadata by name": "https://metadata/computeMetadata/v1/",
    "internal name": "https://metadata.cloud.internal/a",
    "local name": "https://printer.local/a",
    "home name": "https://router.home.arpa/a",
    "intranet": "https://files.intranet/a",
    "one number": "https://2130706433/a",
    "hexadecimal": "https://0x7f.1/a",
    "octal": "https://0177.0.0.1/a",
    "short": "https://127.1/a",
    "wide digits": "https://１２７.0.0.1/a",
    "encoded digits": "https://%31%32%37.0.0.1/a",
    "final point": "https://storage.example.com./a",
    "user": "https://storage.example.com@127.0.0.1/a",
    "user of a public host": "https://user@storage.example.com/a",
    "backslash of a public host": "https://storage.example.com/a\\b",
    "backslash": "https://127.0.0.1\\@storage.example.com/a",
    "line break": "https://storage.example.com/a\r\nX-Evil: 1",
    "port 0": "https://storage.example.com:0/a",
    "plain http": "http://storage.example.com/a",
    "file": "file:///etc/passwd",
    "ftp": "ftp://storage.example.com/a",
}


@pytest.mark.parametrize("url", LINKS.values(), ids=LINKS)
def test_no_recording_goes_to_such_a_link(fake_api: FakeApi, url: str) -> None:
    fake_api.upload_url = url
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 0


@pytest.mark.parametrize("name", ["loopback", "metadata by address", "internal name", "user"])
def test_no_result_is_read_from_such_a_link(fake_api: FakeApi, name: str) -> None:
    context = call_context(VirtualIo(fake_api))
    with pytest.raises(errors.UntrustedURL):
        run(downloads.read(context, Secret(LINKS[name])))
    assert fake_api.seen == []


@pytest.mark.parametrize("name", ["loopback", "metadata by address", "local name", "plain http"])
def test_storage_sends_no_recording_to_such_a_link(fake_api: FakeApi, name: str) -> None:
    fake_api.faults["put"] = [say(307, location=LINKS[name])]
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 1


def test_storage_sends_no_recording_to_another_service(fake_api: FakeApi) -> None:
    fake_api.faults["put"] = [say(307, location="https://storage.evil.example/a")]
    with pytest.raises(errors.UploadError):
        predict(Virtual(), fake_api)
    assert fake_api.calls["put"] == 1


def test_storage_in_the_network_of_a_private_api_is_used(fake_api: FakeApi) -> None:
    assert Egress().problem_with("https://10.0.0.9/a", "https://10.0.0.1/prod") is None


# ---- what a name stands for

ADDRESSES = {
    "loopback": "127.0.0.1",
    "private": "10.0.0.5",
    "metadata": "169.254.169.254",
    "carrier": "100.64.0.1",
    "unspecified": "0.0.0.0",
    "loopback of IPv6": "::1",
    "unique local": "fd00::1",
    "site-local": "fec0::1",
    "link-local with a zone": "fe80::1%1",
    "mapped": "::ffff:10.0.0.1",
    "translated": "::ffff:0:10.0.0.1",
    "local NAT64": "64:ff9b:1::a00:1",
}

PUBLIC = "93.184.215.14"


class Names:
    """A name server that answers with the next of its answers; the last one repeats.

    Attributes:
        api: The addresses of the API.
        dialled: Where connections were tried.
    """

    def __init__(self, *answers: list[str], api: str) -> None:
        self._answers = list(answers)
        self.api = api
        self.asked: list[str] = []
        self.dialled: list[str] = []

    def getaddrinfo(self, host: str, *_: Any, **__: Any) -> list[Any]:
        self.asked.append(host)
        found = [self.api] if host == "api.example.com" else self._answers[0]
        if len(self._answers) > 1:
            del self._answers[0]
        return [(0, 0, 0, "", (address, 0)) for address in found]

    def dial(self, addresses: list[str], *_: Any) -> socket.socket:
        self.dialled += addresses
        raise ConnectionRefusedError("refused")

    async def dial_async(self, addresses: list[str], port: int) -> Any:
        return self.dial(addresses)


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Names]:
    def made(*answers: list[str], api: str = PUBLIC) -> Names:
        names = Names(*answers, api=api)
        monkeypatch.setattr(resolver.socket, "getaddrinfo", names.getaddrinfo)
        monkeypatch.setattr(sync_network, "connect", names.dial)
        monkeypatch.setattr(aio_network, "connect", names.dial_async)
        return names

    return made


def put(named_by: str | None = BASE) -> OutgoingRequest:
    url = "https://storage.example.com/recordings"
    return OutgoingRequest("PUT", url, {}, b"RIFF", to_api=False, named_by=named_by)


def send_blocking(
    request: OutgoingRequest,
    egress: Egress = Egress(),  # noqa: B008
    seconds: float = PATIENCE,
) -> Any:
    driver = BlockingIo(Route(egress=egress))
    return run(driver.send(request, driver.now() + seconds))


def send_async(
    request: OutgoingRequest,
    egress: Egress = Egress(),  # noqa: B008
    seconds: float = PATIENCE,
) -> Any:
    async def main() -> Any:
        driver = AsyncIo(Route(egress=egress))
        return await driver.send(request, driver.now() + seconds)

    return anyio.run(main)


SENDERS = pytest.mark.parametrize("send", [send_blocking, send_async], ids=["blocking", "async"])


@SENDERS
@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_public_name_of_a_private_address_is_not_connected_to(
    named: Callable[..., Names], send: Callable[..., Any], address: str
) -> None:
    names = named([address])
    with pytest.raises(errors.UntrustedURL, match="more private network"):
        send(put())
    assert names.dialled == []


@SENDERS
def test_of_many_addresses_the_public_ones_are_connected_to(
    named: Callable[..., Names], send: Callable[..., Any]
) -> None:
    names = named(["10.0.0.5", PUBLIC, "::1"])
    with pytest.raises(errors.NetworkError, match="cannot reach"):
        send(put())
    assert names.dialled == [PUBLIC]


@SENDERS
def test_the_address_that_was_checked_is_connected_to(
    named: Callable[..., Names], send: Callable[..., Any]
) -> None:
    """DNS rebinding: the second answer would be another one."""
    names = named([PUBLIC], ["127.0.0.1"])
    with pytest.raises(errors.NetworkError, match="cannot reach"):
        send(put())
    assert names.dialled == [PUBLIC]
    assert names.asked == ["storage.example.com"]


@SENDERS
def test_a_private_api_may_name_private_storage(
    named: Callable[..., Names], send: Callable[..., Any]
) -> None:
    names = named(["10.0.0.5"], api="10.0.0.1")
    with pytest.raises(errors.NetworkError, match="cannot reach"):
        send(put())
    assert names.asked == ["storage.example.com", "api.example.com"]
    assert names.dialled == ["10.0.0.5"]


@SENDERS
@pytest.mark.parametrize(
    "egress",
    [
        Egress(allow_hosts=["storage.example.com"]),
        Egress(allow_hosts=[".example.com"]),
        Egress(allow_private=True),
    ],
    ids=["by name", "by domain", "all"],
)
def test_a_private_endpoint_that_the_user_allows_is_connected_to(
    named: Callable[..., Names], send: Callable[..., Any], egress: Egress
) -> None:
    names = named(["10.0.0.5"])
    with pytest.raises(errors.NetworkError, match="cannot reach"):
        send(put(), egress)
    assert names.dialled == ["10.0.0.5"]


@SENDERS
def test_what_the_user_named_may_be_private(
    named: Callable[..., Names], send: Callable[..., Any]
) -> None:
    names = named(["10.0.0.5"])
    with pytest.raises(errors.NetworkError, match="cannot reach"):
        send(put(None))
    assert names.dialled == ["10.0.0.5"]


# ---- what the policy of the user says

POLICIES = {
    "another host": (Egress(only_hosts=["eu.storage.example"]), "https://us.storage.example/a"),
    "another domain": (Egress(only_hosts=[".eu.example"]), "https://storage.us.example/a"),
    "a longer name": (Egress(only_hosts=["storage.example"]), "https://evilstorage.example/a"),
    "a domain as a label": (
        Egress(only_hosts=[".storage.example"]),
        "https://x.storage.example.evil/a",
    ),
}


@pytest.mark.parametrize(("egress", "url"), POLICIES.values(), ids=POLICIES)
def test_only_the_listed_hosts_are_reached(egress: Egress, url: str) -> None:
    assert egress.problem_with(url, BASE) == "leads to a host that is not among only_hosts"


@pytest.mark.parametrize(
    "url",
    ["https://eu.storage.example/a", "https://api.example.com/a", "https://x.files.example/a"],
)
def test_listed_hosts_and_the_api_are_reached(url: str) -> None:
    egress = Egress(only_hosts=["eu.storage.example"], allow_hosts=[".files.example"])
    assert egress.problem_with(url, BASE) is None


@pytest.mark.parametrize("hosts", ["example.com", ["https://example.com"], ["a b"], [7]])
def test_a_policy_that_lists_no_hosts_is_refused(hosts: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="list of hosts"):
        InferenceClient(KEY, BASE, egress=Egress(allow_hosts=hosts))


# ---- what a recording leads to

CHAINS = {
    "an archive on this machine": "zip://a.wav::http://127.0.0.1:{port}/a.zip",
    "an archive on localhost": "zip://a.wav::http://localhost:{port}/a.zip",
    "an archive in the network": "zip://a.wav::http://10.0.0.1/a.zip",
    "an archive of metadata": "zip://a.wav::https://169.254.169.254/latest",
    "capitals": "zip://a.wav::HTTP://127.0.0.1:{port}/a.zip",
    "a cache": "simplecache::http://127.0.0.1:{port}/a.wav",
    "two archives": "zip://a.wav::tar://b.zip::http://127.0.0.1:{port}/b.tar",
    "in the middle": "zip://a.wav::http://127.0.0.1:{port}/a.zip::memory://a",
    "a file server": "ftp://127.0.0.1:{port}/a.wav",
    "a shell": "sftp://10.0.0.1/a.wav",
    "a share": "smb://server.local/a.wav",
    "an archive on a file server": "zip://a.wav::ftp://127.0.0.1:{port}/a.zip",
    "a list of references": "reference://a.wav",
    "a generic filesystem": "generic://127.0.0.1:{port}/a.wav",
}


@pytest.mark.parametrize("url", CHAINS.values(), ids=CHAINS)
def test_no_part_of_a_url_leads_a_recording_into_the_network(fake_api: FakeApi, url: str) -> None:
    with FaultyServer(faulty_server.silent) as server:
        with InferenceClient(KEY, BASE, transport=fake_api.transport()) as client:
            with pytest.raises(errors.InputError, match="cannot read|private|https"):
                client.predict(url.format(port=server.port), timeout=PATIENCE)
        assert server.connections == 0
    assert fake_api.seen == []


LOCAL_FILES = {
    "file": "file://{path}",
    "local": "local://{path}",
    "an archive in a file": "zip://a.wav::file://{path}",
    "an archive at a path": "zip://a.wav::{path}",
    "a cached file": "simplecache::file://{path}",
}


@pytest.mark.parametrize("url", LOCAL_FILES.values(), ids=LOCAL_FILES)
def test_files_of_this_machine_can_be_switched_off(
    fake_api: FakeApi, tmp_path: Path, url: str
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF")
    options: Any = {"transport": fake_api.transport(), "egress": Egress(local_files=False)}
    with InferenceClient(KEY, BASE, **options) as client:
        with pytest.raises(errors.InputError, match="switched off"):
            client.predict(url.format(path=path))
    assert fake_api.seen == []


def test_a_file_by_its_url_is_read_where_that_is_not_switched_off(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF")
    with open_recording(path.as_uri()) as opened:
        assert opened.size == 4


def test_a_source_that_is_not_trusted_is_not_read_from_this_machine(fake_api: FakeApi) -> None:
    options: Any = {"transport": fake_api.transport(), "egress": Egress(trust_sources=False)}
    with FaultyServer(faulty_server.says(response(b"RIFF"))) as server:
        with InferenceClient(KEY, BASE, **options) as client:
            with pytest.raises(errors.InputError, match="more private network"):
                client.predict(f"{server.url}/a.wav")
        assert server.connections == 0


# ---- names and connections that never come


class Stalled:
    """A name server that says nothing until it is told to."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.end = threading.Event()

    def __call__(self, *_: Any, **__: Any) -> list[Any]:
        self.asked.set()
        self.end.wait(PATIENCE)
        raise socket.gaierror("too late")


@pytest.fixture
def stalled(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stalled]:
    made = Stalled()
    monkeypatch.setattr(resolver.socket, "getaddrinfo", made)
    yield made
    made.end.set()


@SENDERS
def test_a_name_server_that_says_nothing_is_left_at_the_deadline(
    stalled: Stalled, send: Callable[..., Any]
) -> None:
    with pytest.raises(errors.RequestTimeout) as caught:
        send(OutgoingRequest("GET", "http://localhost:1/a", {}), seconds=0.1)
    assert not caught.value.sent
    assert stalled.asked.wait(PATIENCE)


@SENDERS
def test_a_dead_address_does_not_keep_the_next_one_waiting(
    send: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_network, "STAGGER", 0.01)
    monkeypatch.setattr(aio_network, "STAGGER", 0.01)
    with socket.create_server(("127.0.0.2", 0), backlog=0) as dead:
        port = dead.getsockname()[1]
        fillers = [_connecting("127.0.0.2", port) for _ in range(4)]
        with socket.create_server(("127.0.0.3", port)) as live:
            answering = threading.Thread(target=_answer, args=(live,))
            answering.start()
            found = [(0, 0, 0, "", (each, 0)) for each in ("127.0.0.2", "127.0.0.3")]
            real = socket.getaddrinfo
            monkeypatch.setattr(
                resolver.socket,
                "getaddrinfo",
                lambda host, *rest, **more: (
                    found if host == "localhost" else real(host, *rest, **more)
                ),
            )
            url = f"http://localhost:{port}/a"
            assert send(OutgoingRequest("GET", url, {})).status_code == 200
            answering.join(PATIENCE)
        for filler in fillers:
            filler.close()


def _connecting(host: str, port: int) -> socket.socket:
    made = socket.socket()
    made.setblocking(False)
    made.connect_ex((host, port))
    return made


def _answer(listener: socket.socket) -> None:
    connection, _ = listener.accept()
    with connection:
        faulty_server.read_head(connection)
        connection.sendall(response(DONE, headers="Connection: close\r\n"))
