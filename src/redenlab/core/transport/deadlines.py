"""The deadline of the running step of a call, which every wait of the sync driver ends at.

A per-read timeout cannot end a response that drips, so sockets ask here before each wait.
"""

import time
from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

import httpcore
import httpx

from redenlab.core.transport import pools

T = TypeVar("T")

_deadline: ContextVar[float] = ContextVar("redenlab_deadline", default=float("inf"))


def with_deadline(deadline: float, host: str, step: Callable[[], T]) -> T:
    """Run a step of an exchange with `host`, until `deadline` at most."""
    token = _deadline.set(deadline)
    try:
        return step()
    except (httpx.HTTPError, httpx.StreamError) as error:
        raise pools.failure(error, host) from None
    finally:
        _deadline.reset(token)


def seconds_left() -> float:
    """Of the running step; it may be below zero, or without end."""
    return _deadline.get() - time.monotonic()


def limited(
    timeout: float | None, error: type[httpcore.TimeoutException] = httpcore.ReadTimeout
) -> float | None:
    """Seconds for one wait, which may take `timeout`.

    Raises:
        httpcore.TimeoutException: None are left.
    """
    left = seconds_left()
    found = left if timeout is None else min(timeout, left)
    if found <= 0:
        raise error("deadline")
    return None if found == float("inf") else found
