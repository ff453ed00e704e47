"""Fixtures for calls over real sockets."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers import poll_async, poll_blocking


@pytest.fixture(params=[poll_blocking, poll_async], ids=["blocking", "async"])
def poll(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """One typed call of a URL, with each kind of client."""
    return request.param
