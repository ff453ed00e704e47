"""Observers, listeners and the metrics of a client."""

import pytest

from drivers import client
from fake_api import FakeApi, say


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
