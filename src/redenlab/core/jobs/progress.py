"""Progress of a job, parsed from what it has printed.

Where a service has no number for it, models that use tqdm print lines such as
``45%|####5     | 18/40 [00:03<00:03,  6.2it/s]``; the last one is used.
"""

import re
from dataclasses import dataclass
from typing import Self

_LINE = r"(\d{1,3})%\|[^|\n]*\|\s*(\d+)/(\d+)"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is.

    Attributes:
        share: Completed share, 0 to 1.
        current: Number of completed steps.
        total: Number of all steps.
    """

    share: float
    current: int
    total: int

    @classmethod
    def of(cls, logs: str | None) -> Self | None:
        """The last progress line in `logs`; ``None`` if there is none."""
        for percent, current, total in reversed(re.findall(_LINE, logs or "")):
            if int(percent) <= 100:
                return cls(int(percent) / 100, int(current), int(total))
        return None
