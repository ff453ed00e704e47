"""Observers, listeners and the metrics of a client."""

from typing import Any

import pytest

from fake_api import BASE, KEY, FakeApi, say
from redenlab import (
    InferenceClient,
    Poll,
    Retry,
)

FAST = {"poll": Poll(initial=0.001, max_interval=0.001), "retry": Retry(initial=0, jitter=0)}


def client(fake_api: FakeApi, **more: Any) -> InferenceClient[Any]:
    options: dict[str, Any] = {"transport": fake_api.transport(), **FAST, **more}
    return InferenceClient(KEY, BASE, **options)


def test_a_client_counts_by_itself(fake_api: FakeApi) -> None:
    fake_api.polls = 1
    caller = client(fake_api)
    assert caller.metrics == {}
    caller.predict(b"RIFFRIFF")
    fake_api.faults["get_result"] = [say(404)]
    with pytest.raises(Exception, match="404"):
        caller.get_status("x")
    assert caller.metrics == {
        "calls": 2,
        "errors": 1,
        "attempted": 6,
        "bytes sent": 8,
        "uploaded": 1,
        "submitted": 1,
        "polled": 1,
        "finished": 1,
    }
