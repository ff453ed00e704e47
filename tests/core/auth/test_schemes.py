"""API keys and bearer tokens: their forms, and where they are sent."""

import asyncio
import pickle
import traceback
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_api import BASE, KEY, FakeApi, Say, say
from faulty_server import PATIENCE
from redenlab import (
    AsyncInferenceClient,
    AuthenticationError,
    ConfigurationError,
    InferenceClient,
    Retry,
)
from redenlab.core.auth.schemes import ApiKey, checked_key
from redenlab.core.auth.secret import Secret
from redenlab.core.transport.io import run
from redenlab.lowlevel.types import RawResponse
from virtual_io import VirtualIo

VALUE = "sk_test_c4n4ryc4n4ry"


def test_a_plain_gateway_key_is_good() -> None:
    assert checked_key("Ab3dEf6hIj", "here").reveal() == "Ab3dEf6hIj"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "blank"),
        ("   ", "blank"),
        ("short", "10 to 500"),
        ("x" * 501, "10 to 500"),
        (f"{VALUE}\n", "white space"),
        (f" {VALUE}", "white space"),
        (f"{VALUE} {VALUE}", "white space"),
        (f"{VALUE}\x00", "control"),
        (f"{VALUE}é", "non-ASCII"),
        (f"\ufeff{VALUE}", "non-ASCII"),
    ],
)
def test_a_key_of_bad_form_is_refused_without_being_quoted(value: str, problem: str) -> None:
    with pytest.raises(AuthenticationError, match=problem) as caught:
        checked_key(value, "the environment variable ACME_API_KEY")
    assert "ACME_API_KEY" in str(caught.value)
    assert value.strip() == "" or value not in "".join(traceback.format_exception(caught.value))


@settings(max_examples=25)  # what a bad key may be is the table above
@given(st.text(min_size=4))
def test_no_refusal_ever_quotes_the_key(value: str) -> None:
    try:
        checked_key(value, "here")
    except AuthenticationError as error:
        assert len(value) < 12 or value not in f"{error!r} {error}"


def test_a_key_signs_with_the_header_of_the_spec() -> None:
    io = VirtualIo(lambda _: RawResponse(500, {}, b""))
    assert run(ApiKey(Secret("k"), "X-Api-Key").headers(io, 1)) == {"X-Api-Key": "k"}
    token = ApiKey(Secret("t"), "Authorization", "Bearer")
    assert run(token.headers(io, 1)) == {"Authorization": "Bearer t"}


def test_an_echoed_key_is_masked() -> None:
    assert ApiKey(Secret(VALUE), "X").redact(f"bad key {VALUE}!") == "bad key ***!"


TOKEN = "tok-5ecre7-1"


def client(fake_api: FakeApi, token: Any, **more: Any) -> InferenceClient[Any]:
    options = {"base_url": BASE, "transport": fake_api.transport(), "retry": Retry.off(), **more}
    return InferenceClient(token=token, **options)


def authorizations(fake_api: FakeApi) -> list[str | None]:
    return [message.headers.get("Authorization") for message in fake_api.seen]


def test_a_token_goes_with_every_request_to_the_api_and_none_to_storage(fake_api: FakeApi) -> None:
    fake_api.polls = 0
    client(fake_api, TOKEN).predict(b"RIFF")
    assert authorizations(fake_api) == [f"Bearer {TOKEN}"] * 1 + [None] + [f"Bearer {TOKEN}"] * 2
    assert all("X-Api-Key" not in message.headers for message in fake_api.seen)


def test_a_function_is_asked_before_every_request(fake_api: FakeApi) -> None:
    given: list[str] = []

    def provide() -> str:
        given.append(f"tok-5ecre7-{len(given)}")
        return given[-1]

    caller = client(fake_api, provide)
    caller.get_status("j")
    caller.get_status("j")
    assert authorizations(fake_api) == ["Bearer tok-5ecre7-0", "Bearer tok-5ecre7-1"]


def test_a_coroutine_function_is_awaited(fake_api: FakeApi) -> None:
    async def provide() -> str:
        await asyncio.sleep(0)
        return TOKEN

    async def main() -> None:
        options: dict[str, Any] = {"base_url": BASE, "transport": fake_api.transport()}
        async with AsyncInferenceClient(token=provide, **options) as caller:
            await caller.get_status("j")

    asyncio.run(main())
    assert authorizations(fake_api) == [f"Bearer {TOKEN}"]


def test_a_slow_function_does_not_hold_up_the_event_loop(fake_api: FakeApi) -> None:
    import threading

    asked, released = threading.Event(), threading.Event()

    def provide() -> str:
        asked.set()
        assert released.wait(PATIENCE), "the loop was held up"
        return TOKEN

    async def main() -> None:
        options: dict[str, Any] = {"base_url": BASE, "transport": fake_api.transport()}
        async with AsyncInferenceClient(token=provide, **options) as caller:
            status = asyncio.create_task(caller.get_status("j"))
            while not asked.is_set():
                await asyncio.sleep(0)
            released.set()
            await status

    asyncio.run(main())
    assert authorizations(fake_api) == [f"Bearer {TOKEN}"]


def test_the_blocking_client_takes_no_coroutine_function(fake_api: FakeApi) -> None:
    async def provide() -> str:
        return TOKEN

    with pytest.raises(ConfigurationError, match="cannot await a token provider"):
        client(fake_api, provide)


@pytest.mark.parametrize(
    "bad", ["", " ", "a b", "tok\n", "tök", "x" * 16385, None, 5, b"bytes"], ids=repr
)
def test_what_is_no_token_is_refused_before_any_request(fake_api: FakeApi, bad: Any) -> None:
    with pytest.raises(AuthenticationError, match="no bearer token") as caught:
        client(fake_api, lambda: bad).get_status("j")
    assert fake_api.seen == []
    assert len(str(bad)) < 4 or str(bad) not in str(caught.value)


def test_a_provider_that_fails_is_an_authentication_error_with_its_cause(fake_api: FakeApi) -> None:
    def provide() -> str:
        raise KeyError("vault")

    with pytest.raises(AuthenticationError, match="KeyError") as caught:
        client(fake_api, provide).get_status("j")
    assert isinstance(caught.value.__cause__, KeyError)
    assert fake_api.seen == []


def test_a_provider_may_raise_an_error_of_ours(fake_api: FakeApi) -> None:
    def provide() -> str:
        raise AuthenticationError("the vault is sealed")

    with pytest.raises(AuthenticationError, match="the vault is sealed"):
        client(fake_api, provide).get_status("j")


def test_a_token_that_the_server_echoes_is_masked(fake_api: FakeApi) -> None:
    body = f'{{"error": "token {TOKEN} is too old"}}'.encode()
    fake_api.faults["get_result"] = [Say(403, body)]
    with pytest.raises(AuthenticationError) as caught:
        client(fake_api, TOKEN).get_status("j")
    assert TOKEN not in f"{caught.value!r} {caught.value} {caught.value.body}"
    assert "token *** is too old" in str(caught.value)
    assert TOKEN.encode() not in pickle.dumps(caught.value)


def test_a_refused_token_of_a_provider_is_not_asked_for_again(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(401, {"error": "no"})]
    asked: list[int] = []
    with pytest.raises(AuthenticationError):
        client(fake_api, lambda: asked.append(1) or TOKEN).get_status("j")
    assert (len(asked), fake_api.calls["get_result"]) == (1, 1)


@pytest.mark.parametrize(
    "given",
    [{"api_key": KEY}, {"client_id": "me", "client_secret": "s3cret-5ecre7"}],
    ids=["key", "program"],
)
def test_a_token_and_another_credential_are_one_too_many(
    fake_api: FakeApi, given: dict[str, str]
) -> None:
    with pytest.raises(ConfigurationError, match="several credentials"):
        client(fake_api, TOKEN, **given)


def test_a_client_with_a_token_shows_it_nowhere(fake_api: FakeApi) -> None:
    caller = client(fake_api, TOKEN)
    shown = f"{caller!r} {vars(caller)!r} {caller.settings!r}"
    assert TOKEN not in shown
