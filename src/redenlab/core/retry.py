"""Retry: the same request again. (How often to look at a job is `redenlab.core.poll`.)

Which failures are worth another try is the table below; whether the operation may be sent twice
is the operation's own affair; how many tries a broken service gets is the token bucket's.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self

from redenlab.core.errors import ConfigurationError

RETRIED_STATUSES = frozenset({408, 429, 500, 502, 503, 504})
"""Statuses that may pass. 501 and 505 will not, other 4xx are the caller's to mend."""

REFUSED_STATUSES = frozenset({429})
"""Statuses that say that nothing was done, so that any operation may be sent again."""

MOST_FLOOR_JITTER = 30.0


@dataclass(frozen=True, slots=True)
class Retry:
    """How often, and how long apart, one request is sent again.

    The wait before retry *n* is ``initial * factor ** (n - 1)`` seconds, lengthened by a random
    share of up to `jitter`; with the defaults 2, 4 and 8 s. A ``Retry-After`` of the server is a
    floor that is never cut short.

    Attributes:
        retries: Retries after the first try; 3 means at most four requests. 0 switches off.
        initial: Seconds before the first retry.
        factor: How much longer each wait is than the one before.
        jitter: Largest random share added to a wait, so that clients do not wake together.
        budget: Retries in a row that a client may spend on a broken service before it fails at
            once; five first-try successes earn one back. Shared by all calls of the client.
        most: The longest wait in seconds, before `jitter` and ``Retry-After``.
        patient: Whether a 429 is waited out until the deadline, however often it comes: it counts
            against neither `retries` nor `budget`.
    """

    retries: int = 3
    initial: float = 2.0
    factor: float = 2.0
    jitter: float = 0.2
    budget: int = 100
    most: float = float("inf")
    patient: bool = False

    def __post_init__(self) -> None:
        """Refuse values that cannot be meant.

        Raises:
            ConfigurationError: A number is negative.
        """
        numbers = (self.retries, self.initial, self.factor, self.jitter, self.budget, self.most)
        if min(numbers) < 0:
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
            floor: The server's ``Retry-After`` in seconds.
        """
        planned = min(self.initial * self.factor ** min(retry - 1, 64), self.most)
        planned *= 1 + self.jitter * random
        if floor is None:
            return planned
        return max(planned, floor + min(floor * self.jitter * random, MOST_FLOOR_JITTER))


class Bucket:
    """Retries left to one client, after botocore's standard mode: a dead service costs little."""

    def __init__(self, capacity: int) -> None:
        """Begin full."""
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


def retry_after(value: str | None, date: str | None) -> float | None:
    """Seconds asked for by a ``Retry-After`` header (RFC 9110, 10.2.3).

    A date is measured against the answer's own ``Date`` where there is one, so that a wrong local
    clock does no harm.

    Returns:
        Seconds, never negative; ``None`` when the header is absent or nonsense.
    """
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        return _until(value, date)
    return max(seconds, 0.0) if seconds < float("inf") else None


def _until(value: str, date: str | None) -> float | None:
    try:
        now = parsedate_to_datetime(date) if date else datetime.now(UTC)
        pause = parsedate_to_datetime(value) - now
    except (TypeError, ValueError):
        return None
    return max(pause.total_seconds(), 0.0)
