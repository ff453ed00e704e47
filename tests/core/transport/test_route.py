"""Proxies and certificates."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import faulty_server
from fake_api import KEY
from faulty_server import DONE, FaultyServer, response
from redenlab import InferenceClient, Retry
from redenlab.core import errors
from redenlab.core.errors import ConfigurationError
from redenlab.core.transport.route import Route
from secret_leak_check import traceback_with_locals

PASSWORD = "pa55w0rd"


def test_a_proxy_is_used_and_its_password_stays_out_of_errors(poll: Callable[..., Any]) -> None:
    with FaultyServer(
        faulty_server.says(response(b"", "407 Proxy Authentication Required"))
    ) as proxy:
        with pytest.raises(errors.NetworkError, match="proxy") as caught:
            poll("https://api.example.com", proxy=f"http://user:{PASSWORD}@127.0.0.1:{proxy.port}")
    assert proxy.requests[0].startswith(b"CONNECT api.example.com:443")
    assert PASSWORD not in f"{caught.value}{traceback_with_locals(caught.value)}"
    assert KEY.encode() not in b"".join(proxy.requests)


def test_the_environments_proxy_is_used_unless_it_is_excepted(
    poll: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with FaultyServer(faulty_server.says(response(b"", "502 Bad Gateway"))) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        with pytest.raises(errors.NetworkError):
            poll("https://api.example.com")
        assert len(proxy.requests) == 1
        monkeypatch.setenv("no_proxy", "nowhere.invalid")
        with pytest.raises(errors.NetworkError):
            poll("https://nowhere.invalid")
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


def test_tls_without_trust_is_no_reason_to_try_again(poll: Callable[..., Any], tls: "Tls") -> None:
    with pytest.raises(errors.NetworkError, match="cannot reach") as caught:
        poll(tls.url, retry=Retry(initial=0))
    assert not caught.value.retryable
    assert "ca_bundle" in str(caught.value)
    assert tls.connections == 1


def test_a_ca_bundle_makes_a_private_authority_trusted(
    poll: Callable[..., Any], tls: "Tls"
) -> None:
    assert poll(tls.url, ca_bundle=tls.bundle).status == "completed"


def test_a_certificate_for_another_name_is_refused(poll: Callable[..., Any], tls: "Tls") -> None:
    with pytest.raises(errors.NetworkError) as caught:
        poll(tls.url.replace("localhost", "127.0.0.1"), ca_bundle=tls.bundle)
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
                    faulty_server.read_head(connection)
                    connection.sendall(response(DONE))
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


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:1", "127.0.0.1:1", "http://[::1", "ftp://x"])
def test_a_proxy_of_the_environment_that_is_none_is_a_configuration_error(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(ConfigurationError, match="the proxy of the environment"):
        Route().proxy_for("https://api.example.com/a")
