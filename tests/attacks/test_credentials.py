"""Where a key, a token and a sign-in may go, and what becomes of those that are wrong.

Rows of the table in README.md; the guards are in guards_credentials.toml.
"""

import errno
import hashlib
import hmac
import json
import socket
import ssl
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

import redenlab
from redenlab import AuthenticationError, ConfigurationError, InputError, NetworkError, Webhook
from redenlab.core.auth.discovery import Endpoints
from redenlab.core.auth.login import callback
from redenlab.core.auth.oauth import OAuth, StoredLogin, revoked
from redenlab.core.auth.resolve import Credentials
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import Settings
from redenlab.core.auth.stores import FileStore, KeyringStore, Token, store_of
from redenlab.core.errors import MissingKey, SpecError, UntrustedURL, WebhookTooOld
from redenlab.core.files import checksums
from redenlab.core.files.sources import open_recording
from redenlab.core.transport.io import Io, OutgoingRequest, run
from redenlab.core.transport.route import Route
from redenlab.lowlevel.types import RawResponse, Request
from redenlab.replicate import ReplicateClient
from redenlab_api.ml.lifecycles import KEY as HEADER
from redenlab_api.ml.lifecycles import PROFILE
from scripted_api import BASE, EXAMPLES, KEY
from virtual_io import VirtualIo

ACME = (EXAMPLES / "acme.yaml").read_text(encoding="utf-8")
LINE = "x-client: {name: AcmeClient, environment: ACME, file: .acme/config.yaml}\n"
SIGN_IN = {
    "client_id": "ACME_CLIENT_ID",
    "client_secret": "ACME_CLIENT_SECRET",
    "discovery": "https://acme.example/endpoint.json",
    "hosts": [".acme.example"],
    "callback": "http://localhost:9999/callback",
    "tokens": ".acme/credentials.yaml",
    "cache": ".acme/discovery.yaml",
}
PAIR = {"ACME_CLIENT_ID": "me-5ecre7-0", "ACME_CLIENT_SECRET": "cs-5ecre7-0"}
SERVER = "servers: [{url: 'https://acme.example'}]\n"
STORED = "access_token: at-5ecre7-0\ntoken_expiry: 2999-01-01\n"


def vendor(folder: Path, **block: Any) -> Path:
    """A spec of somebody else, with an ``x-client`` of its own and its own server."""
    assert LINE in ACME
    path = folder / "acme.yaml"
    path.write_text(f"x-client: {json.dumps(block)}\n{SERVER}{ACME.replace(LINE, '')}")
    return path


def private(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(0o600)


@pytest.mark.parametrize(
    ("block", "environ", "files"),
    [
        pytest.param(
            {"variables": {"api_key": ["AWS_SECRET_ACCESS_KEY"]}},
            {"AWS_SECRET_ACCESS_KEY": KEY},
            {},
            id="variable",
        ),
        pytest.param(
            {"variables": {"api_key": ["ACMES_API_KEY"]}},
            {"ACMES_API_KEY": KEY},
            {},
            id="variable that begins alike",
        ),
        pytest.param({"environment": "REDENLAB_ML"}, {"REDENLAB_ML_API_KEY": KEY}, {}, id="prefix"),
        pytest.param({"environment": ""}, {"_API_KEY": KEY}, {}, id="empty prefix"),
        pytest.param(
            {"file": ".redenlab-ml/config.yaml"},
            {},
            {".redenlab-ml/config.yaml": f"api_key: {KEY}"},
            id="file",
        ),
        pytest.param(
            {"file": ".acme-corp/config.yaml"},
            {},
            {".acme-corp/config.yaml": f"api_key: {KEY}"},
            id="file that begins alike",
        ),
        pytest.param(
            {"sign_in": SIGN_IN | {"client_id": "OTHER_ID", "client_secret": "OTHER_SECRET"}},
            {"OTHER_ID": "me", "OTHER_SECRET": "cs-5ecre7-0"},
            {},
            id="program",
        ),
        pytest.param(
            {"sign_in": SIGN_IN | {"tokens": ".redenlab-ml/credentials.yaml"}},
            {},
            {".redenlab-ml/credentials.yaml": STORED},
            id="sign-in",
        ),
    ],
)
def test_a_spec_reads_no_secret_of_others(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    block: Mapping[str, Any],
    environ: Mapping[str, str],
    files: Mapping[str, str],
) -> None:
    """Not even for the place that the caller names: that is where the spec's author is paid."""
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for name, text in files.items():
        private(Path.home() / name, text)
    with pytest.raises(MissingKey):
        redenlab.connect(vendor(tmp_path, **block), base_url=BASE)


def test_a_spec_reads_no_address_of_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER_URL", "https://other.example")
    spec = vendor(tmp_path, variables={"base_url": ["OTHER_URL"]})
    assert redenlab.connect(spec, api_key=KEY).base_url == "https://acme.example"


@pytest.mark.parametrize(
    ("block", "environ", "files"),
    [
        pytest.param({}, {"ACME_API_KEY": KEY}, {}, id="variable"),
        pytest.param({}, {}, {".acme/config.yaml": f"api_key: {KEY}"}, id="file"),
        pytest.param({"sign_in": SIGN_IN}, PAIR, {}, id="program"),
        pytest.param({"sign_in": SIGN_IN}, {}, {".acme/credentials.yaml": STORED}, id="sign-in"),
        pytest.param(
            {"sign_in": SIGN_IN},
            PAIR | {"ACME_TOKEN_URL": "https://mine.example/token"},
            {},
            id="program with a token endpoint",
        ),
        pytest.param(
            {"sign_in": SIGN_IN},
            PAIR | {"ACME_BASE_URL": "https://mine.example"},
            {},
            id="program with a base URL",
        ),
    ],
)
def test_a_spec_names_no_place_for_a_secret_of_the_machine(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    block: Mapping[str, Any],
    environ: Mapping[str, str],
    files: Mapping[str, str],
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    for name, text in files.items():
        private(Path.home() / name, text)
    with pytest.raises(ConfigurationError, match="which only the spec names") as caught:
        redenlab.connect(vendor(tmp_path, **block))
    assert "ACME_" in str(caught.value.hint)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param({"file": "/etc/acme.yaml"}, id="absolute"),
        pytest.param({"file": ".acme/../.aws/credentials"}, id="parent"),
        pytest.param({"file": "../.acme"}, id="above the home"),
        pytest.param({"sign_in": SIGN_IN | {"cache": "../../etc/cron.d/acme"}}, id="cache"),
        pytest.param({"sign_in": SIGN_IN | {"cache": "Documents/thesis.md"}}, id="visible cache"),
        pytest.param({"sign_in": SIGN_IN | {"tokens": "~/.netrc"}}, id="tokens"),
    ],
)
def test_a_spec_leads_into_no_folder_of_others(tmp_path: Path, block: Mapping[str, Any]) -> None:
    with pytest.raises(SpecError, match="write a path below a hidden folder"):
        redenlab.connect(vendor(tmp_path, **block), api_key=KEY, base_url=BASE)


def test_a_spec_writes_no_cache_over_a_file_of_others(tmp_path: Path) -> None:
    spec = vendor(tmp_path, sign_in=SIGN_IN | {"cache": ".ssh/authorized_keys"})
    client = redenlab.connect(spec, api_key=KEY, base_url=BASE)
    assert client.profile.sign_in.cache == ".acme/discovery.yaml"


def test_what_callers_name_themselves_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rule of the table in `redenlab.core.auth.origins`: its rows that say yes."""
    assert redenlab.connect(vendor(tmp_path), api_key=KEY).base_url == "https://acme.example"
    monkeypatch.setenv("ACME_API_KEY", KEY)
    assert redenlab.connect(vendor(tmp_path), base_url=BASE).base_url == BASE
    private(Path.home() / ".acme/config.yaml", f"base_url: {BASE}/file")
    assert redenlab.connect(vendor(tmp_path)).base_url == f"{BASE}/file"
    monkeypatch.setenv("REPLICATE_API_TOKEN", KEY)
    assert ReplicateClient().base_url == "https://api.replicate.com/v1"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("https://api.example.com.evil.example/x", id="host that begins alike"),
        pytest.param("https://api.example.com:8443/x", id="port"),
        pytest.param("http://api.example.com/x", id="http"),
        pytest.param("https://api.example.com@evil.example/x", id="user info"),
        pytest.param("https://evil.example/https://api.example.com/", id="path"),
        pytest.param("https://api.example.comevil.example/", id="no end"),
    ],
)
def test_no_request_with_a_key_leaves_its_origin(place: str) -> None:
    """The last gate: whatever made the request, and however its URL came about."""
    with redenlab.InferenceClient(KEY, BASE) as client:
        request = Request("x", "GET", place)
        outgoing = client._api.addressed(request, BASE)
        with pytest.raises(UntrustedURL, match="would carry the credential"):
            run(client._api.sign(outgoing, 1.0, secured=True))


# ---- stored sign-ins


class Server:
    """A token endpoint whose refresh tokens are good for one use alone.

    Attributes:
        before: Called before the next request is answered.
        more: Replaces fields of the next answers.
    """

    def __init__(self) -> None:
        self.io = VirtualIo(self)
        self.good = "rt-5ecre7-0"
        self.before: Callable[[], object] = lambda: None
        self.more: dict[str, Any] = {}
        self.urls: list[str] = []

    def __call__(self, message: OutgoingRequest) -> RawResponse | NetworkError:
        self.urls.append(message.url)
        before, self.before = self.before, lambda: None
        before()
        assert isinstance(message.content, bytes)
        form = {name: values[0] for name, values in parse_qs(message.content.decode()).items()}
        if form.get("refresh_token") != self.good:
            return RawResponse(400, {}, b'{"error": "invalid_grant"}')
        number = len(self.urls)
        self.good = f"rt-5ecre7-{number}"
        body = {"access_token": f"at-5ecre7-{number}", "refresh_token": self.good}
        body |= {"expires_in": 3600, **self.more}
        return RawResponse(200, {}, json.dumps(body).encode())


async def endpoint(_io: Io, _deadline: float) -> str:
    return "https://auth.example.com/oauth2/token"


async def api(_io: Io, _deadline: float) -> str:
    return BASE


async def person(_io: Io, _deadline: float) -> str:
    return "people"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def store() -> FileStore:
    return FileStore(Path.home() / ".redenlab-ml" / "credentials.yaml")


def login(store: FileStore, **arguments: str) -> OAuth:
    """A client of the stored sign-in."""
    settings = Settings(PROFILE, arguments)
    return OAuth(StoredLogin(endpoint, person, api, store, settings))


def keep(store: FileStore, seconds: float = -5, **more: str | None) -> None:
    places = {"origin": BASE, "issuer": "https://auth.example.com"} | more
    store.write(Token(Secret("at-5ecre7-0"), seconds, Secret("rt-5ecre7-0"), **places), 0)


def ask(server: Server, auth: OAuth) -> str:
    return run(auth.headers(server.io, server.io.now() + 30))["Authorization"]


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("https://other.example.com", id="host"),
        pytest.param("https://api.example.com:8443", id="port"),
        pytest.param("http://api.example.com", id="scheme"),
        pytest.param("http://[", id="malformed"),
        pytest.param(None, id="unknown"),
    ],
)
def test_a_stored_token_goes_to_no_other_api(
    server: Server, store: FileStore, place: str | None
) -> None:
    keep(store, 1000, origin=place)
    with pytest.raises(AuthenticationError, match="the stored sign-in is for") as caught:
        ask(server, login(store, base_url=BASE))
    assert "redenlab login" in str(caught.value.hint)


@pytest.mark.parametrize("place", ["https://elsewhere.example.com", None])
def test_a_refresh_token_goes_to_no_other_authorization_server(
    server: Server, store: FileStore, place: str | None
) -> None:
    keep(store, issuer=place)
    with pytest.raises(AuthenticationError, match="the stored sign-in is for"):
        ask(server, login(store, token_url="https://auth.example.com/oauth2/token"))
    assert server.urls == []


def test_a_sign_in_of_another_tool_is_for_the_place_of_the_installed_spec(
    server: Server, store: FileStore
) -> None:
    keep(store, 1000, origin=None, issuer=None)
    assert ask(server, login(store)) == "Bearer at-5ecre7-0"


@pytest.mark.parametrize(
    "field",
    [
        pytest.param('access_token: "at-5ecre7-0\\nX-Evil: 1"', id="line break"),
        pytest.param('access_token: "at-5ecre7-0 b"', id="blank"),
        pytest.param('access_token: "at-5ecre7-é"', id="no ASCII"),
        pytest.param('access_token: "at-5ecre7-0\\e[2J"', id="escape sequence"),
        pytest.param("access_token: 12345678901234567890", id="number"),
        pytest.param("access_token: [at-5ecre7-0]", id="list"),
        pytest.param('access_token: ""', id="empty"),
        pytest.param(f"access_token: {'a' * 17_000}", id="too long"),
        pytest.param('access_token: at-5ecre7-0\nrefresh_token: "a\\0b"', id="refresh token"),
    ],
)
def test_a_stored_token_is_checked_like_one_that_is_given(
    server: Server, store: FileStore, field: str
) -> None:
    private(store.path, f"{field}\ntoken_expiry: 2999-01-01\n")
    with pytest.raises(AuthenticationError, match="holds no bearer token") as caught:
        ask(server, login(store))
    assert "5ecre7" not in str(caught.value)


@pytest.mark.parametrize(
    "expiry",
    ["1" + "0" * 400, "-1" + "0" * 400, ".inf", ".nan", "'9999-99-99'", "[1]"],
    ids=["huge", "long ago", "infinite", "no number", "no date", "list"],
)
def test_a_stored_expiry_may_be_anything(server: Server, store: FileStore, expiry: str) -> None:
    private(store.path, f"access_token: a\nrefresh_token: rt-5ecre7-0\ntoken_expiry: {expiry}\n")
    assert ask(server, login(store)).startswith("Bearer ")


def test_a_lifetime_of_four_hundred_digits_is_no_answer(server: Server, store: FileStore) -> None:
    server.more = {"expires_in": 10**400}
    keep(store)
    with pytest.raises(NetworkError):
        ask(server, login(store))


@pytest.mark.parametrize("seconds", [1e300], ids=["large"])
def test_a_lifetime_has_a_bound(server: Server, store: FileStore, seconds: float) -> None:
    server.more = {"expires_in": seconds}
    keep(store)
    assert ask(server, login(store)) == "Bearer at-5ecre7-1"
    again = store.read(0)
    assert again is not None
    assert again.expires < 367 * 24 * 3600


@pytest.mark.parametrize(
    "token", ["a\r\nX-Evil: 1", "a b", "é", "", 7, ["a"], "a" * 17_000], ids=repr
)
def test_a_new_token_is_checked(server: Server, store: FileStore, token: object) -> None:
    server.more = {"access_token": token}
    keep(store)
    with pytest.raises(NetworkError):
        ask(server, login(store))


def test_three_clients_with_a_rotating_token_survive(server: Server, store: FileStore) -> None:
    keep(store)
    clients = [login(store) for _ in range(3)]
    assert [ask(server, each) for each in clients] == ["Bearer at-5ecre7-1"] * 3
    assert len(server.urls) == 1


def test_a_token_that_another_program_used_up_is_read_again(
    server: Server, store: FileStore
) -> None:
    """It takes no lock, and is signed in anew between our reading and our request."""
    keep(store)

    def rotate() -> None:
        server.good = "rt-5ecre7-new"
        fresh = Token(Secret("at-5ecre7-new"), 3600, Secret(server.good), BASE)
        store.write(fresh, 0)

    server.before = rotate
    assert ask(server, login(store)) == "Bearer at-5ecre7-new"
    assert len(server.urls) == 1


def test_processes_take_turns_at_renewing(server: Server, store: FileStore) -> None:
    """One that waited finds the token that the other one stored, and asks for none."""
    fcntl = pytest.importorskip("fcntl")
    keep(store)
    holder = store.lock.open("w")
    fcntl.flock(holder, fcntl.LOCK_EX)
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        store.write(Token(Secret("at-5ecre7-theirs"), 3600, None, BASE), 0)
        holder.close()

    server.io.sleep = sleep
    assert ask(server, login(store)) == "Bearer at-5ecre7-theirs"
    assert (len(slept), server.urls) == (1, [])


def test_a_holder_that_never_ends_delays_and_does_not_stop(
    server: Server, store: FileStore
) -> None:
    fcntl = pytest.importorskip("fcntl")
    keep(store)
    with store.lock.open("w") as holder:
        fcntl.flock(holder, fcntl.LOCK_EX)
        assert ask(server, login(store)) == "Bearer at-5ecre7-1"
        assert 29 < server.io.clock < 30


class _Credentials(Credentials):
    async def endpoints(self, io: Io, deadline: float) -> Endpoints:
        url = "https://auth.example.com"
        return Endpoints(BASE, url, "people", f"{url}/oauth2/revoke")


@pytest.mark.parametrize(
    ("issuer", "urls"),
    [
        ("https://auth.example.com", ["https://auth.example.com/oauth2/revoke"]),
        ("https://elsewhere.example.com", []),
    ],
    ids=["its own", "another"],
)
def test_a_sign_in_is_revoked_where_it_was_made_alone(
    server: Server, store: FileStore, issuer: str, urls: list[str]
) -> None:
    keep(store, issuer=issuer)
    done = run(revoked(server.io, _Credentials(Settings(PROFILE, {}), HEADER), store))
    assert (server.urls, done) == (urls, False)  # this server answers 400


class Keyring(ModuleType):
    """A keyring in memory, or one that is broken."""

    def __init__(self, error: Exception | None = None) -> None:
        super().__init__("keyring")
        self.kept: dict[tuple[str, str], str] = {}
        self.error = error

    def get_password(self, service: str, name: str) -> str | None:
        if self.error:
            raise self.error
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


def in_keyring() -> KeyringStore:
    assert PROFILE.sign_in is not None
    found = store_of(Settings(PROFILE, {"token_store": "keyring"}), PROFILE.sign_in)
    assert isinstance(found, KeyringStore)
    return found


def test_a_keyring_keeps_a_sign_in_and_no_file_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Keyring())
    kept = in_keyring()
    assert (kept.exists(), kept.read(0), kept.forget()) == (False, None, False)
    kept.write(Token(Secret("at-5ecre7-0"), 1000, Secret("rt-5ecre7-0"), BASE), 0)
    found = kept.read(0)
    assert found is not None
    assert (found.value, found.origin) == (Secret("at-5ecre7-0"), BASE)
    assert not list(Path.home().rglob("*.yaml"))
    client = redenlab.InferenceClient(base_url=BASE, token_store="keyring")
    assert type(client._api.auth).__name__ == "OAuth"
    assert (kept.forget(), kept.exists()) == (True, False)


def test_a_broken_keyring_is_a_typed_error_without_its_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", Keyring(RuntimeError("at-5ecre7-0")))
    with pytest.raises(ConfigurationError, match="failed: RuntimeError") as caught:
        in_keyring().read(0)
    assert "5ecre7" not in f"{caught.value}{caught.value.__cause__}"


def test_a_store_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="token_store from the argument"):
        redenlab.InferenceClient(base_url=BASE, token_store="pocket")  # type: ignore[arg-type]


# ---- signing in


@pytest.fixture
def port() -> int:
    """One that is free at both loopback addresses."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        return int(holder.getsockname()[1])


@pytest.fixture
def six() -> Iterator[socket.socket]:
    """A socket of IPv6; skipped on machines without it."""
    with socket.socket(socket.AF_INET6) as made:
        try:
            made.bind(("::1", 0))
        except OSError:
            pytest.skip("there is no IPv6 here")
        made.listen()
        yield made


def test_nobody_listens_beside_us_for_the_code(six: socket.socket) -> None:
    """The browser may try ``::1`` first, and another program of the machine might be there."""
    port = six.getsockname()[1]
    with pytest.raises(ConfigurationError, match=f"at ::1, port {port}"):
        callback(f"http://localhost:{port}/callback", "state").__enter__()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]"])
@pytest.mark.usefixtures("six")
def test_the_browser_finds_us_at_both_addresses(port: int, host: str) -> None:
    with callback(f"http://localhost:{port}/callback", "st") as results:
        url = f"http://{host}:{port}/callback?code=5ecre7-code&state=st"
        assert httpx.get(url, trust_env=False).status_code == 200
        assert results.get(timeout=5) == Secret("5ecre7-code")


def test_a_machine_without_ipv6_signs_in(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from redenlab.core.auth import login as module

    def fails(*_: object) -> None:
        raise OSError(errno.EADDRNOTAVAIL, "no such address")

    monkeypatch.setattr(module, "_SixServer", fails)
    with callback(f"http://localhost:{port}/callback", "st"):
        pass
    assert not [each for each in threading.enumerate() if each.name == "redenlab-login"]


# ---- a strict client


@pytest.fixture
def strict() -> Route:
    return Route(strict=True)


def test_a_strict_client_writes_no_key_log(
    strict: Route, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    context = strict.tls_context()
    assert context.keylog_filename is None
    assert not (tmp_path / "keys").exists()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_strict_client_takes_no_proxy_of_the_environment(
    strict: Route, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, "http://evil.example:3128")
    assert strict.proxy_for(BASE) is None
    assert Route("http://mine.example:1", strict=True).proxy_for(BASE) == "http://mine.example:1"


def test_a_strict_client_takes_no_certificates_of_the_environment(
    strict: Route, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    assert strict.tls_context().cert_store_stats()["x509_ca"] > 50


@pytest.mark.parametrize(
    "text",
    [
        "/etc/passwd",
        "call.wav",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "local:///etc/passwd",
        "zip://a.wav::/etc/a.zip",
        "zip://a.wav::file:///etc/a.zip",
        "simplecache::local:///etc/passwd",
        "simplecache::/etc/passwd",
    ],
)
def test_a_strict_client_opens_no_file_by_a_text(strict: Route, text: str) -> None:
    with pytest.raises(InputError, match="a file of this machine, named by a text"):
        open_recording(text, strict)


def test_a_strict_client_opens_what_is_no_text(strict: Route, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"RIFF")
    with path.open("rb") as opened:
        for source in (path, b"RIFF", opened):
            open_recording(source, strict).close()


@pytest.mark.parametrize("value", ["true", "1", "YES"])
def test_strictness_is_a_setting(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("REDENLAB_ML_STRICT", value)
    with redenlab.InferenceClient(KEY, BASE) as client:
        assert client._driver.route.strict
    with redenlab.InferenceClient(KEY, BASE, strict=False) as client:
        assert not client._driver.route.strict
    monkeypatch.setenv("REDENLAB_ML_STRICT", "perhaps")
    with pytest.raises(ConfigurationError, match="neither true nor false"):
        redenlab.InferenceClient(KEY, BASE)


# ---- webhooks, checksums


def test_a_delivery_that_was_handled_is_refused() -> None:
    handled: set[str] = set()
    webhook = Webhook("whsec_c2VjcmV0LXNlY3JldA==", seen=handled.__contains__)
    headers = webhook.sign(b"{}", "msg-1")
    delivery = webhook.parse(b"{}", headers)
    assert webhook.parse(b"{}", headers).id == "msg-1"  # not handled yet: a retry
    handled.add(str(delivery.id))
    with pytest.raises(WebhookTooOld, match="handled before"):
        webhook.parse(b"{}", headers)
    with pytest.raises(WebhookTooOld, match="handled before"):
        webhook.verify(b"{}", headers)


def test_a_forged_delivery_never_reaches_the_store() -> None:
    asked: list[str] = []

    def seen(delivery_id: str) -> bool:
        asked.append(delivery_id)
        return False

    webhook = Webhook("whsec_c2VjcmV0LXNlY3JldA==", seen=seen)
    headers = webhook.sign(b"{}", "msg-1")
    assert not webhook.verify(b"[]", headers)
    assert asked == []


def test_a_delivery_without_an_id_is_known_by_its_signature() -> None:
    asked: list[str] = []

    def seen(delivery_id: str) -> bool:
        asked.append(delivery_id)
        return len(asked) > 1

    moment = str(int(time.time()))
    digest = hmac.new(b"a-long-secret", f"{moment}.{{}}".encode(), hashlib.sha256).hexdigest()
    headers = {"x-acme-timestamp": moment, "x-acme-signature": f"sha256={digest}"}
    webhook = Webhook("a-long-secret", seen=seen)
    webhook.parse(b"{}", headers)
    with pytest.raises(WebhookTooOld):
        webhook.parse(b"{}", headers)
    assert asked[0] == asked[1]
    assert asked[0].startswith("sha256:")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("X-Amz-SignedHeaders=host%3Bx-amz-checksum-sha256", {"x-amz-checksum-sha256": "sha256"}),
        ("x-amz-signedheaders=Content-MD5;host", {"content-md5": "md5"}),
        ("X-Amz-SignedHeaders=host", {}),
        ("", {}),
    ],
)
def test_a_link_asks_for_the_checksums_that_it_is_signed_for(
    query: str, expected: Mapping[str, str]
) -> None:
    assert checksums.asked_by(f"https://storage.example.com/a?{query}") == expected
