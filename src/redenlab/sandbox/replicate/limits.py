"""Rate limits: a token bucket of requests per minute."""

import time
from collections.abc import Callable

from redenlab.sandbox.replicate.problems import Problem


class Limit:
    """A token bucket.

    Attributes:
        per_minute: Requests that are refilled per minute; see `set`.
        refused: How many requests were refused.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        """Start with a full bucket."""
        self.refused: int = 0
        self._now = now
        self.set(per_minute)

    def set(self, per_minute: int, burst: int | None = None) -> None:
        """Allow `per_minute` requests, at most `burst` at once, and refill the bucket."""
        self.per_minute: int = per_minute
        self._burst = burst or per_minute
        self._left = float(self._burst)
        self._at = self._now()

    def take(self) -> int:
        """Take one request from the bucket; return how many are left.

        Raises:
            Problem: The bucket is empty (429).
        """
        now = self._now()
        self._left += (now - self._at) * self.per_minute / 60
        self._left, self._at = min(self._left, self._burst), now
        if self._left < 1:
            self.refused += 1
            seconds = max(1, round((1 - self._left) * 60 / self.per_minute))
            raise Problem(
                429,
                f"Request was throttled. Your rate limit resets in ~{seconds}s.",
                retry_after=seconds,
            )
        self._left -= 1
        return int(self._left)
