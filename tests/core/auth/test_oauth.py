"""Tokens of an authorization server: requested, renewed and stored."""

import base64
import json
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from redenlab import AuthenticationError, ConfigurationError, InferenceClient, NetworkError, Retry
from redenlab.core.auth.oauth import ClientCredentials, OAuth, StoredLogin
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import Settings
from redenlab.core.auth.stores import FileStore, Token
from redenlab.core.errors import boundary
from redenlab.core.transport.io import Io, OutgoingRequest, run
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.lifecycles import PROFILE
from virtual_io import VirtualIo

URL = "https://auth.example.com/oauth2/token"


SECRET = "cs-5ecre7-0"


SCOPES = ("ml-api/a", "ml-api/b")


class Server:
    """A token endpoint in virtual time.

    Attributes:
        responses: The next responses instead of a token: (status, document), or an error.
        lifetime: ``expires_in``; ``None`` leaves it out.
        forms: What it was asked, in order.
    """

    def __init__(self) -> None:
        self.responses: list[tuple[int, Any] | NetworkError] = []
        self.lifetime: float | None = 3600
        self.more: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.requests: list[OutgoingRequest] = []
        self.io = VirtualIo(self)

    def __call__(self, message: OutgoingRequest) -> RawResponse | NetworkError:
        self.requests.append(message)
        self.forms.append({k: v[0] for k, v in parse_qs(message.content.decode()).items()})
        if self.responses:
            played = self.responses.pop(0)
            if isinstance(played, NetworkError):
                return played
            return RawResponse(played[0], {}, json.dumps(played[1]).encode())
        body = {"access_token": f"at-5ecre7-{len(self.forms)}", "token_type": "Bearer", **self.more}
        if self.lifetime is not None:
            body["expires_in"] = self.lifetime
        return RawResponse(200, {}, json.dumps(body).encode())

    def ask(self, auth: OAuth) -> str:
        return run(auth.headers(self.io, self.io.now() + 30))["Authorization"]


async def endpoint(_io: Io, _deadline: float) -> str:
    return URL


async def api(_io: Io, _deadline: float) -> str:
    return "https://api.example.com"


async def person(_io: Io, _deadline: float) -> str:
    return "people"


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def program() -> OAuth:
    return OAuth(ClientCredentials(endpoint, "me:you", Secret(SECRET), SCOPES))


def test_a_program_asks_with_basic_and_all_scopes(server: Server, program: OAuth) -> None:
    assert server.ask(program) == "Bearer at-5ecre7-1"
    assert server.forms == [{"grant_type": "client_credentials", "scope": "ml-api/a ml-api/b"}]
    (message,) = server.requests
    pair = base64.b64decode(message.headers["Authorization"].removeprefix("Basic ")).decode()
    assert pair == f"me%3Ayou:{SECRET}"  # RFC 6749, 2.3.1: both are form-encoded first
    assert (message.method, message.url) == ("POST", URL)
    assert SECRET not in repr(message)


def test_a_program_that_is_allowed_fewer_scopes_takes_what_it_gets(
    server: Server, program: OAuth
) -> None:
    server.responses = [(400, {"error": "invalid_scope"})]
    assert server.ask(program) == "Bearer at-5ecre7-2"
    assert server.forms[1] == {"grant_type": "client_credentials"}


def test_a_token_is_used_until_five_minutes_before_its_end(server: Server, program: OAuth) -> None:
    first = server.ask(program)
    server.io.clock = 3300
    assert server.ask(program) == first
    server.io.clock = 3300.1
    assert server.ask(program) == "Bearer at-5ecre7-2"


@pytest.mark.parametrize("lifetime", [None, 0, -5])
def test_a_token_without_expiry_is_used_for_an_hour(
    server: Server, program: OAuth, lifetime: float | None
) -> None:
    server.lifetime = lifetime
    first = server.ask(program)
    server.io.clock = 3299
    assert server.ask(program) == first
    server.io.clock = 3301
    assert server.ask(program) != first


def test_a_token_that_still_works_is_used_when_no_other_can_be_had(
    server: Server, program: OAuth
) -> None:
    first = server.ask(program)
    server.io.clock = 3500
    server.responses = [NetworkError("gone", retryable=True)]
    assert server.ask(program) == first
    assert server.ask(program) == "Bearer at-5ecre7-3"  # the next call tries again


def test_a_token_that_has_ended_is_used_no_more(server: Server, program: OAuth) -> None:
    server.ask(program)
    server.io.clock = 3600
    server.responses = [NetworkError("gone", retryable=True)]
    with pytest.raises(NetworkError, match="gone"):
        server.ask(program)


def test_a_refused_token_is_given_up_once(server: Server, program: OAuth) -> None:
    assert run(program.renew()) is False  # there is none yet
    first = server.ask(program)
    assert run(program.renew()) is True
    assert server.ask(program) != first


@pytest.mark.parametrize(
    ("status", "body", "kind", "text"),
    [
        (401, {"error": "invalid_client"}, AuthenticationError, "refused: invalid_client"),
        (400, {"error": "unauthorized_client"}, AuthenticationError, "unauthorized_client"),
        (200, {}, NetworkError, "answered 200"),
        (200, {"access_token": ""}, NetworkError, "answered"),
        (200, {"access_token": 5}, NetworkError, "answered"),
        (200, [], NetworkError, "answered"),
        (429, {"error": "slow_down"}, NetworkError, "answered 429"),
        (503, "<html>", NetworkError, "answered 503"),
        (302, {}, NetworkError, "answered 302"),
    ],
)
def test_no_token_is_a_typed_error_without_a_secret(
    server: Server, program: OAuth, status: int, body: Any, kind: type[Exception], text: str
) -> None:
    server.responses = [(status, body)] * 2
    with pytest.raises(kind, match=text) as caught:
        server.ask(program)
    assert SECRET not in f"{caught.value!r} {caught.value}"
    if isinstance(caught.value, NetworkError):
        assert caught.value.sent is False  # of the operation, nothing was sent
        assert caught.value.retryable is (status in {429, 503})


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "folder" / "credentials.yaml")


@pytest.fixture
def login(store: FileStore) -> OAuth:
    return OAuth(StoredLogin(endpoint, person, api, store, Settings(PROFILE, {})))


def kept(store: FileStore, seconds: float, refresh: str | None = "rt-5ecre7-0") -> None:
    store.write(Token(Secret("at-5ecre7-0"), seconds, refresh and Secret(refresh)), 0)


def test_a_stored_token_is_used_while_it_is_good(
    server: Server, login: OAuth, store: FileStore
) -> None:
    kept(store, 1000)
    assert server.ask(login) == "Bearer at-5ecre7-0"
    assert server.forms == []


def test_a_stored_token_is_renewed_in_time_and_stored(
    server: Server, login: OAuth, store: FileStore
) -> None:
    kept(store, 200)
    assert server.ask(login) == "Bearer at-5ecre7-1"
    assert server.forms == [
        {"grant_type": "refresh_token", "client_id": "people", "refresh_token": "rt-5ecre7-0"}
    ]
    again = store.read(0)
    assert again is not None
    assert (again.value, again.refresh) == (Secret("at-5ecre7-1"), Secret("rt-5ecre7-0"))
    assert 3590 < again.expires <= 3600


def test_the_store_is_for_its_owner_alone(store: FileStore) -> None:
    kept(store, 1000)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    assert list(store.path.parent.iterdir()) == [store.path]  # no half-written one beside it


def test_a_store_that_others_can_read_is_refused(
    server: Server, login: OAuth, store: FileStore
) -> None:
    kept(store, 1000)
    store.path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="can be read by others"):
        server.ask(login)


@pytest.mark.parametrize(
    ("age", "refresh", "responses", "text"),
    [
        (200.0, None, [], "the sign-in has expired"),
        (-5.0, "rt-5ecre7-0", [(400, {"error": "invalid_grant"})], "the sign-in has expired"),
        (None, None, [], "there is no sign-in"),
    ],
)
def test_an_ended_sign_in_says_how_to_begin_anew(
    server: Server,
    login: OAuth,
    store: FileStore,
    age: float | None,
    refresh: str | None,
    responses: list[Any],
    text: str,
) -> None:
    if age is not None:
        kept(store, age, refresh)
    server.responses = responses
    with pytest.raises(AuthenticationError, match=text) as caught:
        server.ask(login)
    assert caught.value.hint == "run: redenlab login"


@pytest.mark.parametrize("ends", ["2999-01-01T00:00:00+00:00", "2999-01-01 00:00:00", 32503680000])
def test_the_end_of_a_token_may_be_written_in_several_ways(
    server: Server, login: OAuth, store: FileStore, ends: object
) -> None:
    store.path.parent.mkdir()
    store.path.write_text(f"access_token: at-5ecre7-0\ntoken_expiry: {ends}\n")
    store.path.chmod(0o600)
    assert server.ask(login) == "Bearer at-5ecre7-0"


def test_an_unreadable_expiry_counts_as_expired(
    server: Server, login: OAuth, store: FileStore
) -> None:
    store.path.parent.mkdir()
    store.path.write_text("access_token: at-5ecre7-0\nrefresh_token: r\ntoken_expiry: soon\n")
    store.path.chmod(0o600)
    assert server.ask(login) == "Bearer at-5ecre7-1"


def test_a_store_that_cannot_be_written_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write") as caught, boundary():
        kept(FileStore(tmp_path / "file" / "credentials.yaml"), 1000)
    assert "5ecre7" not in str(caught.value)


def test_a_renewal_that_fails_sends_nothing_and_may_be_tried_again() -> None:
    """The token endpoint is down: a submit that never left must not count as uncertain."""
    import faulty_server

    with faulty_server.closed_port() as port:
        options: dict[str, Any] = {"client_id": "me", "client_secret": SECRET}
        url = f"http://127.0.0.1:{port}"
        client = InferenceClient(
            base_url="http://127.0.0.1:1", token_url=f"{url}/token", retry=Retry.off(), **options
        )
        with pytest.raises(NetworkError, match="cannot reach 127.0.0.1") as caught:
            client.predict(b"RIFF")
    assert caught.value.sent is False
    assert caught.value.retryable
