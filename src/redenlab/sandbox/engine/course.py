"""Where a job is on its way: moved by each poll, or by the time."""

import math
from collections.abc import Callable

from redenlab.sandbox.engine.looks import Look
from redenlab.sandbox.engine.scenario import Scenario


class Course:
    """The looks that a job goes through.

    Attributes:
        created: When it was submitted, in seconds since the epoch.
        begun: When it began to run; ``None`` while it has not.
        ended: When it ended; ``None`` while it has not.
        deadline: When it is stopped, unless it has ended; ``None`` for never.
        late: Tells how it ends then, from the look that it has.
        ready: Tells since when its outcome is known; ``None`` while it is not.
    """

    def __init__(
        self, path: list[Look], now: Callable[[], float], scenario: Scenario, *, starts: bool
    ) -> None:
        """Be at the first look.

        Args:
            path: What is shown, the end last.
            now: Seconds since the epoch.
            scenario: How long it takes.
            starts: Whether it runs by itself.
        """
        self._path = path
        self._now = now
        self._scenario = scenario
        self._seconds = scenario.seconds
        self._at = 0
        self.created: float = now()
        self.begun: float | None = self.created + scenario.late if starts else None
        self.ended: float | None = None
        limit = scenario.limit
        self.deadline: float | None = None if limit is None else self.created + limit
        self._paused: tuple[Look, float] | None = None
        self.late: Callable[[Look], Look] = lambda _look: self._path[-1]
        self.ready: Callable[[], float | None] = now

    @property
    def left(self) -> list[Look]:
        """The look that it is at, and what will come."""
        return self._path[self._at :]

    @property
    def passed(self) -> list[Look]:
        """The looks that it had, and the one that it is at."""
        return self._path[: self._at + 1]

    @property
    def end(self) -> Look:
        """How it ends."""
        return self._path[-1]

    @property
    def share(self) -> float:
        """How much of its time has passed, from 0 to 1; it stands still once it is stopped."""
        if self.begun is None or self._seconds is None:
            return 0.0
        stopped = self.ended if len(self._path) == 1 else self.deadline
        now = self._now() if self._paused is None else self._paused[1]
        elapsed = min(now, stopped or math.inf) - self.begun - self._scenario.lag
        whole = elapsed / self._seconds if self._seconds else float(elapsed >= 0)
        return max(min(whole, 1.0), 0.0)

    def look(self) -> Look:
        """What is shown now."""
        if self._paused is not None:
            return self._paused[0]
        if self._seconds is not None and self.begun is not None and self.ended is None:
            last = len(self._path) - 1
            passed = int(self.share * last)
            self._at = max(min(passed, last - 1) if self.ready() is None else passed, 0)
            late = self.deadline is not None and self._now() >= self.deadline
            if late and not self._path[self._at].is_end:
                self.go([self.late(self._path[self._at])])
                self.ended = self.deadline
        if self._path[self._at].is_end and self.ended is None:
            due = (self.begun or self.created) + (self._seconds or 0)
            alone = len(self._path) == 1  # told to end, and did at once
            self.ended = self._now() if alone else max(due, self.ready() or 0)
        return self._path[self._at]

    def seen(self) -> None:
        """Go on, where polls move it."""
        if self._seconds is None and self.begun is not None:
            self._at = min(self._at + 1, len(self._path) - 1)

    def start(self) -> None:
        """Begin to run."""
        if self._seconds is not None and self._path[0].state == "unsubmitted":
            self._path = self._path[1:]
        self.begun = self.begun if self.begun is not None else self._now() + self._scenario.late

    def go(self, path: list[Look]) -> None:
        """Take another way from now on."""
        self._path, self._at, self.ended, self._paused = path, 0, None, None
        if not path[0].is_end:
            self.begun = self._now()

    def pause(self, look: Look) -> None:
        """Stand still, and show `look` until it is resumed."""
        self._paused = look, self._now()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._paused is not None and self.begun is not None:
            self.begun += self._now() - self._paused[1]
        self._paused = None

    def end_as(self, look: Look) -> None:
        """End otherwise."""
        self._path[-1] = look

    def finish(self) -> None:
        """Be at the end."""
        self._at = len(self._path) - 1
