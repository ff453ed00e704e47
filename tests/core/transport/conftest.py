"""Fixtures for calls over real sockets."""

from collections.abc import Callable
from typing import Any

import pytest

from drivers import look_async, look_blocking


@pytest.fixture(params=[look_blocking, look_async], ids=["blocking", "async"])
def look(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """One typed call of a URL, with each kind of client."""
    return request.param
