"""Poll: how often to look at a job. (Sending a lost request again is `redenlab.core.retry`.)"""

from dataclasses import dataclass
from typing import Self

from redenlab.core.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Poll:
    """The pause between two looks at a job.

    Look *n* is followed by ``initial * factor ** (n - 1)`` seconds, at most `most`; with the
    defaults 5, 10, 20, 40, 60, 60 … s. When `share` is set, the pause is that share of the time
    waited so far instead, so that the answer is late by a fixed share of the job's length.

    Attributes:
        initial: Seconds after the first look, and the shortest pause.
        factor: How much longer each pause is than the one before.
        most: The longest pause in seconds.
        share: ``None``, or the share of the elapsed time.
    """

    initial: float = 5.0
    factor: float = 2.0
    most: float = 60.0
    share: float | None = None

    def __post_init__(self) -> None:
        """Refuse values that would hammer the service.

        Raises:
            ConfigurationError: A pause is not positive, or `factor` is below 1.
        """
        if not (0 < self.initial <= self.most and self.factor >= 1):
            raise ConfigurationError("Poll needs 0 < initial <= most and factor >= 1")
        if self.share is not None and not 0 < self.share <= 1:
            raise ConfigurationError("the share of Poll lies between 0 and 1")

    @classmethod
    def proportional(
        cls, share: float = 0.1, *, at_least: float = 0.5, at_most: float = 30.0
    ) -> Self:
        """Pause for a `share` of the time waited so far, within bounds in seconds."""
        return cls(initial=at_least, most=at_most, share=share)

    def pause(self, looks: int, elapsed: float) -> float:
        """Seconds to wait after look number `looks` (from 1), `elapsed` seconds into the wait."""
        if self.share is not None:
            return min(max(self.share * elapsed, self.initial), self.most)
        exponent = min(looks - 1, 64)
        return min(self.initial * self.factor**exponent, self.most)
