"""Pace: what the polls of all waits of one client have in common.

Each wait polls its own job, in the task or thread that waits, so that there is nothing to start,
to end, or to lose at a fork. What they share is the number of polls that are under way at once,
which is that of `redenlab.core.transport.io.Io.turn`, and the pause that the service has asked for.
"""

import threading

from redenlab.core.errors import RedenLabError


class Pace:
    """The pause that the service has asked one poll for, and that counts for all."""

    def __init__(self) -> None:
        """No pause yet."""
        self._until = float("-inf")
        self._lock = threading.Lock()

    def heed(self, refusal: RedenLabError, now: float) -> None:
        """Note the ``Retry-After`` of a poll that may be repeated, in monotonic seconds."""
        if refusal.retryable and refusal.retry_after is not None:
            with self._lock:
                self._until = max(self._until, now + refusal.retry_after)

    def pause(self, now: float) -> float:
        """Seconds until polls are welcome again; 0 if they are."""
        return max(self._until - now, 0.0)
