"""Retry: the same request again. (How often a job is polled is `redenlab.core.jobs.poll`.)

Which failures may be retried is the table in `redenlab.core.transport.outcomes`; whether an
operation may be sent twice is a property of the operation; the token bucket bounds the retries
that a broken service gets.
"""

import threading
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from redenlab.core.errors import ConfigurationError

MAX_ADDED_JITTER = 30.0
"""Seconds of jitter that are added to a ``Retry-After`` at most."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How often, and how long apart, one request is sent again.

    The wait before retry *n* is ``initial * factor ** (n - 1)`` seconds, lengthened by a random
    share of up to `jitter`; with the defaults 2, 4 and 8 s. A ``Retry-After`` of the server is a
    floor that is never cut short.

    Attributes:
        retries: Retries after the first attempt; 3 means at most four requests. 0 means none.
        initial: Seconds before the first retry.
        factor: How much longer each wait is than the one before.
        jitter: Largest random share added to a wait, so that clients do not retry in step.
        budget: Retries in a row that may be spent on a broken service before calls fail at once;
            five first-attempt successes earn one back. Shared by all clients of the service in this
            process that have the same budget.
        max_delay: The longest wait in seconds, before `jitter` and ``Retry-After``.
        wait_out_429: Whether a 429 is waited out until the deadline, however often it comes: it
            counts against neither `retries` nor `budget`.
        uploads: Whether a recording is sent to storage again as well, from its beginning, while
            its link is valid.
    """

    retries: int = 3
    initial: float = 2.0
    factor: float = 2.0
    jitter: float = 0.2
    budget: int = 40
    max_delay: float = float("inf")
    wait_out_429: bool = False
    uploads: bool = False

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: A number is negative.
        """
        numbers = (self.retries, self.initial, self.factor, self.jitter, self.budget)
        if min(*numbers, self.max_delay) < 0:
            raise ConfigurationError("no value of Retry may be negative")

    @classmethod
    def off(cls) -> Self:
        """Send every request once."""
        return cls(retries=0)

    def wait(self, retry: int, random: float, floor: float | None = None) -> float:
        """Seconds before retry number `retry`, counted from 1.

        Args:
            retry: Which retry.
            random: A number from 0 to 1.
            floor: The server's ``Retry-After`` in seconds; ``None`` where it sent none.
        """
        planned = min(self.initial * self.factor ** min(retry - 1, 64), self.max_delay)
        planned *= 1 + self.jitter * random
        if floor is None:
            return planned
        return max(planned, floor + min(floor * self.jitter * random, MAX_ADDED_JITTER))


class Bucket:
    """The retry budget of one service, after botocore's standard mode.

    All clients of a process share it: a service that is down gets few requests more, however many
    clients there are.
    """

    @classmethod
    def of(cls, base_url: str | None, capacity: int) -> "Bucket":
        """The budget of the service at `base_url`; one of its own where that is yet to be found."""
        if base_url is None:
            return cls(capacity)
        parts = urlsplit(base_url)
        with _shared_lock:
            key = (parts.scheme, parts.netloc, capacity)
            found = _shared.get(key) or cls(capacity)
            _shared[key] = found
        return found

    def __init__(self, capacity: int) -> None:
        self._capacity = float(capacity)
        self._tokens = self._capacity
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Spend one retry if there is one."""
        with self._lock:
            if self._tokens < 1:
                return False
            self._tokens -= 1
            return True

    def succeeded(self) -> None:
        """Earn a fifth of a retry."""
        with self._lock:
            self._tokens = min(self._capacity, self._tokens + 0.2)


_shared: WeakValueDictionary[tuple[str, str, int], Bucket] = WeakValueDictionary()
_shared_lock = threading.Lock()
