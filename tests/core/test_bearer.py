"""Bearer tokens from a callable: asked for every request, masked, and never shown."""

import asyncio
import pickle
from typing import Any

import pytest

from redenlab import (
    AsyncInferenceClient,
    AuthenticationError,
    ConfigurationError,
    InferenceClient,
    Retry,
)
from service import BASE, KEY, Say, Service, say

TOKEN = "tok-5ecre7-1"


def client(service: Service, token: Any, **more: Any) -> InferenceClient[Any]:
    options = {"base_url": BASE, "transport": service.transport(), "retry": Retry.off(), **more}
    return InferenceClient(token=token, **options)


def authorizations(service: Service) -> list[str | None]:
    return [message.headers.get("Authorization") for message in service.seen]


def test_a_token_goes_with_every_request_to_the_api_and_none_to_storage(service: Service) -> None:
    service.polls = 0
    client(service, TOKEN).predict(b"RIFF")
    assert authorizations(service) == [f"Bearer {TOKEN}"] * 1 + [None] + [f"Bearer {TOKEN}"] * 2
    assert all("X-Api-Key" not in message.headers for message in service.seen)


def test_a_function_is_asked_before_every_request(service: Service) -> None:
    given: list[str] = []

    def provide() -> str:
        given.append(f"tok-5ecre7-{len(given)}")
        return given[-1]

    caller = client(service, provide)
    caller.get_status("j")
    caller.get_status("j")
    assert authorizations(service) == ["Bearer tok-5ecre7-0", "Bearer tok-5ecre7-1"]


def test_a_coroutine_function_is_awaited(service: Service) -> None:
    async def provide() -> str:
        await asyncio.sleep(0)
        return TOKEN

    async def main() -> None:
        options: dict[str, Any] = {"base_url": BASE, "transport": service.transport()}
        async with AsyncInferenceClient(token=provide, **options) as caller:
            await caller.get_status("j")

    asyncio.run(main())
    assert authorizations(service) == [f"Bearer {TOKEN}"]


def test_a_slow_function_does_not_hold_up_the_event_loop(service: Service) -> None:
    import threading

    released = threading.Event()

    def provide() -> str:
        assert released.wait(10), "the loop was held up"
        return TOKEN

    async def main() -> None:
        options: dict[str, Any] = {"base_url": BASE, "transport": service.transport()}
        async with AsyncInferenceClient(token=provide, **options) as caller:
            look = asyncio.create_task(caller.get_status("j"))
            await asyncio.sleep(0.01)
            released.set()
            await look

    asyncio.run(main())
    assert authorizations(service) == [f"Bearer {TOKEN}"]


def test_the_blocking_client_takes_no_coroutine_function(service: Service) -> None:
    async def provide() -> str:
        return TOKEN

    with pytest.raises(ConfigurationError, match="cannot await a token provider"):
        client(service, provide)


@pytest.mark.parametrize(
    "bad", ["", " ", "a b", "tok\n", "tök", "x" * 16385, None, 5, b"bytes"], ids=repr
)
def test_what_is_no_token_is_refused_before_any_request(service: Service, bad: Any) -> None:
    with pytest.raises(AuthenticationError, match="no bearer token") as caught:
        client(service, lambda: bad).get_status("j")
    assert service.seen == []
    assert len(str(bad)) < 4 or str(bad) not in str(caught.value)


def test_a_provider_that_fails_is_an_authentication_error_with_its_cause(service: Service) -> None:
    def provide() -> str:
        raise KeyError("vault")

    with pytest.raises(AuthenticationError, match="KeyError") as caught:
        client(service, provide).get_status("j")
    assert isinstance(caught.value.__cause__, KeyError)
    assert service.seen == []


def test_a_provider_may_raise_an_error_of_ours(service: Service) -> None:
    def provide() -> str:
        raise AuthenticationError("the vault is sealed")

    with pytest.raises(AuthenticationError, match="the vault is sealed"):
        client(service, provide).get_status("j")


def test_a_token_that_the_server_echoes_is_masked(service: Service) -> None:
    body = f'{{"error": "token {TOKEN} is too old"}}'.encode()
    service.faults["get_result"] = [Say(403, body)]
    with pytest.raises(AuthenticationError) as caught:
        client(service, TOKEN).get_status("j")
    assert TOKEN not in f"{caught.value!r} {caught.value} {caught.value.body}"
    assert "token *** is too old" in str(caught.value)
    assert TOKEN.encode() not in pickle.dumps(caught.value)


def test_a_refused_token_of_a_provider_is_not_asked_for_again(service: Service) -> None:
    service.faults["get_result"] = [say(401, {"error": "no"})]
    asked: list[int] = []
    with pytest.raises(AuthenticationError):
        client(service, lambda: asked.append(1) or TOKEN).get_status("j")
    assert (len(asked), service.calls["get_result"]) == (1, 1)


@pytest.mark.parametrize(
    "given",
    [{"api_key": KEY}, {"client_id": "me", "client_secret": "s3cret-5ecre7"}],
    ids=["key", "program"],
)
def test_a_token_and_another_credential_are_one_too_many(
    service: Service, given: dict[str, str]
) -> None:
    with pytest.raises(ConfigurationError, match="give either token"):
        client(service, TOKEN, **given)


def test_a_client_with_a_token_shows_it_nowhere(service: Service) -> None:
    caller = client(service, TOKEN)
    shown = f"{caller!r} {vars(caller)!r} {caller.settings!r}"
    assert TOKEN not in shown
