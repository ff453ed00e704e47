"""A person's sign-in: PKCE, a state, and a callback that foreign requests do not end."""

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

import redenlab.sandbox
from browsing import agreed, visit
from redenlab import AuthenticationError, ConfigurationError, TimeoutError  # noqa: A004
from redenlab.core.auth.discovery import Discovery, Endpoints
from redenlab.core.auth.login import callback, code_from, sign_in
from redenlab.core.auth.stores import Token
from redenlab.core.spec.profile import SignIn
from redenlab.core.transport.io import run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.sandbox import Sandbox
from redenlab_api.ml.lifecycles import PROFILE

Browse = Callable[[str], object]


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.fixture
def how() -> SignIn:
    """As the spec says, on a free port."""
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    assert PROFILE.sign_in is not None
    return replace(PROFILE.sign_in, callback=f"http://localhost:{port}/callback")


@pytest.fixture
def io() -> Iterator[BlockingIo]:
    made = BlockingIo(Route())
    yield made
    made.close()


@pytest.fixture
def place(sandbox: Sandbox, io: BlockingIo, tmp_path: Any) -> Endpoints:
    return run(
        Discovery(sandbox.discovery_url, (), tmp_path / "c.yaml").endpoints(io, io.now() + 5)
    )


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


def signed_in(
    io: BlockingIo, place: Endpoints, how: SignIn, browse: Browse, seconds: float = 10
) -> Token:
    threads: list[threading.Thread] = []

    def show(url: str) -> None:
        threads.append(threading.Thread(target=browse, args=(url,)))
        threads[0].start()

    try:
        return run(sign_in(io, place, how, show, seconds))
    finally:
        threads[0].join()


def test_a_person_signs_in(io: BlockingIo, place: Endpoints, how: SignIn) -> None:
    pages: list[httpx.Response] = []
    token = signed_in(io, place, how, lambda url: pages.append(visit(url)))
    assert token.value.reveal().startswith("at_sandbox_")
    assert token.refresh is not None
    assert "You are signed in" in pages[0].text


def test_the_request_proves_itself_by_pkce_and_state(place: Endpoints, how: SignIn) -> None:
    from redenlab.core.auth.login import Attempt

    attempt = Attempt()
    url = attempt.url(place, how)
    query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43  # RFC 7636, section 4.2
    assert attempt.verifier.reveal() not in url
    assert query["scope"] == "openid email"
    assert query["state"] != parse_qs(urlsplit(Attempt().url(place, how)).query)["state"][0]


STRAYS = {
    "a favicon": "/favicon.ico",
    "the callback without anything": "/callback",
    "a guessed state": "/callback?code=evil&state=guess",
    "no state": "/callback?code=evil",
    "a refusal without our state": "/callback?error=access_denied",
    "another path": "/other?code=evil",
}


def test_foreign_requests_to_the_callback_do_not_end_the_wait(
    io: BlockingIo, place: Endpoints, how: SignIn
) -> None:
    responses: dict[str, int] = {}

    def browse(url: str) -> None:
        here = how.callback.removesuffix("/callback").replace("localhost", "127.0.0.1")
        for name, path in STRAYS.items():
            responses[name] = get(here + path).status_code
        assert httpx.post(here + "/callback", trust_env=False).status_code == 501
        with socket.create_connection(("127.0.0.1", urlsplit(here).port or 0)) as scan:
            scan.sendall(b"\x16\x03\x01 what a port scan says\r\n\r\n")
        visit(url)

    assert signed_in(io, place, how, browse).value
    assert responses == dict.fromkeys(STRAYS, 404)


def test_our_state_on_another_path_is_ignored(how: SignIn) -> None:
    with callback(how.callback, "st") as results:
        here = how.callback.removesuffix("/callback").replace("localhost", "127.0.0.1")
        assert get(f"{here}/elsewhere?code=evil&state=st").status_code == 404
        assert get(f"{here}/callback?code=good&state=st").status_code == 200
        assert code_from(results, 5).reveal() == "good"


def test_a_refusal_is_told(how: SignIn) -> None:
    with callback(how.callback, "st") as results:
        here = how.callback.replace("localhost", "127.0.0.1")
        get(f"{here}?error=access_denied%3Cscript%3E&state=st")
        with pytest.raises(AuthenticationError, match="refused: access_deniedscript"):
            code_from(results, 5)


def test_a_login_without_a_callback_times_out(
    io: BlockingIo, place: Endpoints, how: SignIn
) -> None:
    with pytest.raises(TimeoutError, match="not completed within 0.05 seconds"):
        signed_in(io, place, how, lambda _: None, seconds=0.05)


def test_a_code_works_with_its_verifier_alone(
    io: BlockingIo, place: Endpoints, how: SignIn
) -> None:
    """Whoever steals a code from the browser's history cannot use it."""
    from redenlab.core.auth.login import Attempt
    from redenlab.core.auth.secret import Secret

    mine, thief = Attempt(), Attempt()
    back = agreed(mine.url(place, how))
    code = Secret(parse_qs(urlsplit(back).query)["code"][0])
    with pytest.raises(AuthenticationError, match="invalid_grant"):
        run(thief.token(io, place, how, code))


def test_a_taken_port_is_told(how: SignIn) -> None:
    with (
        callback(how.callback, "one"),
        pytest.raises(ConfigurationError, match="cannot wait for the browser at 127.0.0.1, port"),
    ):
        callback(how.callback, "two").__enter__()


@pytest.mark.parametrize("url", ["https://localhost:9999/callback", "http://example.com/callback"])
def test_the_callback_is_on_this_machine(url: str) -> None:
    with pytest.raises(ConfigurationError, match="on this machine"):
        callback(url, "state").__enter__()
