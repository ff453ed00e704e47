"""Tokens of an authorization server: asked for once, renewed early, kept for their owner alone."""

import base64
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from redenlab import AuthenticationError, ConfigurationError, InferenceClient, NetworkError, Retry
from redenlab.core.auth import Secret
from redenlab.core.io import Io, Message, run
from redenlab.core.oauth import ClientCredentials, OAuth, StoredLogin, Token, TokenStore
from redenlab.core.testing import VirtualIo
from redenlab_api.types import Answer

URL = "https://auth.example.com/oauth2/token"
SECRET = "cs-5ecre7-0"
SCOPES = ("ml-api/a", "ml-api/b")


class Server:
    """A token endpoint in virtual time.

    Attributes:
        answers: What it says next, instead of giving a token: (status, document), or an error.
        lifetime: ``expires_in``; ``None`` leaves it out.
        forms: What it was asked, in order.
    """

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any] | NetworkError] = []
        self.lifetime: float | None = 3600
        self.more: dict[str, str] = {}
        self.forms: list[dict[str, str]] = []
        self.messages: list[Message] = []
        self.io = VirtualIo(self)

    def __call__(self, message: Message) -> Answer | NetworkError:
        self.messages.append(message)
        self.forms.append({k: v[0] for k, v in parse_qs(message.content.decode()).items()})
        if self.answers:
            played = self.answers.pop(0)
            if isinstance(played, NetworkError):
                return played
            return Answer(played[0], {}, json.dumps(played[1]).encode())
        body = {"access_token": f"at-5ecre7-{len(self.forms)}", "token_type": "Bearer", **self.more}
        if self.lifetime is not None:
            body["expires_in"] = self.lifetime
        return Answer(200, {}, json.dumps(body).encode())

    def ask(self, auth: OAuth) -> str:
        return run(auth.headers(self.io, self.io.now() + 30))["Authorization"]


async def endpoint(_io: Io, _deadline: float) -> str:
    return URL


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
    (message,) = server.messages
    pair = base64.b64decode(message.headers["Authorization"].removeprefix("Basic ")).decode()
    assert pair == f"me%3Ayou:{SECRET}"  # RFC 6749, 2.3.1: both are form-encoded first
    assert (message.method, message.url) == ("POST", URL)
    assert SECRET not in repr(message)


def test_a_program_that_is_allowed_fewer_scopes_takes_what_it_gets(
    server: Server, program: OAuth
) -> None:
    server.answers = [(400, {"error": "invalid_scope"})]
    assert server.ask(program) == "Bearer at-5ecre7-2"
    assert server.forms[1] == {"grant_type": "client_credentials"}


def test_a_token_is_used_until_five_minutes_before_its_end(server: Server, program: OAuth) -> None:
    first = server.ask(program)
    server.io.clock = 3300
    assert server.ask(program) == first
    server.io.clock = 3300.1
    assert server.ask(program) == "Bearer at-5ecre7-2"


@pytest.mark.parametrize("lifetime", [None, 0, -5])
def test_a_token_of_unknown_life_lasts_an_hour(
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
    server.answers = [NetworkError("gone", retryable=True)]
    assert server.ask(program) == first
    assert server.ask(program) == "Bearer at-5ecre7-3"  # the next call tries again


def test_a_token_that_has_ended_is_used_no_more(server: Server, program: OAuth) -> None:
    server.ask(program)
    server.io.clock = 3600
    server.answers = [NetworkError("gone", retryable=True)]
    with pytest.raises(NetworkError, match="gone"):
        server.ask(program)


def test_a_refused_token_is_given_up_once(server: Server, program: OAuth) -> None:
    assert run(program.renewed()) is False  # there is none yet
    first = server.ask(program)
    assert run(program.renewed()) is True
    assert server.ask(program) != first


@pytest.mark.parametrize(
    ("status", "body", "kind", "text"),
    [
        (401, {"error": "invalid_client"}, AuthenticationError, "refused: invalid_client"),
        (400, {"error": "unauthorized_client"}, AuthenticationError, "unauthorized_client"),
        (200, {}, NetworkError, "answered 200 without a token"),
        (200, {"access_token": ""}, NetworkError, "without a token"),
        (200, {"access_token": 5}, NetworkError, "without a token"),
        (200, [], NetworkError, "without a token"),
        (429, {"error": "slow_down"}, NetworkError, "answered 429"),
        (503, "<html>", NetworkError, "answered 503"),
        (302, {}, NetworkError, "answered 302"),
    ],
)
def test_no_token_is_a_typed_error_without_a_secret(
    server: Server, program: OAuth, status: int, body: Any, kind: type[Exception], text: str
) -> None:
    server.answers = [(status, body)] * 2
    with pytest.raises(kind, match=text) as caught:
        server.ask(program)
    assert SECRET not in f"{caught.value!r} {caught.value}"
    if isinstance(caught.value, NetworkError):
        assert caught.value.sent is False  # of the operation, nothing was sent
        assert caught.value.retryable is (status in {429, 503})


# ---- a person's sign-in ------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> TokenStore:
    return TokenStore(tmp_path / "folder" / "credentials.yaml")


@pytest.fixture
def login(store: TokenStore) -> OAuth:
    return OAuth(StoredLogin(endpoint, person, store))


def kept(store: TokenStore, seconds: float, refresh: str | None = "rt-5ecre7-0") -> None:
    store.write(Token(Secret("at-5ecre7-0"), seconds, refresh and Secret(refresh)), 0)


def test_a_stored_token_is_used_while_it_is_good(
    server: Server, login: OAuth, store: TokenStore
) -> None:
    kept(store, 1000)
    assert server.ask(login) == "Bearer at-5ecre7-0"
    assert server.forms == []


def test_a_stored_token_is_renewed_in_time_and_stored(
    server: Server, login: OAuth, store: TokenStore
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


def test_the_store_is_for_its_owner_alone(store: TokenStore) -> None:
    kept(store, 1000)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
    assert list(store.path.parent.iterdir()) == [store.path]  # no half-written one beside it


def test_a_store_that_others_can_read_is_refused(
    server: Server, login: OAuth, store: TokenStore
) -> None:
    kept(store, 1000)
    store.path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="can be read by others"):
        server.ask(login)


@pytest.mark.parametrize(
    ("age", "refresh", "answers", "text"),
    [
        (200.0, None, [], "the sign-in has run out"),
        (-5.0, "rt-5ecre7-0", [(400, {"error": "invalid_grant"})], "the sign-in has run out"),
        (None, None, [], "nobody is signed in"),
    ],
)
def test_an_ended_sign_in_says_how_to_begin_anew(
    server: Server,
    login: OAuth,
    store: TokenStore,
    age: float | None,
    refresh: str | None,
    answers: list[Any],
    text: str,
) -> None:
    if age is not None:
        kept(store, age, refresh)
    server.answers = answers
    with pytest.raises(AuthenticationError, match=text) as caught:
        server.ask(login)
    assert caught.value.hint == "run: redenlab login"


@pytest.mark.parametrize("ends", ["2999-01-01T00:00:00+00:00", "2999-01-01 00:00:00", 32503680000])
def test_the_end_of_a_token_may_be_written_in_several_ways(
    server: Server, login: OAuth, store: TokenStore, ends: object
) -> None:
    store.path.parent.mkdir()
    store.path.write_text(f"access_token: at-5ecre7-0\ntoken_expiry: {ends}\n")
    store.path.chmod(0o600)
    assert server.ask(login) == "Bearer at-5ecre7-0"


def test_an_end_that_nobody_can_read_is_long_ago(
    server: Server, login: OAuth, store: TokenStore
) -> None:
    store.path.parent.mkdir()
    store.path.write_text("access_token: at-5ecre7-0\nrefresh_token: r\ntoken_expiry: soon\n")
    store.path.chmod(0o600)
    assert server.ask(login) == "Bearer at-5ecre7-1"


def test_a_store_that_cannot_be_written_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigurationError, match="cannot write") as caught:
        kept(TokenStore(tmp_path / "file" / "credentials.yaml"), 1000)
    assert "5ecre7" not in str(caught.value)


# ---- which credential is chosen ----------------------------------------------------------------

KEY = "sk_test_5ecre7_1234"
PAIR = {"REDENLAB_CLIENT_ID": "me", "REDENLAB_CLIENT_SECRET": SECRET}
Choose = Callable[..., str]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """The class of the credential that a client takes."""

    def chosen(environ: dict[str, str], file: str = "", **arguments: Any) -> str:
        for name, value in environ.items():
            monkeypatch.setenv(name, value)
        if file:
            folder = Path.home() / ".redenlab-ml"
            folder.mkdir(mode=0o700)
            (folder / "config.yaml").write_text(file)
            (folder / "config.yaml").chmod(0o600)
        client = InferenceClient(base_url="https://api.example.com", **arguments)
        return type(client._channel.auth).__name__

    return chosen


def test_an_argument_beats_the_environment_and_that_the_file(choose: Choose) -> None:
    assert choose(PAIR, f"api_key: {KEY}") == "OAuth"
    assert choose({}, api_key=KEY) == "ApiKey"


def test_in_one_source_a_key_comes_before_a_sign_in(choose: Choose) -> None:
    assert choose({**PAIR, "REDENLAB_ML_API_KEY": KEY}) == "ApiKey"


def test_a_program_may_be_given_as_arguments(choose: Choose) -> None:
    environ = {"REDENLAB_ML_API_KEY": KEY}
    assert choose(environ, client_id="me", client_secret=SECRET) == "OAuth"


@pytest.mark.parametrize(("there", "missing"), [("ID", "client_secret"), ("SECRET", "client_id")])
def test_half_a_program_is_refused(choose: Choose, there: str, missing: str) -> None:
    with pytest.raises(ConfigurationError, match=f"there is no {missing}"):
        choose({f"REDENLAB_CLIENT_{there}": "half-5ecre7"})


def test_a_persons_sign_in_is_the_last_resort(choose: Choose) -> None:
    kept(TokenStore(Path.home() / ".redenlab-ml" / "credentials.yaml"), 1000)
    assert choose({}) == "OAuth"


def test_without_any_credential_all_places_are_named(choose: Choose) -> None:
    with pytest.raises(AuthenticationError) as caught:
        choose({})
    for place in ("REDENLAB_ML_API_KEY", "REDENLAB_CLIENT_ID", "config.yaml", "redenlab login"):
        assert place in str(caught.value)


def test_a_renewal_that_fails_sends_nothing_and_may_be_tried_again() -> None:
    """The token endpoint is down: a submit that never left must not count as uncertain."""
    import evil

    with evil.closed_port() as port:
        options: dict[str, Any] = {"client_id": "me", "client_secret": SECRET}
        url = f"http://127.0.0.1:{port}"
        client = InferenceClient(
            base_url="http://127.0.0.1:1", token_url=f"{url}/token", retry=Retry.off(), **options
        )
        with pytest.raises(NetworkError, match="cannot reach 127.0.0.1") as caught:
            client.predict(b"RIFF")
    assert caught.value.sent is False
    assert caught.value.retryable
