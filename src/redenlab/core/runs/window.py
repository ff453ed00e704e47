"""How many jobs may be in flight: as many as the caller said, fewer after the service refused."""

GROW = 30.0
"""Seconds without a refusal after which one more job is tried."""

FIRST_PAUSE = 1.0
MAX_PAUSE = 60.0
"""Seconds between refusals: doubled with each in a row, up to this."""


class Window:
    """The number of jobs that may be in flight at the same time.

    A service that refuses a submit for the number of jobs (429) tells the number that it takes:
    those in flight at that moment. From there the window grows by one after each `GROW` seconds.

    Attributes:
        most: What the caller allows.
    """

    def __init__(self, most: int) -> None:
        self.most: int = most
        self._size = most
        self._since = 0.0
        self._refusals = 0

    def size(self, now: float) -> int:
        """How many jobs there may be at `now`, in monotonic seconds."""
        if self._size < self.most:
            grown = int((now - self._since) / GROW)
            if grown > 0:
                self._size = min(self.most, self._size + grown)
                self._since += grown * GROW
        return self._size

    def refused(self, running: int, now: float) -> float:
        """Shrink to the jobs that are `running`; return seconds until a submit is tried again."""
        self._size = min(self.size(now), max(running, 1))
        self._since = now
        pause = min(FIRST_PAUSE * 2 ** min(self._refusals, 16), MAX_PAUSE)
        self._refusals += 1
        return float(pause)

    def accepted(self) -> None:
        """A submit was accepted: the next refusal is the first of its row."""
        self._refusals = 0
