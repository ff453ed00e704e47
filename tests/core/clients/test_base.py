"""What all clients have in common: options, timeouts, the life of connections, what they show."""

import pickle
from typing import Any

import anyio
import httpx
import pytest

import faulty_server
from drivers import client, in_virtual_time
from fake_api import BASE, KEY, FakeApi
from faulty_server import DONE, FaultyServer, response
from redenlab import (
    AsyncInferenceClient,
    ConfigurationError,
    Event,
    InferenceClient,
    JobTimeout,
    Poll,
    Polled,
    RequestTimeout,
    Retry,
)
from redenlab.core.clients.base import Options
from redenlab.lowlevel.types import RawResponse
from virtual_io import Slow

BOTH = pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])


# ---- options


@BOTH
def test_unknown_options_are_a_type_error_that_names_them_all(kind: Any) -> None:
    with pytest.raises(TypeError, match="unknown options: pol, retires$"):
        kind(KEY, BASE, retires=3, pol=None, retry=None)


@BOTH
def test_an_option_that_is_none_is_as_good_as_not_given(kind: Any) -> None:
    options: dict[str, Any] = dict.fromkeys(Options.__annotations__.keys() - {"middleware"})
    assert kind(KEY, BASE, **options).base_url == BASE


@BOTH
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timeout": 0}, "positive number of seconds"),
        ({"http_timeout": -1}, "positive number of seconds"),
        ({"http_timeout": float("nan")}, "positive number of seconds"),
        ({"proxy": "socks5://127.0.0.1:1"}, "proxy"),
        ({"ca_bundle": "/nowhere/ca.pem"}, "CA bundle"),
        ({"config_path": "/nowhere/config.yaml"}, "no configuration file"),
    ],
)
def test_a_bad_option_is_found_when_the_client_is_made(
    kind: Any, options: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ConfigurationError, match=problem):
        kind(KEY, BASE, **options)


@pytest.mark.parametrize(
    ("kind", "transport", "expected", "hint"),
    [
        (InferenceClient, httpx.AsyncHTTPTransport, "a BaseTransport", "the async client"),
        (AsyncInferenceClient, httpx.HTTPTransport, "an? AsyncBaseTransport", "the sync client"),
        (InferenceClient, httpx.Client, "a BaseTransport", "the async client"),
        (AsyncInferenceClient, dict, "an? AsyncBaseTransport", "the sync client"),
    ],
)
def test_a_transport_has_to_be_of_the_clients_kind(
    kind: Any, transport: Any, expected: str, hint: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"transport is not {expected}") as caught:
        kind(KEY, BASE, transport=transport())
    assert hint in caught.value.hint


# ---- timeouts


@pytest.mark.parametrize(("given", "expected"), [(None, 100), (30, 30), (1000, 1000)])
def test_a_call_has_the_clients_time_unless_it_is_given_its_own(
    given: float | None, expected: float
) -> None:
    made = in_virtual_time(InferenceClient, FakeApi(polls=10**6), timeout=100, poll=Poll(7, 1, 7))
    heard: list[Event] = []
    with pytest.raises(JobTimeout):
        made.predict(b"RIFF", timeout=given, on_event=heard.append)
    assert max(event.elapsed for event in heard if isinstance(event, Polled)) == expected


def test_one_request_has_the_http_timeout_whatever_is_left_of_the_call(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [Slow(11, RawResponse(200, {}, DONE))]
    made = in_virtual_time(InferenceClient, fake_api, http_timeout=10, retry=Retry.off())
    with pytest.raises(RequestTimeout):
        made.get_status("j", timeout=1000)


@pytest.mark.parametrize("timeout", [0, -1, float("inf"), float("nan"), True, False])
def test_a_timeout_of_a_call_is_a_positive_number(fake_api: FakeApi, timeout: Any) -> None:
    caller = client(fake_api)
    with pytest.raises(ConfigurationError, match="positive number of seconds"):
        caller.get_status("j", timeout=timeout)
    assert fake_api.seen == []


# ---- connections


def test_a_client_that_was_closed_connects_anew() -> None:
    with FaultyServer(faulty_server.says(response(DONE))) as server:
        with InferenceClient(KEY, server.url) as caller:
            caller.get_status("j")
            caller.get_status("j")
        assert server.connections == 1
        assert caller.get_status("j").status == "completed"
        caller.close()
        caller.close()
        assert server.connections == 2


def test_an_async_client_that_was_closed_connects_anew() -> None:
    async def main() -> None:
        async with AsyncInferenceClient(KEY, server.url) as caller:
            await caller.get_status("j")
            await caller.get_status("j")
        assert server.connections == 1
        assert (await caller.get_status("j")).status == "completed"
        await caller.close()
        await caller.close()
        assert server.connections == 2

    with FaultyServer(faulty_server.says(response(DONE))) as server:
        anyio.run(main)


def test_a_job_outlives_the_connections_of_its_client(fake_api: FakeApi) -> None:
    with client(fake_api) as caller:
        job = caller.submit(b"RIFF")
    assert job.result().result.intelligibility_score == 0.85


# ---- what a client shows


@BOTH
def test_a_representation_has_the_address_and_no_credential(kind: Any) -> None:
    made = kind(KEY, f"{BASE}/")
    assert repr(made) == f"{kind.__name__}({BASE!r})"
    assert made.base_url == BASE


@BOTH
def test_a_client_that_was_never_finished_can_be_shown_too(kind: Any) -> None:
    assert repr(kind.__new__(kind)) == f"{kind.__name__}('')"


@BOTH
def test_a_client_is_not_pickled_with_its_key(kind: Any) -> None:
    with pytest.raises(TypeError):
        pickle.dumps(kind(KEY, BASE))


# ---- metrics


def test_every_client_counts_its_own_calls(fake_api: FakeApi) -> None:
    one, two = client(fake_api), client(fake_api)
    one.get_status("a")
    before = one.metrics
    two.get_status("b")
    one.get_status("c")
    assert (before["calls"], one.metrics["calls"], two.metrics["calls"]) == (1, 2, 1)


def test_what_is_counted_cannot_be_changed_from_outside(fake_api: FakeApi) -> None:
    caller = client(fake_api)
    caller.get_status("a")
    copy: Any = caller.metrics
    copy["calls"] = 99
    assert caller.metrics["calls"] == 1


def test_an_async_client_counts_in_the_same_words(fake_api: FakeApi) -> None:
    fake_api.polls = 0

    async def main() -> dict[str, int]:
        caller = in_virtual_time(AsyncInferenceClient, fake_api)
        await caller.predict(b"RIFFRIFF")
        return dict(caller.metrics)

    awaited = anyio.run(main)
    caller = in_virtual_time(InferenceClient, fake_api)
    caller.predict(b"RIFFRIFF")
    assert awaited == caller.metrics
    assert awaited["bytes sent"] == 8
