"""Poll: how often a job is polled. (`redenlab.core.calls.retry` sends a lost request again.)"""

from dataclasses import dataclass
from typing import Self

from redenlab.core.auth.settings import Settings
from redenlab.core.errors import ConfigurationError
from redenlab.core.spec.steps import Interval


@dataclass(frozen=True, slots=True)
class Poll:
    """The pause between two polls of a job.

    Poll *n* is followed by ``initial * factor ** (n - 1)`` seconds, at most `max_interval`; with
    the defaults 5, 10, 20, 40, 60, 60 … s. When `ratio` is set, the pause is that share of the
    time waited so far instead, so that the result is late by a fixed share of the job's length.

    Attributes:
        initial: Seconds after the first poll, and the shortest pause.
        factor: How much longer each pause is than the one before.
        max_interval: The longest pause in seconds.
        ratio: Share of the elapsed time, above 0 and at most 1; ``None`` uses `factor`.
    """

    initial: float = 5.0
    factor: float = 2.0
    max_interval: float = 60.0
    ratio: float | None = None

    def __post_init__(self) -> None:
        """Refuse values that would overload the service.

        Raises:
            ConfigurationError: A pause is not positive, or `factor` is below 1.
        """
        if not (0 < self.initial <= self.max_interval and self.factor >= 1):
            raise ConfigurationError("Poll needs 0 < initial <= max_interval and factor >= 1")
        if self.ratio is not None and not 0 < self.ratio <= 1:
            raise ConfigurationError("the ratio of Poll has to be above 0 and at most 1")

    @classmethod
    def proportional(
        cls, ratio: float = 0.1, *, at_least: float = 0.5, at_most: float = 30.0
    ) -> Self:
        """Pause for `ratio` of the time waited so far, within bounds in seconds."""
        return cls(initial=at_least, max_interval=at_most, ratio=ratio)

    @classmethod
    def of(cls, interval: Interval) -> Self:
        """The pauses that a spec names."""
        return cls(interval.initial, interval.factor, interval.max)

    def pause(self, polls: int, elapsed: float) -> float:
        """Seconds to wait after poll number `polls` (from 1), `elapsed` seconds into the wait."""
        if self.ratio is not None:
            return min(max(self.ratio * elapsed, self.initial), self.max_interval)
        interval = Interval(initial=self.initial, factor=self.factor, max=self.max_interval)
        return interval.pause(polls)


@dataclass(frozen=True, slots=True)
class PollSettings:
    """What the environment and the file say of polls; ``None`` leaves it to the spec of the job.

    Attributes:
        initial: See `Poll`.
        factor: See `Poll`.
        max_interval: See `Poll`.
    """

    initial: float | None = None
    factor: float | None = None
    max_interval: float | None = None

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Those among `settings`.

        Raises:
            ConfigurationError: One is no number or out of range, or they contradict each other.
        """
        found = cls(
            initial=settings.seconds("poll_initial") if settings.get("poll_initial") else None,
            factor=settings.factor("poll_factor") if settings.get("poll_factor") else None,
            max_interval=settings.seconds("poll_max") if settings.get("poll_max") else None,
        )
        if (found.initial or 0) > (found.max_interval or float("inf")):
            raise ConfigurationError(
                f"poll_initial from {settings.source('poll_initial')} is above "
                f"poll_max from {settings.source('poll_max')}",
                hint="lower poll_initial, or raise poll_max",
            )
        return found

    def over(self, interval: Interval) -> Poll:
        """The pauses of a job whose spec says `interval`, which gives way where they differ."""
        longest = self.max_interval or max(interval.max, self.initial or 0)
        initial = self.initial or min(interval.initial, longest)
        return Poll(initial, self.factor or interval.factor, longest)
