"""How often and how long apart a request is sent again."""

import threading
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redenlab import InferenceClient
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.errors import ConfigurationError, ServerError


def test_the_default_is_three_retries_after_2_4_and_8_seconds() -> None:
    assert Retry().retries == 3
    assert [Retry().wait(n, random=0) for n in (1, 2, 3)] == [2, 4, 8]


@given(st.integers(1, 6), st.floats(0, 1))
def test_jitter_lengthens_a_wait_by_a_fifth_at_most(retry: int, random: float) -> None:
    planned = Retry().wait(retry, 0)
    assert planned <= Retry().wait(retry, random) <= planned * 1.2 + 1e-9


@given(st.floats(0, 1e6), st.floats(0, 1))
def test_what_the_server_asks_for_is_never_cut_short(floor: float, random: float) -> None:
    wait = Retry().wait(1, random, floor)
    assert floor <= wait <= max(floor + 30, 2.4)


def test_off_means_one_request() -> None:
    assert Retry.off().retries == 0


@pytest.mark.parametrize("field", ["retries", "initial", "factor", "jitter", "budget"])
def test_negative_values_are_refused(field: str) -> None:
    with pytest.raises(ConfigurationError):
        Retry(**{field: -1})


def test_a_broken_service_uses_the_budget_up() -> None:
    bucket = Bucket(3)
    assert [bucket.take() for _ in range(5)] == [True, True, True, False, False]


def test_five_successes_earn_one_retry() -> None:
    bucket = Bucket(1)
    bucket.take()
    for _ in range(5):
        assert not bucket.take()
        bucket.succeeded()
    assert bucket.take()


def test_success_never_earns_more_than_the_capacity() -> None:
    bucket = Bucket(1)
    for _ in range(50):
        bucket.succeeded()
    assert [bucket.take(), bucket.take()] == [True, False]


def test_all_clients_of_a_service_share_its_budget() -> None:
    made = [Bucket.of(f"https://api.example.com/{path}", 3) for path in ("a", "b")]
    assert made[0] is made[1]
    assert Bucket.of("https://api.example.com:8443", 3) is not made[0]
    assert Bucket.of("https://api.example.com", 4) is not made[0]
    assert Bucket.of(None, 3) is not Bucket.of(None, 3)


def test_a_service_that_is_down_is_spared_by_forty_clients() -> None:
    asked: list[httpx.Request] = []

    def down(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(503)

    options: Any = {
        "base_url": "https://down.example.com/prod",
        "transport": httpx.MockTransport(down),
        "retry": Retry(initial=0, jitter=0),
    }
    clients = [InferenceClient("sk_test_1234567890", **options) for _ in range(40)]
    for number in range(200):
        with pytest.raises(ServerError):
            clients[number % 40].get_status("j")
    assert len(asked) <= 1.2 * 200


def test_threads_do_not_overdraw() -> None:
    bucket, taken = Bucket(100), []
    threads = [
        threading.Thread(target=lambda: taken.extend(bucket.take() for _ in range(50)))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 100


def test_a_wait_is_never_longer_than_the_longest() -> None:
    retry = Retry(initial=5, factor=3, max_delay=45, jitter=0)
    assert [retry.wait(number, 1) for number in (1, 2, 3, 4, 1000)] == [5, 15, 45, 45, 45]


def test_the_server_may_ask_for_more_than_the_longest_wait() -> None:
    assert Retry(initial=5, max_delay=45, jitter=0).wait(9, 1, 120) == 120


def test_the_longest_wait_is_not_negative() -> None:
    with pytest.raises(ConfigurationError):
        Retry(max_delay=-1)
