"""`with_options`: a second client beside the first, over the same connections."""

import pickle
from typing import Any

import anyio
import pytest

import faulty_server
from drivers import in_virtual_time, settled
from fake_api import BASE, KEY, FakeApi, say
from faulty_server import DONE, FaultyServer, response
from redenlab import (
    AsyncInferenceClient,
    AuthenticationError,
    ConfigurationError,
    InferenceClient,
    JobTimeout,
    Poll,
    RequestTimeout,
    Retry,
    ServerError,
)
from redenlab.core.clients.base import Client
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
from scripted_api import CALLERS, ScriptedApi
from scripted_clients import now, play
from secret_leak_check import shown_locals
from virtual_io import Slow, VirtualIo

BOTH = pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
OTHER = "sk_test_5ecre7_other"


def clock(client: Client) -> VirtualIo:
    """The world of a client in virtual time."""
    io = client._api.io
    assert isinstance(io, VirtualIo)
    return io


# ---- what differs


@BOTH
@pytest.mark.parametrize(
    ("options", "header", "value"),
    [
        ({"api_key": OTHER}, "X-Api-Key", OTHER),
        ({"token": "at-5ecre7"}, "Authorization", "Bearer at-5ecre7"),
        ({"token": lambda: "at-5ecre7"}, "Authorization", "Bearer at-5ecre7"),
        ({"headers": {"X-Tenant": "north"}}, "X-Tenant", "north"),
        ({"headers": {"user-agent": "mine"}}, "user-agent", "mine"),
    ],
)
def test_requests_of_the_other_client_alone_differ(
    kind: Any, fake_api: FakeApi, options: dict[str, Any], header: str, value: str
) -> None:
    first = in_virtual_time(kind, fake_api)
    settled(first.get_status("a"))
    settled(first.with_options(**options).get_status("b"))
    settled(first.get_status("c"))
    before, other, after = (dict(message.headers) for message in fake_api.seen)
    assert before == after
    assert other[header] == value
    named = [name for name in other if name.lower() == header.lower()]
    assert named == [header]
    assert ("X-Api-Key" in other) == ("token" not in options)


@BOTH
def test_a_token_takes_the_place_of_a_key_and_the_other_way_round(
    kind: Any, fake_api: FakeApi
) -> None:
    first = in_virtual_time(kind, fake_api)
    settled(first.with_options(token="at-5ecre7").with_options(api_key=OTHER).get_status("a"))
    (message,) = fake_api.seen
    assert message.headers["X-Api-Key"] == OTHER
    assert "Authorization" not in message.headers


@pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
def test_a_key_takes_the_place_of_the_sign_in_of_a_program(
    kind: Any, fake_api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def _io(*_: Any) -> VirtualIo:
        return VirtualIo(fake_api)

    monkeypatch.setattr(kind, "_io", _io)
    first = kind(None, BASE, client_id="me", client_secret="cs-5ecre7-0")
    settled(first.with_options(api_key=OTHER).get_status("a"))
    (message,) = fake_api.seen
    assert message.headers["X-Api-Key"] == OTHER


@BOTH
def test_headers_add_up_and_go_to_the_api_alone(kind: Any, fake_api: FakeApi) -> None:
    fake_api.polls = 0
    first = in_virtual_time(kind, fake_api).with_options(headers={"X-A": "1", "X-B": "1"})
    second = first.with_options(headers={"x-b": "2"})
    settled(second.predict(b"RIFF"))
    api = [message.headers for message in fake_api.seen if message.to_api]
    (storage,) = [message.headers for message in fake_api.seen if not message.to_api]
    assert [(headers["X-A"], headers["x-b"]) for headers in api] == [("1", "2")] * 3
    assert not any("X-B" in headers for headers in api)
    assert not {"x-a", "x-b"} & {name.lower() for name in storage}


@BOTH
def test_the_timeout_is_that_of_the_client_that_calls(kind: Any) -> None:
    first = in_virtual_time(kind, FakeApi(polls=10**6), timeout=100, poll=Poll(7, 1, 7))
    for made, seconds in ((first.with_options(timeout=20), 20), (first, 100)):
        begun = clock(first).clock
        with pytest.raises(JobTimeout):
            settled(made.predict(b"RIFF"))
        assert clock(first).clock - begun == pytest.approx(seconds, abs=1)


@BOTH
def test_the_http_timeout_is_that_of_the_client_that_calls(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [Slow(11, RawResponse(200, {}, DONE))] * 2
    first = in_virtual_time(kind, fake_api, retry=Retry.off())
    with pytest.raises(RequestTimeout):
        settled(first.with_options(http_timeout=10).get_status("j"))
    assert settled(first.get_status("j")).status == "completed"


@BOTH
def test_the_polls_are_those_of_the_client_that_calls(kind: Any) -> None:
    first = in_virtual_time(kind, FakeApi(polls=2), poll=Poll(7, 1, 7))
    settled(first.with_options(poll=Poll(3, 1, 3)).predict(b"RIFF"))
    settled(first.predict(b"RIFF"))
    assert clock(first).slept == [3, 3, 7, 7]


@BOTH
def test_the_retries_are_those_of_the_client_that_calls(kind: Any, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(503), say(503)]
    first = in_virtual_time(kind, fake_api)
    with pytest.raises(ServerError) as caught:
        settled(first.with_options(retry=Retry.off()).get_status("j"))
    assert caught.value.attempts == 1
    settled(first.get_status("j"))
    assert fake_api.calls["get_result"] == 3


# ---- what is shared


@BOTH
def test_the_budget_of_retries_is_shared_unless_the_retries_differ(
    kind: Any, fake_api: FakeApi
) -> None:
    fake_api.faults["get_result"] = [say(503)] * 99
    attempts: list[int] = []
    first = in_virtual_time(kind, fake_api, retry=Retry(budget=1))
    same, own = first.with_options(timeout=60), first.with_options(retry=Retry(budget=2))
    for made in (same, first, own):
        with pytest.raises(ServerError) as caught:
            settled(made.get_status("j"))
        attempts.append(caught.value.attempts)
    assert attempts == [2, 1, 3]


def test_sync_clients_share_connections_until_one_of_them_is_closed() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        first = InferenceClient(KEY, server.url)
        with first.with_options(api_key=OTHER) as second:
            first.get_status("j")
            second.get_status("j")
            assert server.connections == 1
        first.get_status("j")
        second.get_status("j")
        first.close()
        assert server.connections == 2


def test_async_clients_share_connections_until_one_of_them_is_closed() -> None:
    async def main() -> None:
        first = AsyncInferenceClient(KEY, server.url)
        async with first.with_options(api_key=OTHER) as second:
            await first.get_status("j")
            await second.get_status("j")
            assert server.connections == 1
        await first.get_status("j")
        await second.get_status("j")
        await first.close()
        assert server.connections == 2

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        anyio.run(main)


@BOTH
def test_each_counts_its_own_calls(kind: Any, fake_api: FakeApi) -> None:
    first = in_virtual_time(kind, fake_api)
    second = first.with_options(timeout=5)
    settled(first.get_status("a"))
    settled(second.get_status("b"))
    settled(second.get_status("c"))
    assert (first.metrics["calls"], second.metrics["calls"]) == (1, 2)


# ---- it is a client like any other


@pytest.mark.parametrize(
    "kind", [InferenceClient, AsyncInferenceClient, ReplicateClient, AsyncReplicateClient]
)
def test_it_is_of_the_same_class_and_shows_no_more(kind: Any) -> None:
    first = kind(KEY, BASE)
    second = first.with_options(api_key=OTHER, timeout=5)
    assert type(second) is type(first)
    assert repr(second) == repr(first)
    assert (second.timeout, second.base_url) == (5, first.base_url)
    with pytest.raises(TypeError):
        pickle.dumps(second)


@BOTH
def test_a_job_goes_on_with_the_client_that_submitted_it(kind: Any, fake_api: FakeApi) -> None:
    second = in_virtual_time(kind, fake_api).with_options(headers={"X-Tenant": "north"})
    job = settled(second.submit(b"RIFF"))
    settled(job.result())
    polls = [message for message in fake_api.seen if "/result/" in message.url]
    assert {message.headers["X-Tenant"] for message in polls} == {"north"}


@pytest.mark.parametrize("caller", CALLERS, ids=lambda caller: caller.__name__)
def test_clients_of_any_spec_have_it(caller: Any) -> None:
    api = ScriptedApi().on(
        "GET /captions/j", {"number": "j", "stage": "told", "text": {"words": "x"}}
    )

    async def scenario(client: Any) -> None:
        other = client.with_options(api_key=OTHER, headers={"X-Tenant": "north"})
        await now(other.get_status("j"))
        await now(client.get_status("j"))

    play(caller, "acme", api, scenario)
    other, first = (request.headers for request in api.requests)
    assert (other["X-Tenant"], OTHER in str(dict(other))) == ("north", True)
    assert ("X-Tenant" in first, OTHER in str(dict(first))) == (False, False)


# ---- what is refused


@BOTH
def test_an_unknown_option_is_a_type_error_without_the_key(kind: Any) -> None:
    first = kind(KEY, BASE)
    with pytest.raises(TypeError, match="unknown options: pol, retires$") as caught:
        first.with_options(api_key=OTHER, retires=3, pol=None)
    assert not any(OTHER in text for _, text in shown_locals(caught.value))


@BOTH
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timeout": 0}, "timeout .* is not a positive number of seconds"),
        ({"timeout": "soon"}, "timeout .* is not a positive number of seconds"),
        ({"http_timeout": float("nan")}, "http_timeout .* is not a positive number of seconds"),
        ({"retry": 3}, "retry is not a Retry"),
        ({"poll": 0.5}, "poll is not a Poll"),
        ({"api_key": 5}, "api_key .* is not a text"),
        ({"token": 5}, "token is neither a text nor a function"),
        ({"api_key": OTHER, "token": "t"}, "several credentials"),
        ({"headers": "X-A: 1"}, "headers: it is no mapping of texts to texts"),
        ({"headers": {"X-A": 1}}, "headers: it is no mapping of texts to texts"),
        ({"headers": {"x-api-KEY": OTHER}}, "the header x-api-KEY carries the credential"),
        ({"headers": {"Authorization": "x"}, "token": "t"}, "Authorization carries the cred"),
        ({"headers": {"host": "evil.example"}}, "the header host is written by the transport"),
        ({"headers": {"X-A": "1\r\nX-B: 2"}}, "has characters that no header may have"),
    ],
)
def test_a_bad_value_is_a_configuration_error(
    kind: Any, fake_api: FakeApi, options: dict[str, Any], problem: str
) -> None:
    first = in_virtual_time(kind, fake_api)
    with pytest.raises(ConfigurationError, match=problem):
        first.with_options(**options)
    assert fake_api.seen == []
    settled(first.get_status("a"))
    assert fake_api.seen[0].headers["X-Api-Key"] == KEY


@BOTH
def test_a_header_cannot_become_the_credential_later(kind: Any) -> None:
    first = kind(KEY, BASE).with_options(headers={"Authorization": "Basic abc"})
    with pytest.raises(ConfigurationError, match="Authorization carries the credential"):
        first.with_options(token="t")


@BOTH
def test_a_malformed_key_is_refused_as_the_constructor_does(kind: Any) -> None:
    with pytest.raises(AuthenticationError, match="the argument api_key is blank"):
        kind(KEY, BASE).with_options(api_key=" ")


def test_the_sync_client_cannot_await_a_token() -> None:
    async def provide() -> str:
        return "t"

    with pytest.raises(ConfigurationError, match="cannot await"):
        InferenceClient(KEY, BASE).with_options(token=provide)
    AsyncInferenceClient(KEY, BASE).with_options(token=provide)


@BOTH
def test_none_leaves_an_option_as_it_is(kind: Any, fake_api: FakeApi) -> None:
    poll = Poll(7, 1, 7)
    first = in_virtual_time(kind, fake_api, timeout=9, poll=poll)
    options = ("timeout", "http_timeout", "retry", "poll", "api_key", "token", "headers")
    second = first.with_options(**dict.fromkeys(options))
    assert (second.timeout, second.poll) == (9, poll)
    settled(second.get_status("a"))
    assert fake_api.seen[0].headers["X-Api-Key"] == KEY
